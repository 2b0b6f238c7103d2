// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.text;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportFormat;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.export.format.ExportTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Values between commas, a line for each row, under a line with the names of the columns. */
public final class CsvFormat implements ExportFormat {
    /** A line of more columns of one dataset is for no program that reads tables of text. */
    static final int MOST_COLUMNS = 1_000;

    /** Makes the format, for {@link java.util.ServiceLoader}. */
    public CsvFormat() {}

    @Override
    public String name() {
        return "csv";
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
        ColumnValues.check(name(), columns, type -> type instanceof ColumnType.Listing ? type.toString() : "");
        List<String> problems = new ArrayList<>();
        for (ExportColumn column : columns) {
            long cells = cells(column.row());
            if (cells > MOST_COLUMNS || cells < 1) {
                problems.add("csv cannot hold " + column.path() + ": each row has " + cells + " values, and "
                        + (cells < 1 ? "needs one" : MOST_COLUMNS + " are the most"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ExportRefusedException(problems);
        }
        Set<String> names = new HashSet<>();
        for (CsvCell cell : CsvCell.of(columns)) {
            if (!names.add(cell.name())) {
                throw new ExportRefusedException("csv would have two columns with the name " + cell.name());
            }
        }
    }

    /** The number of columns that one row of a dataset takes; saturates. */
    private static long cells(ColumnType type) {
        if (type instanceof ColumnType.Fixed list) {
            double cells = (double) list.length() * cells(list.element());
            return (long) cells;
        }
        if (type instanceof ColumnType.Struct struct) {
            return struct.fields().stream()
                    .mapToLong(field -> cells(field.type()))
                    .reduce(0, CsvFormat::sum);
        }
        return type instanceof ColumnType.Complex ? 2 : 1;
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    @Override
    public void write(ExportTable table, OutputStream out) throws IOException {
        CsvRows.write(table, out);
    }
}
