// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.model.Shape;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Elements of a dataset that no box describes, each with its place in a flat result: products of lists of indices, or
 * runs in any order. Immutable.
 */
public abstract sealed class Picked permits PickedAxes, PickedRuns {
    private final Shape space;
    private final Shape result;

    Picked(Shape space, Shape result) {
        this.space = space;
        this.result = result;
    }

    /**
     * Runs of elements that are neighbours in row-major order, one behind the other in a result of one dimension.
     *
     * @param space the dataset's shape, in which they lie
     * @param first row-major number of the first element of each run; not changed any more
     * @param length elements of each; not changed any more
     */
    public static Picked runs(Shape space, long[] first, int[] length) {
        long count = 0;
        for (int each : length) {
            count += each;
        }
        return PickedRuns.of(space, Shape.of(count), first, length);
    }

    /** Takes runs of elements that are neighbours in row-major order. */
    interface Visitor {
        /**
         * Takes a run.
         *
         * @param first row-major number of its first element in the dataset
         * @param length elements, at least 1
         * @param place index of its first element in the flat result
         */
        void run(long first, int length, int place);
    }

    /** The dataset's shape. */
    public Shape space() {
        return space;
    }

    /** The shape of the result. */
    public Shape result() {
        return result;
    }

    /** Visits all elements as runs. */
    abstract void forEach(Visitor visitor);

    /** Whether each run has one element whose place is the number of the run. */
    abstract boolean areSingle();

    /**
     * The elements by the chunks in which they are. There is at least one.
     *
     * @param grid of the dataset
     * @param memory takes the bytes of memory that saying it needs, before they are allocated; throws when it is too
     *     much
     * @throws ArithmeticException when the chunks have more than 2^63 - 1 elements
     */
    public abstract PickedChunks in(ChunkGrid grid, LongConsumer memory);

    /**
     * What a dataset that is stored in one run contributes.
     *
     * @param memory as above
     * @return a copy whose source is the whole stored dataset
     * @throws ArithmeticException when the shape has more than 2^63 - 1 elements
     */
    public ElementCopy whole(LongConsumer memory) {
        space.elementCount();
        return in(new ChunkGrid(space, space.dimensions()), memory).copy(new long[space.rank()]);
    }

    /**
     * The elements as runs that each lie in one row of the last dimension, in row-major order.
     *
     * @param memory as above
     */
    public PickedSegments rows(LongConsumer memory) {
        long[] row = new long[space.rank()];
        Arrays.fill(row, 1);
        if (row.length > 0) {
            row[row.length - 1] = space.dimension(row.length - 1);
        }
        return PickedSegments.of(this, new ChunkGrid(space, row), memory);
    }
}
