// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.model.H5Array;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.msgpack.core.MessagePacker;

/**
 * Writes values as clients read them. Confined to one thread.
 *
 * <pre>
 * {nd: true, type: "&lt;f8", kind: "", shape: [1000, 3], nbytes: 24000, data: [bin, ...]}
 * {vlen: true, shape: [2], data: ["one", "two"]}
 * </pre>
 *
 * <p>The keys stand in this order, and nothing is behind the last byte: clients stream the data into memory that they
 * allocate by the front of it.
 */
final class ValueWriter {
    private final MessagePacker out;

    ValueWriter(MessagePacker out) {
        this.out = out;
    }

    /**
     * Writes values that come in parts.
     *
     * @param shape of all, without the dimensions of an array type
     * @param parts elements in row-major order
     */
    void write(NumpyType type, Shape shape, Iterator<H5Array> parts) throws IOException {
        if (type.isVariable()) {
            variable(type, shape, parts);
            return;
        }
        Shape whole = shape.append(type.inner());
        long bytes = bytes(type, shape);
        out.packMapHeader(6);
        out.packString("nd").packBoolean(true);
        out.packString("type");
        type.pack(out);
        out.packString("kind").packString(type.kind());
        out.packString("shape");
        shape(whole);
        out.packString("nbytes").packLong(bytes);
        out.packString("data");
        Bins bins = new Bins(out, bytes);
        ElementOutput elements = new ElementOutput(type, bins);
        while (parts.hasNext()) {
            elements.write(parts.next());
        }
        elements.flush();
        bins.finish();
    }

    /** Writes one text as an array without dimensions, of four bytes for each letter. */
    void wide(String text) throws IOException {
        int[] letters = text.codePoints().toArray();
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES * Math.max(1, letters.length)).order(ByteOrder.LITTLE_ENDIAN);
        for (int letter : letters) {
            bytes.putInt(letter);
        }
        out.packMapHeader(6);
        out.packString("nd").packBoolean(true);
        out.packString("type").packString("<U" + bytes.capacity() / Integer.BYTES);
        out.packString("kind").packString("");
        out.packString("shape").packArrayHeader(0);
        out.packString("nbytes").packInt(bytes.capacity());
        out.packString("data").packArrayHeader(1);
        out.packBinaryHeader(bytes.capacity());
        out.writePayload(bytes.array());
    }

    /** Returns the bytes of values. */
    static long bytes(NumpyType type, Shape shape) {
        try {
            return Math.multiplyExact(type.elementBytes(), shape.elementCount());
        } catch (ArithmeticException e) {
            throw WireException.bad("the values have more bytes than can be counted");
        }
    }

    void shape(Shape shape) throws IOException {
        out.packArrayHeader(shape.rank());
        for (long dimension : shape.dimensions()) {
            out.packLong(dimension);
        }
    }

    private void variable(NumpyType type, Shape shape, Iterator<H5Array> parts) throws IOException {
        Shape whole = shape.append(type.inner());
        if (whole.elementCount() > Integer.MAX_VALUE) {
            throw WireException.bad("more than 2^31 values of variable length");
        }
        out.packMapHeader(3);
        out.packString("vlen").packBoolean(true);
        out.packString("shape");
        shape(whole);
        out.packString("data").packArrayHeader((int) whole.elementCount());
        while (parts.hasNext()) {
            H5Array part = ColumnValues.elements(parts.next());
            for (int i = 0; i < part.length(); i++) {
                value(type, part, i);
            }
        }
    }

    private void value(NumpyType type, H5Array part, int i) throws IOException {
        if (part instanceof StringArray texts) {
            text(texts.textBytes(i));
            return;
        }
        ColumnType element = ((ColumnType.Listing) type.element()).element();
        H5Array list = ((SequenceArray) part).get(i);
        NumpyType inside = new NumpyType(element, Shape.scalar());
        write(inside, Shape.of(list.length()), List.of(list).iterator());
    }

    /** A text, or its bytes where they are no text in UTF-8. */
    private void text(byte[] bytes) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            out.packRawStringHeader(bytes.length);
        } catch (CharacterCodingException e) {
            out.packBinaryHeader(bytes.length);
        }
        out.writePayload(bytes);
    }
}
