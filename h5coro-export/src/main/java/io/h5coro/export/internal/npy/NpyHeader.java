// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.npy;

import io.h5coro.export.format.ColumnType;
import io.h5coro.model.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What stands in front of the values in a file of NPY.
 *
 * <pre>
 *  0  6  0x93, "NUMPY"
 *  6  2  version: 1.0; 2.0 for a text of 64 KiB or more; 3.0 for a text that is not ISO 8859-1
 *  8  2  length of the text; 4 bytes from version 2.0 on
 * 10     text: a dictionary of Python with descr, fortran_order and shape, blanks, and a line end, so that the values
 *        begin at a multiple of 64
 * </pre>
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class NpyHeader {
    private static final int ALIGNMENT = 64;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private NpyHeader() {}

    /**
     * Returns the header of an array.
     *
     * @param element type of the elements; the dimensions of an array type become the last ones of the array
     * @param shape of the array
     */
    static byte[] of(ColumnType element, Shape shape) {
        ColumnType type = element;
        Shape whole = shape;
        while (type instanceof ColumnType.Fixed list) {
            whole = whole.append(Shape.of(list.length()));
            type = list.element();
        }
        String text = "{'descr': " + descr(type) + ", 'fortran_order': False, 'shape': " + tuple(whole) + ", }";
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        boolean brief = latin && text.length() < (1 << Short.SIZE) - 2 * ALIGNMENT;
        Charset charset = latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        int front = MAGIC.length + 2 + (brief ? Short.BYTES : Integer.BYTES);
        byte[] bytes = text.getBytes(charset);
        int length = (front + bytes.length + ALIGNMENT) / ALIGNMENT * ALIGNMENT - front;
        ByteBuffer header = ByteBuffer.allocate(front + length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) (brief ? 1 : latin ? 2 : 3)).put((byte) 0);
        if (brief) {
            header.putShort((short) length);
        } else {
            header.putInt(length);
        }
        header.put(bytes);
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    private static String tuple(Shape shape) {
        String numbers =
                LongStream.of(shape.dimensions()).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return "(" + numbers + (shape.rank() == 1 ? ",)" : ")");
    }

    private static String descr(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return struct.fields().stream().map(NpyHeader::field).collect(Collectors.joining(", ", "[", "]"));
        }
        return "'" + code(type) + "'";
    }

    private static String field(ColumnType.Field field) {
        Shape shape = Shape.scalar();
        ColumnType type = field.type();
        while (type instanceof ColumnType.Fixed list) {
            shape = shape.append(Shape.of(list.length()));
            type = list.element();
        }
        return "(" + quoted(field.name()) + ", " + descr(type) + (shape.rank() == 0 ? "" : ", " + tuple(shape)) + ")";
    }

    private static String code(ColumnType type) {
        if (type instanceof ColumnType.Whole whole) {
            return (whole.bytes() == 1 ? "|" : "<") + (whole.signed() ? "i" : "u") + whole.bytes();
        }
        if (type instanceof ColumnType.Nullable nullable) {
            return code(nullable.element());
        }
        if (type instanceof ColumnType.Timestamp time) {
            return time.nanos() ? "<M8[ns]" : "<M8[us]";
        }
        if (type instanceof ColumnType.Floating floating) {
            return "<f" + floating.bytes();
        }
        if (type instanceof ColumnType.Complex complex) {
            return "<c" + 2 * complex.part().bytes();
        }
        if (type instanceof ColumnType.Names names) {
            return code(names.numbers());
        }
        if (type instanceof ColumnType.Text text) {
            return "|S" + text.bytes();
        }
        if (type instanceof ColumnType.Bytes bytes) {
            return "|V" + bytes.length();
        }
        if (type instanceof ColumnType.Bool) {
            return "|b1";
        }
        throw new IllegalArgumentException("numpy has no " + type);
    }

    /** A text as Python reads it. */
    private static String quoted(String name) {
        StringBuilder text = new StringBuilder("'");
        name.codePoints().forEach(c -> {
            if (c == '\\' || c == '\'') {
                text.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f) {
                text.append(String.format("\\x%02x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('\'').toString();
    }
}
