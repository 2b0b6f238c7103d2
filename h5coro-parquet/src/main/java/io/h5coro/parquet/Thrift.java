// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes structures in Thrift's compact protocol. A field is a byte of the distance to the field before, in the upper
 * half, and of its type. Confined to one thread.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Compact protocol</a>
 */
final class Thrift {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    static final int I32 = 5;
    private static final int I64 = 6;
    static final int BINARY = 8;
    private static final int LIST = 9;
    static final int STRUCT = 12;

    /** Longest list whose length is in the byte of its type. */
    private static final int SHORT_LIST = 14;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    /** The number of the last field of each structure that is open. */
    private final Deque<Integer> fields = new ArrayDeque<>();

    private int last;

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void field(int number, int type) {
        bytes.write(number - last << 4 | type);
        last = number;
    }

    Thrift i32(int number, int value) {
        field(number, I32);
        i32(value);
        return this;
    }

    /** An element of a list. */
    void i32(int value) {
        varint((value << 1 ^ value >> 31) & 0xffffffffL);
    }

    Thrift i8(int number, int value) {
        field(number, BYTE);
        bytes.write(value);
        return this;
    }

    Thrift i64(int number, long value) {
        field(number, I64);
        varint(value << 1 ^ value >> 63);
        return this;
    }

    Thrift bool(int number, boolean value) {
        field(number, value ? TRUE : FALSE);
        return this;
    }

    Thrift binary(int number, byte[] value) {
        field(number, BINARY);
        binary(value);
        return this;
    }

    Thrift text(int number, String value) {
        return binary(number, value.getBytes(StandardCharsets.UTF_8));
    }

    /** An element of a list. */
    void binary(byte[] value) {
        varint(value.length);
        bytes.write(value, 0, value.length);
    }

    /** Begins a list; its elements follow. */
    Thrift list(int number, int type, int size) {
        field(number, LIST);
        if (size <= SHORT_LIST) {
            bytes.write(size << 4 | type);
        } else {
            bytes.write(0xf0 | type);
            varint(size);
        }
        return this;
    }

    /** Begins a structure that is a field; {@link #end} ends it. */
    Thrift struct(int number) {
        field(number, STRUCT);
        return element();
    }

    /** Begins a structure that is an element of a list, or in none; {@link #end} ends it. */
    Thrift element() {
        fields.push(last);
        last = 0;
        return this;
    }

    Thrift end() {
        bytes.write(0);
        last = fields.pop();
        return this;
    }

    /** Adds a structure, as a field, that was written before. */
    Thrift structure(int number, byte[] written) {
        field(number, STRUCT);
        raw(written);
        return this;
    }

    /** Adds a structure, as an element of a list, that was written before. */
    void raw(byte[] written) {
        bytes.write(written, 0, written.length);
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
    }
}
