// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing line of output as bytes: values may hold bytes that are no text. Confined to one thread. */
public final class ByteText {
    /** Invariant: the first {@link #length} bytes are the text; the array at least doubles when it grows. */
    private byte[] bytes = new byte[256];

    private int length;

    /** Returns the number of bytes. */
    int length() {
        return length;
    }

    /** Returns byte {@code i} of the text. */
    byte at(int i) {
        return bytes[i];
    }

    /** Makes the text empty, and keeps its array for the next one. */
    ByteText clear() {
        length = 0;
        return this;
    }

    /** Adds the lowest eight bits of a number as one byte. */
    public ByteText add(int oneByte) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) oneByte;
        return this;
    }

    /**
     * The bytes of a text in UTF-8. A lone surrogate U+DC80 to U+DCFF is the byte that a name has which is not UTF-8:
     * {@link io.h5coro.model.StoredText#exact()}.
     */
    static byte[] bytes(String text) {
        if (text.chars().noneMatch(c -> c >= 0xdc80 && c <= 0xdcff)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteText bytes = new ByteText();
        text.codePoints().forEach(c -> {
            if (c >= 0xdc80 && c <= 0xdcff) {
                bytes.add(c & 0xff);
            } else {
                bytes.add(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return Arrays.copyOf(bytes.bytes, bytes.length);
    }

    /** Adds text as UTF-8. */
    public ByteText add(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return add(bytes(text.substring(i)));
            }
            add(c);
        }
        return this;
    }

    /** Adds bytes as they are. */
    public ByteText add(byte[] more) {
        if (bytes.length - length < more.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * length, Math.addExact(length, more.length)));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** Adds a number in decimal. */
    public ByteText add(long number) {
        return add(Long.toString(number));
    }

    /** Adds a byte as two hexadecimal digits. */
    ByteText hex(int oneByte) {
        return add(Character.forDigit(oneByte >> 4 & 15, 16)).add(Character.forDigit(oneByte & 15, 16));
    }

    /** Writes the bytes {@code [from, to)}. */
    void writeTo(OutputStream out, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
    }
}
