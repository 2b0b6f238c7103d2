// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Dataset;
import io.h5coro.model.Hyperslab;
import java.util.Optional;

/**
 * Which rows of a dataset a subset has, and in which parts they are read: many rows at a time, wide ones in pieces. The
 * blocks that a subset has in the dimensions before the last two are its planes. Immutable.
 */
final class SubsetRows {
    /*
     * Of a dataset of 4 x 10 elements, rows 1 and 3 (start 1, stride 2, count 2, block 1), and of each two blocks
     * of two (start 2, stride 5, count 2, block 2):
     *   width()        (2 - 1) * 5 + 2 = 7: the columns [2, 9) are read, with three between the blocks
     *   index          1 for the selected row 0, 3 for row 1
     *   ranges         rows [1, 4) in steps of 2: 2 x 7 elements at once
     *   begin(0)       position 1 * 10 + 2 = 12
     *   elements       [0, 2) and [5, 7) of each row's seven
     * A block of one column is read in steps instead, so that nothing between is read.
     */

    private final SubsetSpec.Selection selection;
    private final int rank;
    /** The last dimension; -1 for a scalar. */
    private final int last;
    /** Most elements of one read; positive. */
    private final long budgetElements;

    private final long elementBytes;

    SubsetRows(Dataset dataset, SubsetSpec.Selection selection) {
        this.selection = selection;
        this.rank = dataset.shape().rank();
        this.last = rank - 1;
        this.elementBytes = Math.max(1, dataset.type().size());
        this.budgetElements = Math.max(1, ReadAhead.BATCH_BYTES / elementBytes);
    }

    long budgetElements() {
        return budgetElements;
    }

    /** What is read of the whole subset, if it is one read. */
    Optional<ReadAhead.Part> onlyRead(Dataset dataset) {
        if (rank == 0) {
            return Optional.empty();
        }
        for (int i = 0; i < rank; i++) {
            if (selection.count()[i] == 0 || (i < rank - 2 && selection.count()[i] > 1)) {
                return Optional.empty();
            }
        }
        long count = count();
        if (areWide() || (count > 1 && !fit(0, count))) {
            return Optional.empty();
        }
        Hyperslab slab = Hyperslab.of(ranges(new long[Math.max(0, rank - 2)], 0, count));
        return Optional.of(new ReadAhead.Part(dataset, Optional.of(slab), read(0, count) * each() * elementBytes));
    }

    /** Rows of a plane. */
    long count() {
        return rank == 1
                ? 1
                : Math.multiplyExact(selection.count()[rank - 2], selection.block()[rank - 2]);
    }

    /** Planes that one block has in the dimensions before the last two. */
    long planes() {
        long planes = 1;
        for (int i = 0; i < rank - 2; i++) {
            planes = Math.multiplyExact(planes, selection.block()[i]);
        }
        return planes;
    }

    /** Whether not even one row is read at once. */
    boolean areWide() {
        return planes() > budgetElements / width();
    }

    /** Elements of one row in all planes of a block. */
    private long each() {
        return planes() * width();
    }

    /** Whether rows {@code [from, to)} are read at once. */
    boolean fit(long from, long to) {
        return read(from, to) <= Math.max(1, budgetElements / each());
    }

    /** Goes to the next of the planes that the selection's blocks in the outer dimensions make. */
    boolean next(long[] plane) {
        for (int i = plane.length - 1; i >= 0; i--) {
            if (++plane[i] < selection.count()[i]) {
                return true;
            }
            plane[i] = 0;
        }
        return false;
    }

    /** Elements that are read of the last dimension, those between blocks included. */
    long width() {
        return selection.block()[last] == 1
                ? selection.count()[last]
                : (selection.count()[last] - 1) * selection.stride()[last]
                        + selection.block()[last];
    }

    /** Index in the dataset of the r-th selected row. */
    long index(long r) {
        int d = rank - 2;
        return rank == 1
                ? 0
                : selection.start()[d]
                        + r / selection.block()[d] * selection.stride()[d]
                        + r % selection.block()[d];
    }

    /** Rows to read for selected rows {@code [from, to)}: those between blocks too. */
    long read(long from, long to) {
        return rank > 1 && selection.block()[rank - 2] == 1 ? to - from : index(to - 1) - index(from) + 1;
    }

    /** Returns what to read for the selected rows {@code [from, to)} of a plane. */
    Hyperslab.Range[] ranges(long[] plane, long from, long to) {
        Hyperslab.Range[] ranges = new Hyperslab.Range[rank];
        for (int i = 0; i < rank - 2; i++) {
            long low = low(plane, i);
            ranges[i] = Hyperslab.Range.of(low, low + selection.block()[i]);
        }
        if (rank > 1) {
            long step = selection.block()[rank - 2] == 1 ? selection.stride()[rank - 2] : 1;
            ranges[rank - 2] = Hyperslab.Range.of(index(from), index(to - 1) + 1, step);
        }
        boolean single = selection.block()[last] == 1;
        long start = selection.start()[last];
        long end = start
                + (selection.count()[last] - 1) * selection.stride()[last]
                + selection.block()[last];
        ranges[last] = Hyperslab.Range.of(start, end, single ? selection.stride()[last] : 1);
        return ranges;
    }

    /** Returns the index in dimension i at which the plane's block begins. */
    long low(long[] plane, int i) {
        return selection.start()[i] + plane[i] * selection.stride()[i];
    }
}
