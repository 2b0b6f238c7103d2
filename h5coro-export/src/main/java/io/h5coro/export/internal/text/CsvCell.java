// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.text;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.model.H5Array;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a CSV: one element of each row of a dataset. Immutable.
 *
 * <p>Example: a dataset "x" of 100 x 3 compounds with the members "a" and "b", which is an array of 2, has the columns
 * {@code x_0.a, x_0.b_0, x_0.b_1, x_1.a, …}. The column {@code x_1.b_0} is in member 1; in row r its index is
 * {@code (3 r + 1) 2 + 0}: {@code scale} 6, {@code offset} 2.
 *
 * @param name its name
 * @param type of its values
 * @param column index of the dataset's column
 * @param members positions of the members that lead to it, from the outermost one; {@link #PARTS} for the parts of
 *     complex numbers
 * @param scale what a row's number is multiplied with
 * @param offset what is then added
 */
record CsvCell(String name, ColumnType type, int column, List<Integer> members, int scale, int offset) {
    static final int PARTS = -1;

    /** Copies the list. */
    CsvCell {
        members = List.copyOf(members);
    }

    /** The cells of all columns, which passed the check. */
    static List<CsvCell> of(List<ExportColumn> columns) {
        List<CsvCell> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ExportColumn column = columns.get(i);
            new CsvCell(column.name(), column.row(), i, List.of(), 1, 0).addTo(cells);
        }
        return cells;
    }

    private void addTo(List<CsvCell> cells) {
        if (type instanceof ColumnType.Fixed list) {
            int length = (int) list.length();
            for (int i = 0; i < length; i++) {
                as("_" + i, list.element()).ofEach(length, i).addTo(cells);
            }
        } else if (type instanceof ColumnType.Struct struct) {
            for (int i = 0; i < struct.fields().size(); i++) {
                ColumnType.Field field = struct.fields().get(i);
                as("." + field.name(), field.type()).in(i).addTo(cells);
            }
        } else if (type instanceof ColumnType.Complex complex) {
            cells.add(as(".real", complex.part()).in(PARTS).ofEach(2, 0));
            cells.add(as(".imaginary", complex.part()).in(PARTS).ofEach(2, 1));
        } else {
            cells.add(this);
        }
    }

    private CsvCell as(String suffix, ColumnType part) {
        return new CsvCell(name + suffix, part, column, members, scale, offset);
    }

    private CsvCell in(int member) {
        List<Integer> longer = new ArrayList<>(members);
        longer.add(member);
        return new CsvCell(name, type, column, longer, scale, offset);
    }

    /** The element at {@code index} of each list of {@code length}. */
    private CsvCell ofEach(int length, int index) {
        return new CsvCell(name, type, column, members, scale * length, offset * length + index);
    }

    /** Returns the array that the values are in, of those of the column. */
    H5Array values(H5Array ofColumn) {
        H5Array values = ofColumn;
        for (int member : members) {
            values = member == PARTS ? ColumnValues.parts(values) : ColumnValues.member(values, member);
        }
        return ColumnValues.elements(values);
    }

    /** Returns the index of a row's value. */
    int index(int row) {
        return row * scale + offset;
    }
}
