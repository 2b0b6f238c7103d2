// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds structures of a file by hand, little-endian, with 8-byte offsets and lengths. */
public final class FileBytes {
    private byte[] bytes = new byte[64];
    private int size;
    private int start;

    /** Begins a structure here: a checksum covers what follows. */
    public FileBytes begin() {
        start = size;
        return this;
    }

    /** Zeros up to an address. */
    public FileBytes at(int address) {
        if (address < size) {
            throw new IllegalArgumentException("already at " + size);
        }
        return zeros(address - size);
    }

    /** ASCII letters. */
    public FileBytes text(String letters) {
        for (byte b : letters.getBytes(StandardCharsets.ISO_8859_1)) {
            number(b, 1);
        }
        return this;
    }

    /** One byte each. */
    public FileBytes u8(int... values) {
        for (int value : values) {
            number(value, 1);
        }
        return this;
    }

    /** 16 bits. */
    public FileBytes u16(int value) {
        return number(value, 2);
    }

    /** 32 bits. */
    public FileBytes u32(long value) {
        return number(value, 4);
    }

    /** 64 bits each. */
    public FileBytes u64(long... values) {
        for (long value : values) {
            number(value, 8);
        }
        return this;
    }

    /** A number of any width. */
    public FileBytes number(long value, int width) {
        room(width);
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (i < Long.BYTES ? value >> (8 * i) : 0);
        }
        return this;
    }

    /** Zeros. */
    public FileBytes zeros(int count) {
        room(count);
        size += count;
        return this;
    }

    private void room(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (size + count));
        }
    }

    /** Replaces bytes written before. */
    public FileBytes overwrite(int address, byte[] with) {
        if (address + with.length > size) {
            throw new IllegalArgumentException("only " + size + " bytes so far");
        }
        System.arraycopy(with, 0, bytes, address, with.length);
        return this;
    }

    /** The checksum of everything since {@link #begin()}. */
    public FileBytes checksum() {
        return u32(Lookup3.hash(bytes, start, size - start));
    }

    /** Bytes so far. */
    public int size() {
        return size;
    }

    /** A copy of all bytes. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}
