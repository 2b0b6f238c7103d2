// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

import io.h5coro.filter.FilterDataException;

/** Bits of a stream, the least significant of a byte first. Confined to one task. */
final class ZfpBits {
    private final byte[] array;
    private final int end;
    private int next;
    /** Up to 8 bytes; the lowest bit is the next one. Refilled only when it is empty. */
    private long window;

    private int windowBits;

    ZfpBits(byte[] array, int offset, int length) {
        this.array = array;
        next = offset;
        end = offset + length;
    }

    boolean readBit() throws FilterDataException {
        if (windowBits == 0) {
            refill();
        }
        boolean bit = (window & 1) != 0;
        window >>>= 1;
        windowBits--;
        return bit;
    }

    /** The next {@code bits} bits, 0 to 64; the first of them is the least significant. */
    long read(int bits) throws FilterDataException {
        long value = 0;
        int got = 0;
        while (got < bits) {
            if (windowBits == 0) {
                refill();
            }
            int take = Math.min(bits - got, windowBits);
            long mask = take == Long.SIZE ? -1 : (1L << take) - 1;
            value |= (window & mask) << got;
            window = take == Long.SIZE ? 0 : window >>> take;
            windowBits -= take;
            got += take;
        }
        return value;
    }

    void skip(int bits) throws FilterDataException {
        int left = bits;
        while (left > 0) {
            int step = Math.min(left, Long.SIZE);
            read(step);
            left -= step;
        }
    }

    private void refill() throws FilterDataException {
        if (next == end) {
            throw new FilterDataException("the stream ends before the last block");
        }
        int bytes = Math.min(Long.BYTES, end - next);
        for (int i = 0; i < bytes; i++) {
            window |= (array[next++] & 0xffL) << 8 * i;
        }
        windowBits = 8 * bytes;
    }
}
