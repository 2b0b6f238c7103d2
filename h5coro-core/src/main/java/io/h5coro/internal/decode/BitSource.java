// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * Numbers of a few bits each, packed without gaps, the most significant bit first. Confined to one task.
 *
 * <p>Callers ask with {@link #require} for all the bits that they are going to read. Each number is cut out of a word
 * that begins with the byte where the number does.
 */
final class BitSource {
    /** A word from the byte in which a number begins has so many bits of the number at the least. */
    private static final int WINDOW_BITS = Long.SIZE - 7;

    private final byte[] array;
    private final int first;
    private final int end;
    private final long endBits;
    /** The next bit, from the first byte on. */
    private long position;

    BitSource(Span input, int skipBytes) throws FilterDataException {
        if (skipBytes > input.length()) {
            throw new FilterDataException(input.length() + " bytes, too few for a header of " + skipBytes);
        }
        array = input.array();
        first = input.offset() + skipBytes;
        end = input.end();
        endBits = 8L * (end - first);
    }

    /** Fails unless {@code count} numbers of {@code bitsEach} bits are left. */
    void require(long count, long bitsEach) throws FilterDataException {
        long available = endBits - position;
        if (bitsEach != 0 && count > available / bitsEach) {
            throw new FilterDataException(available + " bits, expected " + count + " numbers of " + bitsEach + " bits");
        }
    }

    /** The next {@code bits} bits, 0 to 64, as an unsigned number. */
    long read(int bits) {
        if (bits > WINDOW_BITS) {
            return read(bits - 32) << 32 | read(32);
        }
        long window = window();
        position += bits;
        return bits == 0 ? 0 : window >>> -bits;
    }

    /** Reads numbers of {@code bits} bits, 0 to 64, into the first {@code count} places. */
    void read(int bits, long[] numbers, int count) {
        int i = 0;
        if (bits > 0 && bits <= WINDOW_BITS) {
            long lastWordBit = endBits - Long.SIZE + 7;
            int words = (int) Math.min(count, Math.max(0, (lastWordBit - position + bits) / bits));
            long next = position;
            for (; i < words; i++, next += bits) {
                long word = WideBytes.bigEndianLongAt(array, first + (int) (next >>> 3));
                numbers[i] = word << (next & 7) >>> -bits;
            }
            position = next;
        }
        for (; i < count; i++) {
            numbers[i] = read(bits);
        }
    }

    /** The bits from the position on, at the top of a word. Behind the end there are zeros, which nobody asked for. */
    private long window() {
        int at = first + (int) (position >>> 3);
        if (at <= end - Long.BYTES) {
            return WideBytes.bigEndianLongAt(array, at) << (position & 7);
        }
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | (at + i < end ? array[at + i] & 0xff : 0);
        }
        return word << (position & 7);
    }
}
