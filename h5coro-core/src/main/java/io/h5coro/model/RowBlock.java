// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Rows of a dataset, one behind the other.
 *
 * @param firstRow index in the dataset's first dimension of the block's first row; 0 for a single value
 * @param values their values; its first dimension counts the rows, and a single value has shape "()"
 */
public record RowBlock(long firstRow, H5Array values) {}
