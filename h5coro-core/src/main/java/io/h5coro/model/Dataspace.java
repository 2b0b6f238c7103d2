// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The extent of a dataset or attribute: no element at all (null), one element (scalar), or an array that may be allowed
 * to grow. Immutable.
 *
 * <pre>{@code
 * Dataspace space = file.dataset("/gt1l/heights/h_ph").dataspace();
 * boolean single = space.kind() == Dataspace.Kind.SCALAR;
 * }</pre>
 *
 * @param kind null, scalar or simple
 * @param shape the current extent; "(0,)" for a null dataspace
 * @param maximum the extent to which it may grow, {@link #UNLIMITED} in dimensions without a bound; equal to the shape
 *     when the file states none
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Dataspace(Kind kind, Shape shape, long[] maximum) {
    /** A maximum dimension without a bound. */
    public static final long UNLIMITED = -1;

    /** The three kinds of dataspace. */
    public enum Kind {
        /** No element. */
        NULL,
        /** One element without dimensions. */
        SCALAR,
        /** An array. */
        SIMPLE
    }

    /**
     * Copies the maximum.
     *
     * @throws IllegalArgumentException when shape and maximum differ in their number of dimensions
     */
    public Dataspace {
        maximum = maximum.clone();
        if (maximum.length != shape.rank()) {
            throw new IllegalArgumentException("maximum has rank " + maximum.length + ", shape " + shape);
        }
    }

    /** Returns the extent of a single value. */
    public static Dataspace scalar() {
        return new Dataspace(Kind.SCALAR, Shape.scalar(), new long[0]);
    }

    /** Returns the extent of an array that cannot grow. */
    public static Dataspace simple(Shape shape) {
        return new Dataspace(Kind.SIMPLE, shape, shape.dimensions());
    }

    /** Returns the null extent, which has no value. */
    public static Dataspace none() {
        return new Dataspace(Kind.NULL, Shape.of(0), new long[] {0});
    }

    /** Returns a copy of the maximum extent. */
    @Override
    public long[] maximum() {
        return maximum.clone();
    }

    /**
     * Returns the bound of one dimension.
     *
     * @return empty when the dimension is unlimited
     */
    public OptionalLong maximum(int dimension) {
        return maximum[dimension] == UNLIMITED ? OptionalLong.empty() : OptionalLong.of(maximum[dimension]);
    }

    /**
     * Returns the current number of elements: 0 for a null dataspace, 1 for a scalar.
     *
     * @throws ArithmeticException when it exceeds 2^63 - 1
     */
    public long elementCount() {
        return shape.elementCount();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Dataspace other
                && other.kind == kind
                && other.shape.equals(shape)
                && Arrays.equals(other.maximum, maximum);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(maximum);
    }

    /** Returns "null", "scalar", "(4, 6)", or "(4, 6) of at most (unlimited, 6)". */
    @Override
    public String toString() {
        if (kind != Kind.SIMPLE) {
            return kind == Kind.NULL ? "null" : "scalar";
        }
        return Arrays.equals(shape.dimensions(), maximum)
                ? shape.toString()
                : shape + " of at most "
                        + Arrays.stream(maximum)
                                .mapToObj(m -> m == UNLIMITED ? "unlimited" : Long.toString(m))
                                .collect(Collectors.joining(", ", "(", ")"));
    }
}
