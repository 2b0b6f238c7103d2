// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportFormat;
import io.h5coro.export.format.ExportTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Parquet: a row group for each batch of rows, plain values, pages compressed with gzip, statistics of each column. */
public final class ParquetFormat implements ExportFormat {
    /** Makes the format, for {@link java.util.ServiceLoader}. */
    public ParquetFormat() {}

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public boolean isTable() {
        return true;
    }

    @Override
    public void check(List<ExportColumn> columns) {
        ColumnValues.check(name(), columns, ParquetFormat::reason);
    }

    private static String reason(ColumnType type) {
        boolean wide = type instanceof ColumnType.Whole whole && whole.bytes() == ColumnType.Whole.WIDE;
        boolean longer = type instanceof ColumnType.Fixed list && list.length() > Integer.MAX_VALUE;
        return wide || longer ? type.toString() : "";
    }

    @Override
    public void write(ExportTable table, OutputStream out) throws IOException {
        new ParquetFile(table, out).write();
    }
}
