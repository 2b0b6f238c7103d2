// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.LongArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.RowBlock;

/**
 * Reads a dataset of {@link HugeFile} in blocks and checks every value; in a JVM of its own, whose heap is what is
 * tested.
 *
 * <p>By hand, 100 GB through 256 MB: {@code java -Xmx256m -cp ... io.h5coro.HugeStream /contiguous 12500000}.
 */
final class HugeStream {
    private HugeStream() {}

    /** Takes the dataset and the number of rows; prints how many values were as expected. */
    public static void main(String[] args) {
        String dataset = args[0];
        long rows = Long.parseLong(args[1]);
        long start = System.nanoTime();
        long next = 0;
        try (H5Coro file = H5Coro.open(new HugeFile(), ReadOptions.defaults());
                RowBlocks blocks =
                        file.stream(DatasetRequest.parse(dataset + "[0:" + rows + "]"), BlockOptions.defaults())) {
            while (blocks.hasNext()) {
                next = check(dataset, blocks.next(), next);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d values in %.1f s%n", next * HugeFile.COLUMNS, seconds);
    }

    private static long check(String dataset, RowBlock block, long firstRow) {
        if (block.firstRow() != firstRow) {
            throw new AssertionError("block of row " + block.firstRow() + ", expected " + firstRow);
        }
        long[] values = ((LongArray) block.values()).values();
        int rows = values.length / HugeFile.COLUMNS;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < HugeFile.COLUMNS; c++) {
                if (values[r * HugeFile.COLUMNS + c] != HugeFile.expected(dataset, firstRow + r, c)) {
                    throw new AssertionError("row " + (firstRow + r) + ", column " + c);
                }
            }
        }
        return firstRow + rows;
    }
}
