// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.time;

import io.h5coro.model.Shape;
import java.time.Duration;
import java.util.BitSet;
import java.util.Objects;

/** An array of durations, with a resolution of a nanosecond. Some may be missing. Immutable. */
public final class Durations {
    private final Shape shape;
    private final long[] nanos;
    private final BitSet missing;

    /**
     * Wraps durations without copying them.
     *
     * @param nanos nanoseconds of each
     * @param missing elements without a duration
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public Durations(Shape shape, long[] nanos, BitSet missing) {
        if (shape.elementCount() != nanos.length) {
            throw new IllegalArgumentException("shape " + shape + " of " + nanos.length + " durations");
        }
        this.shape = shape;
        this.nanos = nanos;
        this.missing = missing;
    }

    /** Returns the lengths of the dimensions. */
    public Shape shape() {
        return shape;
    }

    /** Returns the number of elements. */
    public int length() {
        return nanos.length;
    }

    /** Returns whether element i has no duration. */
    public boolean isMissing(int i) {
        return missing.get(Objects.checkIndex(i, length()));
    }

    /**
     * Returns element i in nanoseconds.
     *
     * @throws IllegalStateException when it is missing
     */
    public long nanos(int i) {
        if (isMissing(i)) {
            throw new IllegalStateException("duration " + i + " is missing");
        }
        return nanos[i];
    }

    /**
     * Returns element i.
     *
     * @throws IllegalStateException when it is missing
     */
    public Duration duration(int i) {
        return Duration.ofNanos(nanos(i));
    }

    /** Returns shape and the first durations on one line, such as "(3,) [PT1H, PT2H, PT3H]". */
    @Override
    public String toString() {
        return shape + " "
                + FirstFew.of(length(), i -> isMissing(i) ? "NaT" : duration(i).toString());
    }
}
