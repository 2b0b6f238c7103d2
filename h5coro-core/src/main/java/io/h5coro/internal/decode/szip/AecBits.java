// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** Bits of a stream, the most significant of a byte first. Confined to one task. */
final class AecBits {
    private final byte[] array;
    private final int end;
    private int next;
    private long window;
    /** How many low bits of the window are still to be read; 63 at most, as bytes are added below 56. */
    private int windowBits;

    AecBits(Span input) {
        array = input.array();
        next = input.offset();
        end = input.end();
    }

    /** The next {@code bits} bits, 0 to 32, as an unsigned number. */
    int read(int bits) throws FilterDataException {
        if (windowBits < bits) {
            refill();
            if (windowBits < bits) {
                throw cutOff();
            }
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
            refill();
            if (windowBits == 0) {
                throw cutOff();
            }
        }
    }

    /** Fills the window to 56 bits or more, while there are bytes. */
    private void refill() {
        while (windowBits < 56 && next < end) {
            window = window << 8 | array[next++] & 0xff;
            windowBits += 8;
        }
    }

    private static FilterDataException cutOff() {
        return new FilterDataException("the stream ends before the last sample");
    }
}
