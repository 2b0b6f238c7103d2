// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.text;

import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.RowBatch;
import io.h5coro.export.format.UnclosedOutput;
import io.h5coro.model.H5Array;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes the lines of a CSV. */
final class CsvRows {
    private static final int BUFFER_CHARS = 1 << 16;

    private CsvRows() {}

    static void write(ExportTable table, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(
                new OutputStreamWriter(new UnclosedOutput(out), StandardCharsets.UTF_8), BUFFER_CHARS);
        List<CsvCell> cells = CsvCell.of(table.columns());
        CSVFormat form = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
        CSVPrinter printer = new CSVPrinter(writer, form);
        for (CsvCell cell : cells) {
            printer.print(cell.name());
        }
        printer.println();
        table.forEachBatch(batch -> rows(batch, cells, printer));
        writer.flush();
    }

    private static void rows(RowBatch batch, List<CsvCell> cells, CSVPrinter printer) throws IOException {
        H5Array[] values = cells.stream()
                .map(cell -> cell.values(batch.values().get(cell.column())))
                .toArray(H5Array[]::new);
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = 0; i < values.length; i++) {
                CsvCell cell = cells.get(i);
                // An empty line would be no row for many readers: a missing value that is alone in its row is quoted.
                boolean empty = values.length > 1 && ColumnValues.isMissing(cell.type(), values[i], cell.index(row));
                printer.print(empty ? null : CellText.of(cell.type(), values[i], cell.index(row)));
            }
            printer.println();
        }
    }
}
