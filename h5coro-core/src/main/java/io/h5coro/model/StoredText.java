// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A name or path as a file stores it: bytes, which HDF5 compares and does not interpret, and the text that they are
 * shown as. The text is UTF-8, or ISO 8859-1 where the bytes are not UTF-8. Two names of one place whose texts would be
 * the same get different ones: see {@link #text()}. Immutable; equal when the bytes are.
 */
public final class StoredText {
    private final byte[] bytes;
    private final @Nullable String distinct;

    private StoredText(byte[] bytes, @Nullable String distinct) {
        this.bytes = bytes;
        this.distinct = distinct;
    }

    /** The text of bytes, which are copied. */
    public static StoredText of(byte[] bytes) {
        return new StoredText(bytes.clone(), null);
    }

    /** The text that writers of UTF-8 store. */
    public static StoredText of(String text) {
        return new StoredText(text.getBytes(StandardCharsets.UTF_8), null);
    }

    /** The same bytes under another text. */
    public StoredText shownAs(String text) {
        return new StoredText(bytes, text);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** The order of the bytes as unsigned numbers, which is HDF5's order of names. */
    public int compareBytes(StoredText other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** Whether the bytes are UTF-8. */
    public boolean isUtf8() {
        return isAscii(bytes, 0, bytes.length) || utf8(bytes, 0, bytes.length) != null;
    }

    /**
     * The text: UTF-8, or else ISO 8859-1. Where another name of the same group, object or type is the UTF-8 form of
     * that ISO 8859-1 text, this one has its bytes above 0x7f as {@code \xb0} instead, so that each text leads to its
     * name.
     */
    public String text() {
        return distinct != null ? distinct : decode(bytes, 0, bytes.length);
    }

    /**
     * A text that stands for these bytes and no others wherever a path or name is asked for: the text when it is UTF-8,
     * else each byte above 0x7f is the lone surrogate U+DC00 plus the byte, as in Python's surrogateescape.
     */
    public String exact() {
        String utf8 = utf8(bytes, 0, bytes.length);
        if (utf8 != null) {
            return utf8;
        }
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append((char) (b >= 0 ? b : 0xdc00 | (b & 0xff)));
        }
        return text.toString();
    }

    /** The text of some bytes: UTF-8, or else ISO 8859-1. */
    static String decode(byte[] bytes, int from, int count) {
        String text = utf8(bytes, from, count);
        return text != null ? text : new String(bytes, from, count, StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String utf8(byte[] bytes, int from, int count) {
        if (isAscii(bytes, from, count)) {
            return new String(bytes, from, count, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, count))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof StoredText other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text. */
    @Override
    public String toString() {
        return text();
    }
}
