// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

/**
 * Builds one structure by hand from the layout in the specification: numbers little-endian, addresses and lengths as
 * wide as those of the file that it stands in. It stands at {@link #ADDRESS} of {@link #SOURCE}.
 */
public final class MessageBytes {
    /** What errors call the file. */
    public static final String SOURCE = "built.h5";

    /** Where the first byte stands. */
    public static final long ADDRESS = 0x5000;

    /**
     * Bytes of the array in front of the structure, so that an index into the array is never one into the structure.
     */
    private static final int LEAD = 3;

    private final FileBytes bytes = new FileBytes();
    private final Cursor.Origin origin;

    /** A structure of a file with 8-byte addresses and lengths. */
    public MessageBytes() {
        this(8, 8);
    }

    /** A structure of a file with addresses and lengths of these widths. */
    public MessageBytes(int sizeOfOffsets, int sizeOfLengths) {
        origin = new Cursor.Origin(SOURCE, sizeOfOffsets, sizeOfLengths);
    }

    /** One byte each. */
    public MessageBytes u8(int... values) {
        bytes.u8(values);
        return this;
    }

    /** 16 bits each. */
    public MessageBytes u16(int... values) {
        for (int value : values) {
            bytes.u16(value);
        }
        return this;
    }

    /** 24 bits. */
    public MessageBytes u24(int value) {
        bytes.number(value, 3);
        return this;
    }

    /** 32 bits each. */
    public MessageBytes u32(long... values) {
        for (long value : values) {
            bytes.u32(value);
        }
        return this;
    }

    /** 64 bits each. */
    public MessageBytes u64(long... values) {
        bytes.u64(values);
        return this;
    }

    /** An address each in the file's width; -1 is the undefined one. */
    public MessageBytes address(long... values) {
        return wide(origin.sizeOfOffsets(), values);
    }

    /** A length each in the file's width; -1 is the undefined (unlimited) one. */
    public MessageBytes length(long... values) {
        return wide(origin.sizeOfLengths(), values);
    }

    private MessageBytes wide(int width, long... values) {
        for (long value : values) {
            bytes.number(value, Math.min(width, 8));
            for (int i = 8; i < width; i++) {
                bytes.u8(value == -1 ? 0xff : 0);
            }
        }
        return this;
    }

    /** ASCII letters, nothing behind them. */
    public MessageBytes text(String letters) {
        bytes.text(letters);
        return this;
    }

    /** ASCII letters and a NUL. */
    public MessageBytes name(String letters) {
        return text(letters).u8(0);
    }

    /** ASCII letters, a NUL, and zeros up to a multiple of 8 bytes. */
    public MessageBytes padded(String letters) {
        name(letters);
        return zeros((8 - (letters.length() + 1) % 8) % 8);
    }

    /** Zeros. */
    public MessageBytes zeros(int count) {
        bytes.zeros(count);
        return this;
    }

    /** Another structure within this one. */
    public MessageBytes add(MessageBytes inner) {
        for (byte b : inner.toArray()) {
            bytes.u8(b);
        }
        return this;
    }

    /** The checksum of everything so far. */
    public MessageBytes checksum() {
        bytes.checksum();
        return this;
    }

    /** Bytes so far. */
    public int size() {
        return bytes.size();
    }

    /** A copy of all bytes. */
    public byte[] toArray() {
        return bytes.toArray();
    }

    /** The file's widths. */
    public Cursor.Origin origin() {
        return origin;
    }

    /** A cursor over all of it. */
    public Cursor cursor() {
        return cut(size());
    }

    /** A cursor over its first bytes; the others follow in the array, where nobody may look. */
    public Cursor cut(int length) {
        return over(toArray(), length);
    }

    /** A cursor over the first bytes of others in its place. */
    Cursor over(byte[] others, int length) {
        byte[] array = new byte[LEAD + others.length];
        System.arraycopy(others, 0, array, LEAD, others.length);
        return new Cursor(array, LEAD, LEAD + length, origin, ADDRESS);
    }
}
