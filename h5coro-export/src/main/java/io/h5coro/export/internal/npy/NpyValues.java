// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.npy;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.export.format.NumberBytes;
import io.h5coro.export.format.NumberBytes.Range;
import io.h5coro.model.H5Array;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.StringArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a column as a file of NPY: values in row-major order, without padding, least significant byte first. */
public final class NpyValues {
    private final LittleEndianOutput out;

    private NpyValues(LittleEndianOutput out) {
        this.out = out;
    }

    /** Writes one column of a table. */
    static void write(ExportTable table, int index, OutputStream stream) throws IOException {
        ExportColumn column = table.columns().get(index);
        LittleEndianOutput out = new LittleEndianOutput(stream);
        out.write(NpyHeader.of(column.element(), column.shape()));
        NpyValues values = new NpyValues(out);
        table.forEachPart(index, part -> values.put(column.element(), part, new Range(0, part.length())));
        out.flush();
    }

    /** Returns the bytes of all values of an array, as {@link #write} writes them. */
    public static byte[] bytes(ColumnType element, H5Array array) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        LittleEndianOutput out = new LittleEndianOutput(stream);
        try {
            new NpyValues(out).put(element, array, new Range(0, array.length()));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stream.toByteArray();
    }

    /** Checks the types of columns. */
    static void check(String format, List<ExportColumn> columns) {
        ColumnValues.check(format, columns, NpyValues::reason);
    }

    private static String reason(ColumnType type) {
        if (type instanceof ColumnType.Whole whole) {
            return whole.bytes() == ColumnType.Whole.WIDE ? whole.toString() : "";
        }
        if (type instanceof ColumnType.Nullable nullable) {
            return nullable.element() instanceof ColumnType.Text ? type.toString() : "";
        }
        if (type instanceof ColumnType.Names names) {
            return reason(names.numbers());
        }
        if (type instanceof ColumnType.Complex complex) {
            return complex.part().bytes() == Short.BYTES ? type.toString() : "";
        }
        boolean variable = type instanceof ColumnType.Text text && text.bytes() == ColumnType.Text.VARIABLE
                || type instanceof ColumnType.Listing;
        return variable ? type.toString() : "";
    }

    private void put(ColumnType type, H5Array array, Range range) throws IOException {
        if (type instanceof ColumnType.Fixed list) {
            int length = (int) list.length();
            put(
                    list.element(),
                    array,
                    new Range(Math.multiplyExact(range.from(), length), Math.multiplyExact(range.to(), length)));
        } else if (type instanceof ColumnType.Struct struct) {
            compounds(struct, array, range);
        } else {
            leaves(type, ColumnValues.elements(array), range);
        }
    }

    /** The members of one element stand together. */
    private void compounds(ColumnType.Struct struct, H5Array array, Range range) throws IOException {
        List<ColumnType.Field> fields = struct.fields();
        for (int i = range.from(); i < range.to(); i++) {
            Range one = new Range(i, i + 1);
            for (int k = 0; k < fields.size(); k++) {
                put(fields.get(k).type(), ColumnValues.member(array, k), one);
            }
        }
    }

    private void leaves(ColumnType type, H5Array array, Range range) throws IOException {
        if (type instanceof ColumnType.Nullable nullable) {
            leaves(nullable.element(), array, range);
        } else if (type instanceof ColumnType.Timestamp) {
            NumberBytes.whole(ColumnType.Timestamp.COUNT, array, range, out);
        } else if (type instanceof ColumnType.Whole whole) {
            NumberBytes.whole(whole, array, range, out);
        } else if (type instanceof ColumnType.Floating floating) {
            NumberBytes.floating(floating, array, range, out);
        } else if (type instanceof ColumnType.Names names) {
            NumberBytes.whole(names.numbers(), array, range, out);
        } else if (type instanceof ColumnType.Complex complex) {
            Range parts = new Range(2 * range.from(), 2 * range.to());
            NumberBytes.floating(complex.part(), ColumnValues.parts(array), parts, out);
        } else if (type instanceof ColumnType.Bool) {
            for (int i = range.from(); i < range.to(); i++) {
                out.writeByte(ColumnValues.bool(array, i) ? 1 : 0);
            }
        } else if (type instanceof ColumnType.Text text) {
            texts(text, (StringArray) array, range);
        } else if (type instanceof ColumnType.Bytes bytes) {
            int each = bytes.length();
            out.write(((OpaqueArray) array).bytes(), range.from() * each, (range.to() - range.from()) * each);
        }
    }

    /** Texts without the padding that HDF5 gives them, padded with zeros. */
    private void texts(ColumnType.Text type, StringArray array, Range range) throws IOException {
        for (int i = range.from(); i < range.to(); i++) {
            byte[] text = array.textBytes(i);
            out.write(text);
            out.writeZeros(type.bytes() - text.length);
        }
    }
}
