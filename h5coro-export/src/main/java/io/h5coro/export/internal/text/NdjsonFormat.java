// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.text;

import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportFormat;
import io.h5coro.export.format.ExportTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A JSON object for each row, each on a line. */
public final class NdjsonFormat implements ExportFormat {
    /** Makes the format, for {@link java.util.ServiceLoader}. */
    public NdjsonFormat() {}

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public boolean isTable() {
        return true;
    }

    @Override
    public void check(List<ExportColumn> columns) {
        ColumnValues.check(name(), columns, type -> "");
    }

    @Override
    public void write(ExportTable table, OutputStream out) throws IOException {
        NdjsonRows.write(table, out);
    }
}
