// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A name or path as a file stores it: bytes, which HDF5 compares and does not interpret, and the text that shows them.
 * The text is UTF-8, or ISO 8859-1 when the bytes are not UTF-8. Two names of one place never have the same text: see
 * {@link #text()}. Immutable; equal when the bytes are.
 *
 * <pre>{@code
 * StoredText name = StoredText.of("heights");
 * System.out.println(name);
 * }</pre>
 */
public final class StoredText {
    private final byte[] bytes;
    private final @Nullable String distinct;

    private StoredText(byte[] bytes, @Nullable String distinct) {
        this.bytes = bytes;
        this.distinct = distinct;
    }

    /** Makes the name that consists of some bytes, which are copied. */
    public static StoredText of(byte[] bytes) {
        return new StoredText(bytes.clone(), null);
    }

    /** Makes the name that has a text in UTF-8. */
    public static StoredText of(String text) {
        return new StoredText(text.getBytes(StandardCharsets.UTF_8), null);
    }

    /** Returns the same bytes with another text. */
    public StoredText shownAs(String text) {
        return new StoredText(bytes, text);
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the number of bytes. */
    public int length() {
        return bytes.length;
    }

    /**
     * Compares the bytes as unsigned numbers, which is HDF5's order of names.
     *
     * @return negative, zero or positive when this name is less than, equal to or greater than the other
     */
    public int compareBytes(StoredText other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** Returns whether the bytes are UTF-8. */
    public boolean isUtf8() {
        return utf8(bytes, 0, bytes.length) != null;
    }

    /**
     * Returns the text: UTF-8, or else ISO 8859-1. When that ISO 8859-1 text is also the UTF-8 text of another name of
     * the same group, object or type, the bytes above 0x7f of this name are shown as {@code \xb0} instead, so that each
     * text leads to one name.
     */
    public String text() {
        return distinct != null ? distinct : decode(bytes, 0, bytes.length);
    }

    /**
     * Returns a text that stands for exactly these bytes wherever a path or name is asked for. It is the text when the
     * bytes are UTF-8. Otherwise each byte above 0x7f is the lone surrogate U+DC00 plus the byte, as in Python's
     * surrogateescape.
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

    /** Decodes bytes as UTF-8, or else as ISO 8859-1. */
    static String decode(byte[] bytes, int from, int count) {
        String text = utf8(bytes, from, count);
        return text != null ? text : new String(bytes, from, count, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String utf8(byte[] bytes, int from, int count) {
        String text = new String(bytes, from, count, StandardCharsets.UTF_8);
        if (text.length() == count && text.indexOf('\ufffd') < 0) {
            // A character for each byte, none of which replaces what is not UTF-8: ASCII.
            return text;
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

    /** Returns the text. */
    @Override
    public String toString() {
        return text();
    }
}
