// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import io.h5coro.model.H5Array;
import java.io.IOException;
import java.util.List;

/** What a format writes: columns, and their values in pieces of bounded size. Confined to one thread. */
public interface ExportTable {
    /** Takes values. */
    @FunctionalInterface
    interface Consumer<T> {
        /**
         * Takes a piece.
         *
         * @throws IOException when the output takes no more
         */
        void accept(T piece) throws IOException;
    }

    /** Returns the columns, at least one. */
    List<ExportColumn> columns();

    /**
     * Gives all rows in their order, some at a time. The next rows are read while the consumer works.
     *
     * @throws IOException when the consumer fails
     * @throws io.h5coro.error.LimitExceededException when one row exceeds the memory budget
     * @throws io.h5coro.error.H5Exception when values cannot be read exactly
     */
    void forEachBatch(Consumer<RowBatch> consumer) throws IOException;

    /**
     * Gives the values of one column in row-major order, in pieces that may be parts of a row. The next piece is read
     * while the consumer works.
     *
     * @param column index of the column
     * @throws IOException when the consumer fails
     * @throws io.h5coro.error.H5Exception when values cannot be read exactly
     */
    void forEachPart(int column, Consumer<H5Array> consumer) throws IOException;
}
