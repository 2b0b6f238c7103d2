// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

import io.h5coro.filter.FilterDataException;

/**
 * The bits of a scan, the most significant of a byte first; of a byte behind FF only the low seven are data. Confined
 * to one task.
 */
final class JpegLsBits {
    private final byte[] array;
    private final int end;
    private int next;
    private boolean stuffed;
    private long window;
    private int windowBits;

    JpegLsBits(byte[] array, int from, int end) {
        this.array = array;
        this.next = from;
        this.end = end;
    }

    /** The next {@code bits} bits, 0 to 32. */
    int read(int bits) throws FilterDataException {
        if (windowBits < bits) {
            refill(bits);
        }
        windowBits -= bits;
        return (int) (window >>> windowBits & (1L << bits) - 1);
    }

    /** The number of zero bits before the next one bit, which is taken too. */
    int readUnary() throws FilterDataException {
        int zeros = 0;
        while (true) {
            long rest = window & (1L << windowBits) - 1;
            if (rest != 0) {
                int used = Long.numberOfLeadingZeros(rest) - (Long.SIZE - windowBits);
                windowBits -= used + 1;
                return zeros + used;
            }
            zeros += windowBits;
            windowBits = 0;
            refill(1);
        }
    }

    private void refill(int needed) throws FilterDataException {
        while (windowBits < 56 && next < end) {
            int value = array[next++] & 0xff;
            int bits = stuffed ? 7 : 8;
            window = window << bits | value & (1 << bits) - 1;
            windowBits += bits;
            stuffed = value == 0xff;
        }
        if (windowBits < needed) {
            throw new FilterDataException("a scan ends before its last sample");
        }
    }
}
