// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * Bits of a stream, the most significant of a byte first. Behind the end there are zeros, which cannot be taken.
 * Confined to one task.
 *
 * <p>Each code is cut out of a word that begins with the byte where the code does, so that the processor need not wait
 * for one before it begins with the next.
 */
final class AecBits {
    /** No code has so many zeros, and a sum of them never overflows. */
    private static final int MOST_ZEROS = 1 << 30;

    private final byte[] array;
    private final int first;
    private final int end;
    private final long endBits;
    /** Up to this bit a word of 8 bytes lies in the stream. */
    private final long lastWordBit;
    /** The next bit, from the first byte on. */
    private long position;

    AecBits(Span input) {
        array = input.array();
        first = input.offset();
        end = input.end();
        endBits = 8L * input.length();
        lastWordBit = endBits - Long.SIZE + 7;
    }

    /** The next {@code bits} bits, 0 to 32, as an unsigned number. */
    int read(int bits) throws FilterDataException {
        if (bits > endBits - position) {
            throw cutOff();
        }
        long window = window(position);
        position += bits;
        return bits == 0 ? 0 : (int) (window >>> -bits);
    }

    /** The 57 bits from a position on, or more, at the top of a word. */
    private long window(long from) {
        int at = first + (int) (from >>> 3);
        long word = from <= lastWordBit ? WideBytes.bigEndianLongAt(array, at) : tail(at);
        return word << (from & 7);
    }

    private long tail(int at) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | (at + i < end ? array[at + i] & 0xff : 0);
        }
        return word;
    }

    /** The number of zero bits before the next one bit, which is taken too. */
    int readUnary() throws FilterDataException {
        int[] code = new int[1];
        readUnary(code, 0, 1);
        return code[0];
    }

    /** Sets each of {@code codes[from … to)} to the number of zero bits before the next one bit, which is taken too. */
    void readUnary(int[] codes, int from, int to) throws FilterDataException {
        long next = position;
        int zeros = 0;
        int i = from;
        while (i < to) {
            if (next >= endBits) {
                throw cutOff();
            }
            long word = window(next);
            int left = Long.SIZE - (int) (next & 7);
            while (word != 0 && i < to) {
                int more = Long.numberOfLeadingZeros(word);
                codes[i++] = zeros + more;
                zeros = 0;
                left -= more + 1;
                next += more + 1;
                word = word << more << 1;
            }
            if (i < to) {
                zeros += left;
                next += left;
                if (zeros > MOST_ZEROS) {
                    throw new FilterDataException("a code of more than " + MOST_ZEROS + " bits");
                }
            }
        }
        position = next;
    }

    /** Appends the next bits, 0 to 32 of them, to each of {@code codes[from … to)}. */
    void append(int bits, int[] codes, int from, int to) throws FilterDataException {
        long all = (long) (to - from) * bits;
        if (all > endBits - position) {
            throw cutOff();
        }
        if (bits == 0) {
            return;
        }
        if (position + all > lastWordBit) {
            for (int i = from; i < to; i++) {
                codes[i] = (codes[i] << bits) + read(bits);
            }
            return;
        }
        long next = position;
        for (int i = from; i < to; i++, next += bits) {
            long word = WideBytes.bigEndianLongAt(array, first + (int) (next >>> 3));
            codes[i] = (codes[i] << bits) + (int) (word << (next & 7) >>> -bits);
        }
        position = next;
    }

    private static FilterDataException cutOff() {
        return new FilterDataException("the stream ends before the last sample");
    }
}
