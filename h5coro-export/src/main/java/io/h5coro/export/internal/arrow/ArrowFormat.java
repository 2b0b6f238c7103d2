// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.arrow;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportFormat;
import io.h5coro.export.format.ExportTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A file of Arrow IPC, which is also what Feather version 2 is. */
public class ArrowFormat implements ExportFormat {
    /** Makes the format, for {@link java.util.ServiceLoader}. */
    public ArrowFormat() {}

    @Override
    public String name() {
        return "arrow";
    }

    @Override
    public final boolean isText() {
        return false;
    }

    @Override
    public final boolean isTable() {
        return true;
    }

    @Override
    public final void check(List<ExportColumn> columns) {
        ColumnValues.check(name(), columns, ArrowFormat::reason);
    }

    private static String reason(ColumnType type) {
        boolean wide = type instanceof ColumnType.Whole whole && whole.bytes() == ColumnType.Whole.WIDE;
        boolean longer = type instanceof ColumnType.Fixed list && list.length() > Integer.MAX_VALUE;
        return wide || longer ? type.toString() : "";
    }

    @Override
    public void write(ExportTable table, OutputStream out) throws IOException {
        new ArrowMessages(table, out).writeFile();
    }
}
