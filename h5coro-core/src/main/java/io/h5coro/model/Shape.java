// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The lengths of an array's dimensions, slowest first (row-major). A single value has no dimension: its shape is "()".
 * Immutable.
 *
 * <pre>{@code
 * Shape shape = Shape.of(12, 90, 180);
 * long elements = shape.elementCount();
 * long columns = shape.dimension(2);
 * }</pre>
 */
public final class Shape {
    private static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dimensions;

    private Shape(long[] dimensions) {
        this.dimensions = dimensions;
    }

    /**
     * Makes a shape.
     *
     * @param dimensions lengths in elements, slowest first; copied. None makes the shape of a single value
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

    /** Returns the shape of a single value, "()". */
    public static Shape scalar() {
        return SCALAR;
    }

    /** Returns the number of dimensions; 0 for a single value. */
    public int rank() {
        return dimensions.length;
    }

    /**
     * Returns the length of one dimension, in elements.
     *
     * @throws IndexOutOfBoundsException when there is no such dimension
     */
    public long dimension(int index) {
        return dimensions[index];
    }

    /** Returns a copy of the lengths, slowest first. */
    public long[] dimensions() {
        return dimensions.clone();
    }

    /**
     * Returns the number of elements; 1 for a single value.
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

    /** Returns this shape followed by the dimensions of another. */
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

    /** Returns "()", "(5,)" or "(12, 90, 180)", as numpy writes shapes. */
    @Override
    public String toString() {
        return Arrays.stream(dimensions)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "(", rank() == 1 ? ",)" : ")"));
    }
}
