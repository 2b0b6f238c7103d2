// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing line of output as bytes: values may hold bytes that are no text. Confined to one thread. */
final class ByteText {
    private byte[] bytes = new byte[256];
    private int length;

    int length() {
        return length;
    }

    byte at(int i) {
        return bytes[i];
    }

    ByteText clear() {
        length = 0;
        return this;
    }

    ByteText add(int oneByte) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) oneByte;
        return this;
    }

    /** Adds text as UTF-8. */
    ByteText add(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return add(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            add(c);
        }
        return this;
    }

    ByteText add(byte[] more) {
        if (bytes.length - length < more.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * length, Math.addExact(length, more.length)));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    ByteText add(long number) {
        return add(Long.toString(number));
    }

    ByteText hex(int oneByte) {
        return add(Character.forDigit(oneByte >> 4 & 15, 16)).add(Character.forDigit(oneByte & 15, 16));
    }

    void writeTo(OutputStream out, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
    }
}
