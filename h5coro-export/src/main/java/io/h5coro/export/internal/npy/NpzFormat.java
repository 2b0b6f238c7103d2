// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.npy;

import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportFormat;
import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.UnclosedOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Several arrays as {@code numpy.savez_compressed} saves them: a ZIP archive of a file of NPY for each. */
public final class NpzFormat implements ExportFormat {
    /** The first that ZIP has: an archive says nothing of when it was made. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Makes the format, for {@link java.util.ServiceLoader}. */
    public NpzFormat() {}

    @Override
    public String name() {
        return "npz";
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
        NpyValues.check(name(), columns);
    }

    @Override
    public void write(ExportTable table, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(new UnclosedOutput(out));
        // Numbers hardly get smaller at higher levels, which take several times as long.
        zip.setLevel(Deflater.BEST_SPEED);
        for (int i = 0; i < table.columns().size(); i++) {
            ZipEntry entry = new ZipEntry(table.columns().get(i).name() + ".npy");
            entry.setTimeLocal(NO_TIME);
            zip.putNextEntry(entry);
            NpyValues.write(table, i, zip);
            zip.closeEntry();
        }
        // Not when the export fails: closing writes the directory, which makes a part look like a whole archive.
        zip.close();
    }
}
