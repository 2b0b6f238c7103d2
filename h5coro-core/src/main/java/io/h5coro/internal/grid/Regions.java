// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.model.DataSelection;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Finds the elements of the selections that region references hold, and the shape that h5py gives to what it reads of
 * them. Pure.
 *
 * @see <a href="https://github.com/h5py/h5py/blob/master/h5py/_hl/selections.py">guess_shape</a>
 */
final class Regions {
    /** Memory of a row: its start and length as they are met and in order, and twice its number to find the order. */
    private static final long ROW_BYTES = 2 * Long.BYTES + 4 * Integer.BYTES;

    private final Shape space;
    private final Where where;
    private final LongConsumer memory;

    /**
     * Regions of a dataset of not more than 2^63 - 1 elements.
     *
     * @param memory takes the bytes of memory that the rows of blocks need, before they are allocated
     */
    Regions(Shape space, Where where, LongConsumer memory) {
        this.space = space;
        this.where = where;
        this.memory = memory;
    }

    Picked of(DataSelection region) {
        if (region instanceof DataSelection.All) {
            return all(false);
        }
        if (region instanceof DataSelection.None) {
            return all(true);
        }
        if (region instanceof DataSelection.Points points) {
            return points(points);
        }
        if (region instanceof DataSelection.Blocks blocks) {
            checkRank(blocks.rank());
            return blocks.corners().isEmpty() ? all(true) : blocks(blocks);
        }
        throw new UnsupportedFeatureException(where, "a region of blocks that go on without end");
    }

    /** Everything, or nothing of the same rank; nothing of a single value has one dimension. */
    private Picked all(boolean empty) {
        if (empty && space.rank() == 0) {
            return PickedRuns.of(space, Shape.of(0), new long[0], new int[0]);
        }
        PickedAxis[] axes = new PickedAxis[space.rank()];
        for (int d = 0; d < axes.length; d++) {
            axes[d] = PickedAxis.of(0, empty ? 0 : space.dimension(d), 1);
        }
        return new PickedAxes(space, axes);
    }

    private void checkRank(int rank) {
        if (rank != space.rank()) {
            throw new SelectionException(where, "region of rank " + rank + " in a dataset of shape " + space);
        }
    }

    private Picked points(DataSelection.Points points) {
        checkRank(points.rank());
        long[] coordinates = new long[Math.multiplyExact(points.coordinates().size(), points.rank())];
        int at = 0;
        for (List<Long> point : points.coordinates()) {
            for (int d = 0; d < points.rank(); d++) {
                checkInside(point.get(d), point, d);
                coordinates[at++] = point.get(d);
            }
        }
        return PickedRuns.points(space, (ElementSelection.Points) ElementSelection.points(points.rank(), coordinates));
    }

    private void checkInside(long index, List<Long> element, int d) {
        if (index < 0 || index >= space.dimension(d)) {
            throw new SelectionException(where, "region with element " + element + " outside of shape " + space);
        }
    }

    private Picked blocks(DataSelection.Blocks blocks) {
        int rank = blocks.rank();
        List<List<Long>> corners = blocks.corners();
        long rows = 0;
        double elements = 0;
        for (int i = 0; i < corners.size(); i += 2) {
            long each = 1;
            for (int d = 0; d < rank; d++) {
                checkInside(corners.get(i).get(d), corners.get(i), d);
                checkInside(corners.get(i + 1).get(d), corners.get(i + 1), d);
                long length = length(corners, i, d);
                if (length < 1) {
                    throw new MalformedFileException(
                            where, "region from " + corners.get(i) + " to " + corners.get(i + 1));
                }
                each *= d < rank - 1 ? length : 1;
            }
            rows += each;
            elements += (double) each * length(corners, i, rank - 1);
            if (elements > JavaArray.MOST) {
                throw new LimitExceededException(
                        where, "a region of more than " + JavaArray.MOST + " elements, which no array holds");
            }
        }
        memory.accept(rows * ROW_BYTES);
        return sorted(corners, rank, (int) rows);
    }

    private static long length(List<List<Long>> corners, int block, int d) {
        return corners.get(block + 1).get(d) - corners.get(block).get(d) + 1;
    }

    /** The rows of all blocks in row-major order; those that continue one another are one run. */
    private Picked sorted(List<List<Long>> corners, int rank, int rows) {
        long[] first = new long[rows];
        int[] length = new int[rows];
        int count = 0;
        for (int i = 0; i < corners.size(); i += 2) {
            count = addRows(corners, i, first, length, count);
        }
        int[] order = AscendingOrder.of(first);
        long[] start = new long[rows];
        int[] run = new int[rows];
        long elements = 0;
        int runs = 0;
        for (int number : order) {
            long end = runs == 0 ? -1 : start[runs - 1] + run[runs - 1];
            if (first[number] < end) {
                throw new MalformedFileException(where, "region of blocks that overlap");
            }
            if (first[number] == end) {
                run[runs - 1] += length[number];
            } else {
                start[runs] = first[number];
                run[runs++] = length[number];
            }
            elements += length[number];
        }
        return PickedRuns.of(
                space, shape(corners, rank, elements), Arrays.copyOf(start, runs), Arrays.copyOf(run, runs));
    }

    /** Adds the rows of a block behind {@code count} others; answers how many there are then. */
    private int addRows(List<List<Long>> corners, int block, long[] first, int[] length, int count) {
        int rank = space.rank();
        int rows = count;
        long[] at = new long[rank];
        int d;
        do {
            long element = 0;
            for (int i = 0; i < rank; i++) {
                element = element * space.dimension(i) + corners.get(block).get(i) + at[i];
            }
            first[rows] = element;
            length[rows++] = (int) length(corners, block, rank - 1);
            for (d = rank - 2; d >= 0; d--) {
                if (++at[d] < length(corners, block, d)) {
                    break;
                }
                at[d] = 0;
            }
        } while (d >= 0);
        return rows;
    }

    /**
     * The shape that h5py gives: in each dimension the number of elements by those in the lowest index of it, when the
     * product is the number of all; else one dimension.
     */
    private static Shape shape(List<List<Long>> corners, int rank, long elements) {
        long[] shape = new long[rank];
        double product = 1;
        for (int d = 0; d < rank; d++) {
            long low = Long.MAX_VALUE;
            for (int i = 0; i < corners.size(); i += 2) {
                low = Math.min(low, corners.get(i).get(d));
            }
            long inLowest = 0;
            for (int i = 0; i < corners.size(); i += 2) {
                if (corners.get(i).get(d) == low) {
                    inLowest += elements(corners, i, rank) / length(corners, i, d);
                }
            }
            shape[d] = elements / inLowest;
            product *= shape[d];
        }
        return product == elements ? Shape.of(shape) : Shape.of(elements);
    }

    private static long elements(List<List<Long>> corners, int block, int rank) {
        long elements = 1;
        for (int d = 0; d < rank; d++) {
            elements *= length(corners, block, d);
        }
        return elements;
    }
}
