// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Numbers of a few bits each, packed without gaps, the most significant bit first. Confined to one task.
 *
 * <p>Callers ask with {@link #require} for all the bits that they are going to read.
 */
final class BitSource {
    private final byte[] array;
    private final int end;
    private int next;
    /** The bits that were taken from the array last; the low {@link #windowBits} of them are still to be read. */
    private long window;
    /** Invariant: at most 40, so bytes are never shifted out before they are read. */
    private int windowBits;

    BitSource(Span input, int skipBytes) throws FilterDataException {
        if (skipBytes > input.length()) {
            throw new FilterDataException(input.length() + " bytes, too few for a header of " + skipBytes);
        }
        array = input.array();
        next = input.offset() + skipBytes;
        end = input.end();
    }

    /** Fails unless {@code count} numbers of {@code bitsEach} bits are left. */
    void require(long count, long bitsEach) throws FilterDataException {
        long available = 8L * (end - next) + windowBits;
        if (bitsEach != 0 && count > available / bitsEach) {
            throw new FilterDataException(available + " bits, expected " + count + " numbers of " + bitsEach + " bits");
        }
    }

    /** The next {@code bits} bits, 0 to 64, as an unsigned number. */
    long read(int bits) {
        if (bits > 32) {
            return read32(bits - 32) << 32 | read32(32);
        }
        return read32(bits);
    }

    private long read32(int bits) {
        if (windowBits < bits) {
            refill();
        }
        windowBits -= bits;
        return window >>> windowBits & (1L << bits) - 1;
    }

    /** Takes bytes until the window holds more than 32 bits. Behind the end there are zeros, which nobody asked for. */
    private void refill() {
        while (windowBits <= 32) {
            window = window << 8 | (next < end ? array[next] & 0xff : 0);
            next++;
            windowBits += 8;
        }
    }
}
