// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.npy;

import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportFormat;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.export.format.ExportTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** One array as numpy saves it. */
public final class NpyFormat implements ExportFormat {
    /** Makes the format, for {@link java.util.ServiceLoader}. */
    public NpyFormat() {}

    @Override
    public String name() {
        return "npy";
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public boolean isTable() {
        return false;
    }

    @Override
    public void check(List<ExportColumn> columns) {
        if (columns.size() > 1) {
            throw new ExportRefusedException(
                    "npy holds one dataset, and " + columns.size() + " were named: npz holds several");
        }
        NpyValues.check(name(), columns);
    }

    @Override
    public void write(ExportTable table, OutputStream out) throws IOException {
        NpyValues.write(table, 0, out);
    }
}
