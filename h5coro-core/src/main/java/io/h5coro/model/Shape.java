// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The lengths of an array's dimensions, slowest first (row-major). A scalar has no dimension: its shape is "()".
 * Immutable.
 */
public final class Shape {
    private static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dimensions;

    private Shape(long[] dimensions) {
        this.dimensions = dimensions;
    }

    /**
     * A shape of these dimensions.
     *
     * @throws IllegalArgumentException when a dimension is negative
     */
    public static Shape of(long... dimensions) {
        for (long d : dimensions) {
            if (d < 0) {
                throw new IllegalArgumentException("dimension " + d + " is negative");
            }
        }
        return dimensions.length == 0 ? SCALAR : new Shape(dimensions.clone());
    }

    /** The shape of a single value. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** The number of dimensions; 0 for a scalar. */
    public int rank() {
        return dimensions.length;
    }

    /** The length of a dimension, in elements. */
    public long dimension(int index) {
        return dimensions[index];
    }

    /** A copy of the dimensions. */
    public long[] dimensions() {
        return dimensions.clone();
    }

    /**
     * The number of elements; 1 for a scalar.
     *
     * @throws ArithmeticException when it exceeds 2^63 - 1
     */
    public long elementCount() {
        long count = 1;
        for (long d : dimensions) {
            if (d == 0) {
                return 0;
            }
        }
        for (long d : dimensions) {
            count = Math.multiplyExact(count, d);
        }
        return count;
    }

    /** This shape followed by the dimensions of another. */
    public Shape append(Shape inner) {
        long[] all = Arrays.copyOf(dimensions, rank() + inner.rank());
        System.arraycopy(inner.dimensions, 0, all, rank(), inner.rank());
        return of(all);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Shape s && Arrays.equals(s.dimensions, dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    /** "()", "(5,)" or "(12, 90, 180)". */
    @Override
    public String toString() {
        return Arrays.stream(dimensions)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "(", rank() == 1 ? ",)" : ")"));
    }
}
