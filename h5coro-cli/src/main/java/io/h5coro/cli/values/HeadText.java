// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.InlineText;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Reference;
import io.h5coro.model.StringArray;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of datasets, read in one call, as a table.
 *
 * @param file the file
 * @param wanted its datasets
 * @param rows the number of rows
 * @param named whether datasets were named one by one: headings are what was typed, else the last part of a path
 */
record HeadText(H5Coro file, List<Wanted> wanted, int rows, boolean named) {
    /** Values of a row of several that are shown. */
    private static final int MOST_VALUES = 4;

    /**
     * A column.
     *
     * @param name its heading
     * @param type the type of its values
     * @param values the values of all rows
     * @param each values of a row that were read
     * @param more whether a row has more
     */
    private record Column(String name, ElementType type, H5Array values, int each, boolean more) {
        boolean isRight() {
            return each == 1
                    && !more
                    && (type instanceof IntegerType || type instanceof FloatType || type instanceof BitfieldType);
        }

        /** Returns the text of a row; empty behind the last one. */
        String cell(int row) {
            if (row >= (each == 0 ? 0 : values.length() / each)) {
                return "";
            }
            if (each == 1 && !more && values instanceof StringArray strings) {
                return strings.getString(row);
            }
            StringBuilder text = new StringBuilder();
            InlineText inline = new InlineText(text, Reference::toString, MOST_VALUES);
            if (each == 1 && !more) {
                inline.add(values, row);
                return text.toString();
            }
            text.append('[');
            for (int k = 0; k < each; k++) {
                text.append(k == 0 ? "" : ", ");
                inline.add(values, row * each + k);
            }
            return text.append(more ? ", ...]" : "]").toString();
        }
    }

    /** Writes the table; of what cannot be read nothing but an error. */
    void write(Sink out, Report report) {
        List<DatasetRequest> requests = new ArrayList<>();
        List<Wanted> asked = new ArrayList<>();
        for (Wanted one : wanted) {
            try {
                if (!one.isNull()) {
                    requests.add(one.request(first(one)).named(Integer.toString(requests.size())));
                    asked.add(one);
                }
            } catch (H5Exception e) {
                report.error(one.name(), e);
            }
        }
        ReadPromise promise = file.readDatasets(requests);
        List<Column> columns = new ArrayList<>();
        for (int k = 0; k < asked.size(); k++) {
            try {
                add(columns, asked.get(k), promise.get(Integer.toString(k)));
            } catch (H5Exception e) {
                report.error(asked.get(k).name(), e);
            }
        }
        if (!columns.isEmpty()) {
            write(out, columns);
        }
    }

    /** Returns the first rows, and of each the first values. */
    private Hyperslab first(Wanted one) {
        List<Hyperslab.Range> all = one.ranges();
        List<Hyperslab.Range> ranges = new ArrayList<>();
        for (int d = 0; d < all.size(); d++) {
            long most = d == 0 ? rows : d == all.size() - 1 ? MOST_VALUES : 1;
            Hyperslab.Range range = all.get(d);
            long count = Math.min(most, Slabs.count(range));
            ranges.add(count == 0 ? Hyperslab.Range.of(0, 0) : Slabs.part(range, 0, count));
        }
        return new Hyperslab(ranges);
    }

    private void add(List<Column> columns, Wanted one, H5Array values) {
        int rank = values.shape().rank();
        int each = 1;
        for (int d = 1; d < rank; d++) {
            each *= Math.toIntExact(values.shape().dimension(d));
        }
        boolean more = false;
        List<Hyperslab.Range> all = one.ranges();
        for (int d = 1; d < rank; d++) {
            more |= Slabs.count(all.get(d)) > values.shape().dimension(d);
        }
        add(columns, new Column(label(one), values.type(), values, each, more));
    }

    private String label(Wanted one) {
        return named ? one.name() : one.name().substring(one.name().lastIndexOf('/') + 1);
    }

    /** Adds a column; of compounds one for each member. */
    private static void add(List<Column> columns, Column column) {
        if (!(column.values instanceof CompoundArray compound)) {
            columns.add(column);
            return;
        }
        List<CompoundType.Member> members = compound.type().members();
        for (int k = 0; k < members.size(); k++) {
            String name = column.name + "." + members.get(k).name();
            H5Array field = compound.fields().get(k);
            add(columns, new Column(name, field.type(), field, column.each, column.more));
        }
    }

    private void write(Sink out, List<Column> columns) {
        boolean[] right = new boolean[columns.size() + 1];
        right[0] = true;
        List<String> names = new ArrayList<>(List.of("row"));
        List<String> types = new ArrayList<>(List.of(""));
        int length = 0;
        for (int k = 0; k < columns.size(); k++) {
            Column column = columns.get(k);
            right[k + 1] = column.isRight();
            names.add(column.name);
            types.add(column.type.shortName());
            length = Math.max(length, column.each == 0 ? 0 : column.values.length() / column.each);
        }
        TableText table = new TableText(right);
        table.row(names);
        table.row(types);
        for (int row = 0; row < length; row++) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(row)));
            for (Column column : columns) {
                cells.add(column.cell(row));
            }
            table.row(cells);
        }
        table.write(out);
    }
}
