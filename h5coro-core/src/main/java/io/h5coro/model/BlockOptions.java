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
 * @param reusesMemory whether a block is read into the memory of an earlier one: see {@link #withReusedMemory()}.
 *     Default: no
 */
public record BlockOptions(long rows, long budgetBytes, int readAhead, boolean reusesMemory) {
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

    /** Makes options by which each block has its own memory. */
    public BlockOptions(long rows, long budgetBytes, int readAhead) {
        this(rows, budgetBytes, readAhead, false);
    }

    /** Returns the defaults: as many rows as fit into the default budget, and one block read ahead. */
    public static BlockOptions defaults() {
        return new BlockOptions(
                0, Math.min(MOST_BUDGET_BYTES, Runtime.getRuntime().maxMemory() / 4), 1);
    }

    /** Returns a copy with blocks of exactly {@code number} rows; only the last block may have fewer. */
    public BlockOptions withRows(long number) {
        return new BlockOptions(number, budgetBytes, readAhead, reusesMemory);
    }

    /** Returns a copy with another budget, in bytes. */
    public BlockOptions withBudgetBytes(long bytes) {
        return new BlockOptions(rows, bytes, readAhead, reusesMemory);
    }

    /** Returns a copy with another number of blocks read ahead, 0 to 16. */
    public BlockOptions withReadAhead(int blocks) {
        return new BlockOptions(rows, budgetBytes, blocks, reusesMemory);
    }

    /**
     * Returns a copy by which blocks are read into the memory of earlier ones, so that a long read allocates no more
     * than {@code readAhead + 1} blocks. The values of a block are then valid until the next call of {@code next()}.
     *
     * <p>It applies to whole numbers that use all bits of 1, 2, 4 or 8 bytes and to IEEE numbers of 4 and 8 bytes, in
     * blocks of equal length. All others, and the blocks of a series of files, have their own memory as without it.
     */
    public BlockOptions withReusedMemory() {
        return new BlockOptions(rows, budgetBytes, readAhead, true);
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
