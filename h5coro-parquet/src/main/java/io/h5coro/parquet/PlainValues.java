// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.export.format.NumberBytes;
import io.h5coro.model.H5Array;
import io.h5coro.model.OpaqueArray;
import java.io.IOException;

/** Writes values of one type in the encoding PLAIN. Confined to one thread. */
final class PlainValues {
    private final ColumnType type;
    private final H5Array array;
    private final int stride;

    /**
     * Writes values of an array.
     *
     * @param stride distance between two values
     */
    PlainValues(ColumnType type, H5Array array, int stride) {
        this.type = type;
        this.array = array;
        this.stride = stride;
    }

    /** Writes the values of {@code [from, to)} but for those that are missing. */
    void write(int from, int to, LittleEndianOutput out) throws IOException {
        if (!(type instanceof ColumnType.Nullable nullable)) {
            present(from, to, out);
            return;
        }
        PlainValues elements = new PlainValues(nullable.element(), array, stride);
        int start = from;
        for (int i = from; i < to; i++) {
            if (ColumnValues.isMissing(type, array, i)) {
                elements.present(start, i, out);
                start = i + 1;
            }
        }
        elements.present(start, to, out);
    }

    private void present(int from, int to, LittleEndianOutput out) throws IOException {
        switch (Physical.of(type)) {
            case BOOLEAN -> bits(from, to, out);
            case INT32 -> ints(from, to, out);
            case INT64 ->
                NumberBytes.whole(
                        type instanceof ColumnType.Whole whole ? whole : ColumnType.Timestamp.COUNT,
                        array,
                        new NumberBytes.Range(from, to),
                        out);
            case FLOAT -> floating(new ColumnType.Floating(Float.BYTES), from, to, out);
            case DOUBLE -> floating(new ColumnType.Floating(Double.BYTES), from, to, out);
            case BYTE_ARRAY -> texts(from, to, out);
            case FIXED_LEN_BYTE_ARRAY -> {
                int each = ((ColumnType.Bytes) type).length();
                out.write(((OpaqueArray) array).bytes(), from * each, (to - from) * each);
            }
        }
    }

    private void bits(int from, int to, LittleEndianOutput out) throws IOException {
        for (int i = from; i < to; i += Byte.SIZE) {
            int bits = 0;
            for (int k = i; k < Math.min(to, i + Byte.SIZE); k++) {
                bits |= ColumnValues.bool(array, k) ? 1 << k - i : 0;
            }
            out.writeByte(bits);
        }
    }

    private void ints(int from, int to, LittleEndianOutput out) throws IOException {
        if (((ColumnType.Whole) type).bytes() == Integer.BYTES) {
            NumberBytes.whole((ColumnType.Whole) type, array, new NumberBytes.Range(from, to), out);
            return;
        }
        for (int i = from; i < to; i++) {
            out.writeInt((int) array.getLong(i));
        }
    }

    private void floating(ColumnType.Floating as, int from, int to, LittleEndianOutput out) throws IOException {
        if (stride == 1) {
            NumberBytes.floating(as, array, new NumberBytes.Range(from, to), out);
            return;
        }
        for (int i = from; i < to; i += stride) {
            NumberBytes.floating(as, array, new NumberBytes.Range(i, i + 1), out);
        }
    }

    private void texts(int from, int to, LittleEndianOutput out) throws IOException {
        for (int i = from; i < to; i++) {
            byte[] text = ColumnValues.utf8(array, i);
            out.writeInt(text.length);
            out.write(text);
        }
    }
}
