// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.internal.decode.lz.WideBytes;

/**
 * How numbers are written as elements.
 *
 * @param size bytes of an element: 1, 2, 4 or 8
 * @param bigEndian byte order
 */
record ElementBytes(int size, boolean bigEndian) {
    /** Whether elements of so many bytes can be written. */
    static boolean has(long size) {
        return size == 1 || size == 2 || size == 4 || size == 8;
    }

    /** Writes the first {@code count} numbers, the low bytes of each, from {@code out[at]} on. */
    void put(long[] numbers, int count, byte[] out, int at) {
        switch (size) {
            case 1 -> putBytes(numbers, count, out, at);
            case 2 -> putShorts(numbers, count, out, at);
            case 4 -> putInts(numbers, count, out, at);
            default -> putLongs(numbers, count, out, at);
        }
    }

    private static void putBytes(long[] numbers, int count, byte[] out, int at) {
        for (int i = 0; i < count; i++) {
            out[at + i] = (byte) numbers[i];
        }
    }

    private void putShorts(long[] numbers, int count, byte[] out, int at) {
        for (int i = 0; i < count; i++) {
            short number = (short) numbers[i];
            WideBytes.putShort(out, at + 2 * i, bigEndian ? Short.reverseBytes(number) : number);
        }
    }

    private void putInts(long[] numbers, int count, byte[] out, int at) {
        for (int i = 0; i < count; i++) {
            int number = (int) numbers[i];
            WideBytes.putInt(out, at + 4 * i, bigEndian ? Integer.reverseBytes(number) : number);
        }
    }

    private void putLongs(long[] numbers, int count, byte[] out, int at) {
        for (int i = 0; i < count; i++) {
            WideBytes.putLong(out, at + 8 * i, bigEndian ? Long.reverseBytes(numbers[i]) : numbers[i]);
        }
    }
}
