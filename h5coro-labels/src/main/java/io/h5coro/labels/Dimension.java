// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import java.util.Objects;

/**
 * A named dimension, which variables of a group and of the groups in it share. Immutable.
 *
 * @param name the last part of its path
 * @param size length in elements; of an unlimited one, the greatest that a variable has
 * @param unlimited whether its variables can grow along it
 * @param origin where the name comes from
 * @param path absolute; of the dimension scale or coordinate where there is one, else the path of the group and the
 *     name
 */
public record Dimension(String name, long size, boolean unlimited, Origin origin, String path) {
    /** Where the name of a dimension comes from. */
    public enum Origin {
        /** The file: a dimension scale. */
        SCALE,
        /** The first name of a {@code coordinates} attribute, in a file without scales. */
        COORDINATE,
        /** Nowhere: the file gives no name, and {@code phony_dim_3} is made up for each length in a group. */
        PHONY
    }

    /** Checks that there is no null. */
    public Dimension {
        Objects.requireNonNull(name);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(path);
    }

    /** Returns name and size, such as "time = 12 (unlimited)". */
    @Override
    public String toString() {
        return name + " = " + size + (unlimited ? " (unlimited)" : "");
    }
}
