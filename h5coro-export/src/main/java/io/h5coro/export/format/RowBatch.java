// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import io.h5coro.model.H5Array;
import java.util.List;

/**
 * Some rows of all columns.
 *
 * @param firstRow index of the first of them
 * @param rows number of them
 * @param values the values of each column, in the order of the columns
 */
public record RowBatch(long firstRow, int rows, List<H5Array> values) {
    /** Copies the list. */
    public RowBatch {
        values = List.copyOf(values);
    }
}
