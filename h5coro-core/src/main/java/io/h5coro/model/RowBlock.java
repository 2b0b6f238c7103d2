// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Consecutive rows of a dataset. Immutable, as far as its values are.
 *
 * <pre>{@code
 * try (RowBlocks blocks = file.dataset("/gt1l/heights/h_ph").blocks(BlockOptions.defaults().withRows(1000))) {
 *     RowBlock block = blocks.next();
 *     System.out.println("rows from " + block.firstRow() + ": " + block.values());
 * }
 * }</pre>
 *
 * @param firstRow index of the block's first row in the dataset's first dimension; 0 for a single value
 * @param values the rows; the first dimension counts them, and a single value has shape "()"
 */
public record RowBlock(long firstRow, H5Array values) {}
