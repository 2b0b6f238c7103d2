// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.export.format.NumberBytes;
import io.h5coro.export.format.NumberBytes.Range;
import io.h5coro.model.H5Array;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.StringArray;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes elements in the bytes of their {@link NumpyType}. Confined to one thread. */
final class ElementOutput {
    private final ColumnType type;
    private final LittleEndianOutput out;

    ElementOutput(NumpyType type, OutputStream stream) {
        this.type = type.element();
        this.out = new LittleEndianOutput(stream);
    }

    /** Writes all elements of an array. */
    void write(H5Array array) throws IOException {
        H5Array elements = ColumnValues.elements(array);
        put(type, elements, new Range(0, elements.length()));
    }

    void flush() throws IOException {
        out.flush();
    }

    private void put(ColumnType kind, H5Array array, Range range) throws IOException {
        if (kind instanceof ColumnType.Fixed list) {
            int length = Math.toIntExact(list.length());
            Range inside = new Range(Math.multiplyExact(range.from(), length), Math.multiplyExact(range.to(), length));
            put(list.element(), array, inside);
        } else if (kind instanceof ColumnType.Struct struct) {
            List<ColumnType.Field> fields = struct.fields();
            for (int i = range.from(); i < range.to(); i++) {
                for (int k = 0; k < fields.size(); k++) {
                    put(fields.get(k).type(), ColumnValues.member(array, k), new Range(i, i + 1));
                }
            }
        } else {
            leaves(kind, ColumnValues.elements(array), range);
        }
    }

    private void leaves(ColumnType kind, H5Array array, Range range) throws IOException {
        if (kind instanceof ColumnType.Whole whole) {
            NumberBytes.whole(whole, array, range, out);
        } else if (kind instanceof ColumnType.Floating floating) {
            NumberBytes.floating(floating, array, range, out);
        } else if (kind instanceof ColumnType.Complex complex) {
            Range parts = new Range(2 * range.from(), 2 * range.to());
            NumberBytes.floating(complex.part(), ColumnValues.parts(array), parts, out);
        } else if (kind instanceof ColumnType.Text text) {
            texts(text, (StringArray) array, range);
        } else if (kind instanceof ColumnType.Bytes bytes) {
            int each = bytes.length();
            out.write(((OpaqueArray) array).bytes(), range.from() * each, (range.to() - range.from()) * each);
        } else {
            throw new IllegalStateException("no bytes of " + kind);
        }
    }

    private void texts(ColumnType.Text kind, StringArray array, Range range) throws IOException {
        for (int i = range.from(); i < range.to(); i++) {
            byte[] text = array.textBytes(i);
            out.write(text);
            out.writeZeros(kind.bytes() - text.length);
        }
    }
}
