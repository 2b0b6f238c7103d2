// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import org.jspecify.annotations.Nullable;

/** Takes what differs. Confined to one thread. */
abstract class Differences {
    private boolean any;

    /**
     * What differs.
     *
     * @param path of the object
     * @param kind in a word: missing, object, link, type, shape, attribute or values
     * @param what in a sentence
     * @param values how many values; null where it is not about values
     */
    record Difference(
            String path, String kind, String what, @Nullable Values values) {}

    /**
     * Values that differ.
     *
     * @param different the number of elements that differ
     * @param of the number of elements
     * @param largest the largest difference of two numbers; NaN where elements are not numbers
     */
    record Values(long different, long of, double largest) {}

    final void add(Difference difference) {
        any = true;
        write(difference);
    }

    /** Returns whether there was a difference. */
    final boolean any() {
        return any;
    }

    abstract void write(Difference difference);

    /** Is called behind the last difference. */
    void end() {
        // A list of lines has no end.
    }

    /** Only takes note. */
    static final class Silent extends Differences {
        @Override
        void write(Difference difference) {
            // Nobody is told.
        }
    }
}
