// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.arrow;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.export.format.NumberBytes;
import io.h5coro.export.format.NumberBytes.Range;
import io.h5coro.model.H5Array;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.SequenceArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The body of a record batch: buffers, each at a multiple of 64, in the order in which a walk through the schema meets
 * their columns. What says where nulls are is left out where there are none. Confined to one thread.
 */
final class ArrowBody {
    /** What Arrow recommends for the sake of processors that work on so many bytes at once. */
    private static final int ALIGNMENT = 64;

    private final List<Part> parts = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<Integer> nulls = new ArrayList<>();
    private long bytes;

    /**
     * A buffer.
     *
     * @param offset from the start of the body
     * @param bytes its length without padding
     * @param content writes it
     */
    record Part(long offset, long bytes, Content content) {}

    /** Writes a buffer. */
    interface Content {
        void write(LittleEndianOutput out) throws IOException;
    }

    /** The number of values of each column, and of each column in it. */
    List<Integer> lengths() {
        return lengths;
    }

    /** The number of nulls of each, in the same order. */
    List<Integer> nulls() {
        return nulls;
    }

    List<Part> parts() {
        return parts;
    }

    /** The length of the body, padding included. */
    long bytes() {
        return bytes;
    }

    void write(LittleEndianOutput out) throws IOException {
        for (Part part : parts) {
            long start = out.position();
            part.content.write(out);
            if (out.position() != start + part.bytes) {
                throw new IllegalStateException("a buffer of " + part.bytes + " bytes has another length");
            }
            out.writeZeros(padded(part.bytes) - part.bytes);
        }
    }

    private static long padded(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Adds the first rows of a column. */
    void add(ColumnType row, H5Array values, int rows) {
        add(row, values, new Range(0, rows));
    }

    private void part(long length, Content content) {
        parts.add(new Part(bytes, length, content));
        bytes += padded(length);
    }

    private void noNulls() {
        nulls.add(0);
        part(0, out -> {});
    }

    private void nullable(ColumnType type, H5Array array, Range range) {
        int missing = 0;
        for (int i = range.from(); i < range.to(); i++) {
            missing += ColumnValues.isMissing(type, array, i) ? 1 : 0;
        }
        if (missing == 0) {
            noNulls();
            return;
        }
        nulls.add(missing);
        part(
                (range.to() - range.from() + 7) / 8,
                out -> bits(i -> !ColumnValues.isMissing(type, array, i), range, out));
    }

    private void add(ColumnType type, H5Array array, Range range) {
        lengths.add(range.to() - range.from());
        if (type instanceof ColumnType.Nullable nullable) {
            H5Array elements = ColumnValues.elements(array);
            nullable(type, elements, range);
            leaves(nullable.element(), elements, range);
            return;
        }
        noNulls();
        if (type instanceof ColumnType.Fixed list) {
            int length = (int) list.length();
            add(
                    list.element(),
                    array,
                    new Range(Math.multiplyExact(range.from(), length), Math.multiplyExact(range.to(), length)));
        } else if (type instanceof ColumnType.Listing list) {
            sequences(list.element(), ColumnValues.sequences(array), range);
        } else if (type instanceof ColumnType.Struct struct) {
            for (int i = 0; i < struct.fields().size(); i++) {
                add(struct.fields().get(i).type(), ColumnValues.member(array, i), range);
            }
        } else if (type instanceof ColumnType.Complex complex) {
            parts(complex.part(), ColumnValues.parts(array), range);
        } else {
            leaves(type, ColumnValues.elements(array), range);
        }
    }

    private void sequences(ColumnType element, SequenceArray array, Range range) {
        int first = array.offset(range.from());
        part((long) Integer.BYTES * (range.to() - range.from() + 1), out -> {
            for (int i = range.from(); i <= range.to(); i++) {
                out.writeInt(array.offset(i) - first);
            }
        });
        add(element, array.elements(), new Range(first, array.offset(range.to())));
    }

    private void parts(ColumnType.Floating part, H5Array array, Range range) {
        for (int k = 0; k < 2; k++) {
            int which = k;
            lengths.add(range.to() - range.from());
            noNulls();
            part((long) part.bytes() * (range.to() - range.from()), out -> {
                for (int i = range.from(); i < range.to(); i++) {
                    NumberBytes.floating(part, array, new Range(2 * i + which, 2 * i + which + 1), out);
                }
            });
        }
    }

    private void leaves(ColumnType type, H5Array array, Range range) {
        int count = range.to() - range.from();
        if (type instanceof ColumnType.Timestamp) {
            leaves(ColumnType.Timestamp.COUNT, array, range);
        } else if (type instanceof ColumnType.Whole whole) {
            part((long) whole.bytes() * count, out -> NumberBytes.whole(whole, array, range, out));
        } else if (type instanceof ColumnType.Floating floating) {
            part((long) floating.bytes() * count, out -> NumberBytes.floating(floating, array, range, out));
        } else if (type instanceof ColumnType.Bool) {
            part((count + 7) / 8, out -> bits(i -> ColumnValues.bool(array, i), range, out));
        } else if (type instanceof ColumnType.Bytes opaque) {
            int each = opaque.length();
            part(
                    (long) each * count,
                    out -> out.write(((OpaqueArray) array).bytes(), range.from() * each, count * each));
        } else {
            texts(array, range);
        }
    }

    private static void bits(IntPredicate isSet, Range range, LittleEndianOutput out) throws IOException {
        for (int i = range.from(); i < range.to(); i += Byte.SIZE) {
            int bits = 0;
            for (int k = i; k < Math.min(range.to(), i + Byte.SIZE); k++) {
                bits |= isSet.test(k) ? 1 << k - i : 0;
            }
            out.writeByte(bits);
        }
    }

    private void texts(H5Array array, Range range) {
        int[] offsets = new int[range.to() - range.from() + 1];
        for (int i = range.from(); i < range.to(); i++) {
            int k = i - range.from();
            offsets[k + 1] = Math.addExact(offsets[k], ColumnValues.utf8(array, i).length);
        }
        part((long) Integer.BYTES * offsets.length, out -> {
            for (int offset : offsets) {
                out.writeInt(offset);
            }
        });
        part(offsets[offsets.length - 1], out -> {
            for (int i = range.from(); i < range.to(); i++) {
                out.write(ColumnValues.utf8(array, i));
            }
        });
    }
}
