// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * How a dataset is read in blocks of rows; a row is one index of the first dimension. Immutable.
 *
 * <pre>{@code
 * BlockOptions options = BlockOptions.defaults().withBudgetBytes(64 << 20).withReadAhead(2);
 * }</pre>
 *
 * @param rows rows of a block; 0 (the default) takes as many as fit into {@code budgetBytes}
 * @param budgetBytes approximate memory of all blocks together, in bytes: the one that the caller works on, those that
 *     are read ahead, and their stored bytes while they are decoded. Default: 256 MiB, or a quarter of the largest heap
 *     when that is less
 * @param readAhead number of blocks that are read while the caller works on another one, 0 to 16; 0 reads each block
 *     when it is asked for. Default: 1
 */
public record BlockOptions(long rows, long budgetBytes, int readAhead) {
    /** Blocks of 64 MiB with one read ahead keep 32 connections of 90 MB/s busy for half a second each. */
    private static final long MOST_BUDGET_BYTES = 256L << 20;

    private static final int MOST_READ_AHEAD = 16;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when {@code rows} is negative, {@code budgetBytes} is not positive, or
     *     {@code readAhead} is not between 0 and 16
     */
    public BlockOptions {
        if (rows < 0 || budgetBytes <= 0 || readAhead < 0 || readAhead > MOST_READ_AHEAD) {
            throw new IllegalArgumentException("blocks of " + rows + " rows in " + budgetBytes + " bytes with "
                    + readAhead + " read ahead make no sense");
        }
    }

    /** Returns the defaults: as many rows as fit into the default budget, and one block read ahead. */
    public static BlockOptions defaults() {
        return new BlockOptions(
                0, Math.min(MOST_BUDGET_BYTES, Runtime.getRuntime().maxMemory() / 4), 1);
    }

    /** Returns a copy with blocks of exactly {@code number} rows; only the last block may have fewer. */
    public BlockOptions withRows(long number) {
        return new BlockOptions(number, budgetBytes, readAhead);
    }

    /** Returns a copy with another budget, in bytes. */
    public BlockOptions withBudgetBytes(long bytes) {
        return new BlockOptions(rows, bytes, readAhead);
    }

    /** Returns a copy with another number of blocks read ahead, 0 to 16. */
    public BlockOptions withReadAhead(int blocks) {
        return new BlockOptions(rows, budgetBytes, blocks);
    }

    /**
     * Returns the largest number of bytes that the values of one block may take. The budget is shared by the block that
     * the caller works on, which counts once, and the blocks that are being read. Those count twice, because their
     * stored bytes are in memory while they are decoded.
     */
    public long blockBytes() {
        return Math.max(1, budgetBytes / (1 + 2 * Math.max(1, readAhead)));
    }
}
