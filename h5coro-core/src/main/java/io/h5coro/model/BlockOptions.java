// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * How a dataset is read in blocks of rows; a row is one index of the first dimension. Immutable.
 *
 * @param rows rows of a block; 0 lets {@code budgetBytes} decide
 * @param budgetBytes about how many bytes the blocks may take together: the one that the caller has, those that are
 *     read ahead, and their stored bytes on the way
 * @param readAhead blocks that are read while the caller works on another; 0 reads each when it is asked for
 */
public record BlockOptions(long rows, long budgetBytes, int readAhead) {
    /** Blocks of 64 MiB with one read ahead keep 32 connections of 90 MB/s busy for half a second each. */
    private static final long MOST_BUDGET_BYTES = 256L << 20;

    private static final int MOST_READ_AHEAD = 16;

    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException when rows are negative, the budget is not positive, or {@code readAhead} is not
     *     between 0 and 16
     */
    public BlockOptions {
        if (rows < 0 || budgetBytes <= 0 || readAhead < 0 || readAhead > MOST_READ_AHEAD) {
            throw new IllegalArgumentException("blocks of " + rows + " rows in " + budgetBytes + " bytes with "
                    + readAhead + " read ahead make no sense");
        }
    }

    /**
     * As many rows as fit into 256 MiB, or a quarter of the largest heap where that is less; one block is read ahead.
     */
    public static BlockOptions defaults() {
        return new BlockOptions(
                0, Math.min(MOST_BUDGET_BYTES, Runtime.getRuntime().maxMemory() / 4), 1);
    }

    /** The same with blocks of exactly {@code number} rows, the last one excepted. */
    public BlockOptions withRows(long number) {
        return new BlockOptions(number, budgetBytes, readAhead);
    }

    /** The same within another budget. */
    public BlockOptions withBudgetBytes(long bytes) {
        return new BlockOptions(rows, bytes, readAhead);
    }

    /** The same with another number of blocks read ahead. */
    public BlockOptions withReadAhead(int blocks) {
        return new BlockOptions(rows, budgetBytes, blocks);
    }

    /**
     * Most bytes of the values of one block: the budget is shared by the block that the caller has, and by two for each
     * that is on the way, whose stored bytes are in memory too while they are decoded.
     */
    public long blockBytes() {
        return Math.max(1, budgetBytes / (1 + 2 * Math.max(1, readAhead)));
    }
}
