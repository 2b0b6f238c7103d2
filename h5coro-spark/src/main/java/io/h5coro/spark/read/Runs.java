// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.model.Hyperslab;
import io.h5coro.spark.vector.Picked;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Runs of rows that are read to have some rows of a block. Immutable.
 *
 * @param slices half-open, in ascending order, in rows of the file
 * @param rows which of the rows read are wanted
 */
record Runs(List<Hyperslab> slices, Picked rows) {
    /** More slices than this cost more to plan than the rows between them cost to copy. */
    private static final int MOST_SLICES = 256;

    /**
     * Finds the runs.
     *
     * @param hits wanted rows of the block, at least one
     * @param firstRow of the block in the file
     * @param gap rows between two wanted ones that are read with them at no cost: they lie in the same chunk
     */
    static Runs of(BitSet hits, long firstRow, long gap) {
        List<int[]> runs = runs(hits, gap);
        for (long wider = Math.max(1, gap) * 2; runs.size() > MOST_SLICES; wider *= 2) {
            runs = runs(hits, wider);
        }
        List<Hyperslab> slices = new ArrayList<>();
        BitSet wanted = new BitSet();
        int read = 0;
        for (int[] run : runs) {
            slices.add(Hyperslab.of(Hyperslab.Range.of(firstRow + run[0], firstRow + run[1])));
            for (int hit = hits.nextSetBit(run[0]); hit >= 0 && hit < run[1]; hit = hits.nextSetBit(hit + 1)) {
                wanted.set(read + hit - run[0]);
            }
            read += run[1] - run[0];
        }
        return new Runs(slices, Picked.of(wanted, read));
    }

    private static List<int[]> runs(BitSet hits, long gap) {
        List<int[]> runs = new ArrayList<>();
        int start = hits.nextSetBit(0);
        int end = start;
        while (start >= 0) {
            end = hits.nextClearBit(end);
            int next = hits.nextSetBit(end);
            if (next < 0 || next - end > gap) {
                runs.add(new int[] {start, end});
                start = next;
            }
            end = next;
        }
        return runs;
    }
}
