// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a request selects: of the first dimension any number of ranges, of each other one range. Immutable, as far as
 * nobody changes its arrays.
 *
 * @param starts first indexes of the ranges of the first dimension; empty for a scalar dataset
 * @param counts their lengths
 * @param rest ranges of the other dimensions
 */
@SuppressWarnings("ArrayRecordComponent") // a million slices are two arrays, and nobody compares them
public record Slices(long[] starts, long[] counts, List<Range> rest) {
    /** Most dimensions that a dataset has. */
    static final int MAX_RANK = 32;

    /** Returns the selection of a whole dataset. */
    static Slices all(Shape shape) {
        if (shape.rank() == 0) {
            return new Slices(new long[0], new long[0], List.of());
        }
        List<Range> rest = new ArrayList<>();
        for (int d = 1; d < shape.rank(); d++) {
            rest.add(Range.of(0, shape.dimension(d)));
        }
        return new Slices(new long[] {0}, new long[] {shape.dimension(0)}, rest);
    }

    /**
     * Returns the range of a start and a count.
     *
     * @throws WireException when either is negative, or the end is no number
     */
    static Range range(long start, long count) {
        if (start < 0 || count < 0 || start + count < 0) {
            throw WireException.bad("a slice has a start and a count that are not negative");
        }
        return Range.of(start, start + count);
    }

    /**
     * Returns the shape of the values.
     *
     * @throws WireException when the selection does not fit the shape of the dataset
     */
    Shape within(Shape shape) {
        int rank = starts.length == 0 ? 0 : 1 + rest.size();
        if (rank != shape.rank()) {
            throw WireException.bad("the slice has " + rank + " dimensions, the dataset has " + shape.rank());
        }
        if (rank == 0) {
            return shape;
        }
        long[] dimensions = new long[rank];
        for (int i = 0; i < starts.length; i++) {
            require(starts[i] + counts[i], shape, 0);
            dimensions[0] = sum(dimensions[0], counts[i]);
        }
        for (int d = 1; d < rank; d++) {
            Range range = rest.get(d - 1);
            long stop = range.stop() == null ? 0 : range.stop();
            require(stop, shape, d);
            dimensions[d] = stop - (range.start() == null ? 0 : range.start());
        }
        try {
            return Shape.of(dimensions);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw tooMany();
        }
    }

    private static long sum(long rows, long count) {
        if (rows + count < 0) {
            throw tooMany();
        }
        return rows + count;
    }

    private static WireException tooMany() {
        return WireException.bad("the slice has more elements than can be counted");
    }

    private static void require(long stop, Shape shape, int d) {
        if (stop > shape.dimension(d)) {
            throw WireException.bad(
                    "the slice reaches to " + stop + " in dimension " + d + ", whose length is " + shape.dimension(d));
        }
    }

    /** Returns the slab of one range of the first dimension. */
    Hyperslab slab(long start, long stop) {
        Range[] ranges = new Range[1 + rest.size()];
        ranges[0] = Range.of(start, stop);
        for (int d = 0; d < rest.size(); d++) {
            ranges[d + 1] = rest.get(d);
        }
        return new Hyperslab(Arrays.asList(ranges));
    }
}
