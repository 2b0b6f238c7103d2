// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.internal.decode.lz.WideBytes;

/**
 * Undoes the transposition of the bytes of n elements ("shuffle"): byte b of every element lies in one run of n bytes;
 * bytes behind the last whole element are not moved.
 *
 * <p>Sizes 2, 4 and multiples of 8 take eight elements at a time: a {@code long} from each plane, as the rows of a
 * matrix of bytes that is transposed in registers. Two rows exchange every other byte, then every other two, then four.
 */
public final class ByteTranspose {
    private static final long BYTES = 0x00ff00ff00ff00ffL;
    private static final long SHORTS = 0x0000ffff0000ffffL;
    private static final long INTS = 0x00000000ffffffffL;

    /** Longer elements that are handled together. */
    private static final int ELEMENTS = 64;

    private ByteTranspose() {}

    /**
     * Undoes the transposition of {@code length} bytes from {@code from} on, into {@code out}, another array, from
     * {@code to} on.
     *
     * @param size bytes of an element; positive
     */
    public static void undo(int size, byte[] in, int from, byte[] out, int to, int length) {
        int count = size == 1 ? 0 : length / size;
        int done = switch (size) {
            case 1 -> 0;
            case 2 -> pairs(in, from, out, to, count);
            case 4 -> quads(in, from, out, to, count);
            case 8 -> octets(in, from, count, out, to, count);
            default -> size % 8 == 0 ? longer(size, in, from, out, to, count) : 0;
        };
        planes(in, from, out, to, size, count, done);
        int moved = count * size;
        System.arraycopy(in, from + moved, out, to + moved, length - moved);
    }

    /**
     * Eight bytes of some elements at a time, by way of words that stay in the nearest cache.
     *
     * @return number of elements done, a multiple of 8
     */
    private static int longer(int size, byte[] in, int from, byte[] out, int to, int count) {
        byte[] words = new byte[8 * ELEMENTS];
        int whole = count - count % 8;
        for (int first = 0; first < whole; first += ELEMENTS) {
            int elements = Math.min(ELEMENTS, whole - first);
            for (int b = 0; b < size; b += 8) {
                octets(in, from + b * count + first, count, words, 0, elements);
                for (int i = 0, at = to + first * size + b; i < elements; i++, at += size) {
                    WideBytes.putLong(out, at, WideBytes.longAt(words, 8 * i));
                }
            }
        }
        return whole;
    }

    /** Elements from {@code first} on, a plane after the other. */
    private static void planes(byte[] in, int offset, byte[] out, int to, int size, int count, int first) {
        for (int j = 0; j < size; j++) {
            int plane = offset + j * count;
            for (int i = first, o = to + first * size + j; i < count; i++, o += size) {
                out[o] = in[plane + i];
            }
        }
    }

    /**
     * Eight elements of two bytes at a time.
     *
     * @return number of elements done, a multiple of 8
     */
    private static int pairs(byte[] in, int offset, byte[] out, int to, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long a = WideBytes.longAt(in, offset + i);
            long b = WideBytes.longAt(in, offset + count + i);
            WideBytes.putLong(out, to + 2 * i, spread(a) | spread(b) << 8);
            WideBytes.putLong(out, to + 2 * i + 8, spread(a >>> 32) | spread(b >>> 32) << 8);
        }
        return i;
    }

    /** The low four bytes at the even places. */
    private static long spread(long x) {
        long y = (x & 0xffffL) | (x & 0xffff0000L) << 16;
        return (y | y << 8) & BYTES;
    }

    /**
     * Eight elements of four bytes at a time.
     *
     * @return number of elements done, a multiple of 8
     */
    private static int quads(byte[] in, int offset, byte[] out, int to, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            int at = offset + i;
            long a = WideBytes.longAt(in, at);
            long b = WideBytes.longAt(in, at + count);
            long c = WideBytes.longAt(in, at + 2 * count);
            long d = WideBytes.longAt(in, at + 3 * count);
            long t = (a >>> 8 ^ b) & BYTES;
            a ^= t << 8;
            b ^= t;
            t = (c >>> 8 ^ d) & BYTES;
            c ^= t << 8;
            d ^= t;
            t = (a >>> 16 ^ c) & SHORTS;
            a ^= t << 16; // elements 0 and 4
            c ^= t; // 2 and 6
            t = (b >>> 16 ^ d) & SHORTS;
            b ^= t << 16; // 1 and 5
            d ^= t; // 3 and 7
            WideBytes.putLong(out, to + 4 * i, a & INTS | b << 32);
            WideBytes.putLong(out, to + 4 * i + 8, c & INTS | d << 32);
            WideBytes.putLong(out, to + 4 * i + 16, a >>> 32 | b & ~INTS);
            WideBytes.putLong(out, to + 4 * i + 24, c >>> 32 | d & ~INTS);
        }
        return i;
    }

    /**
     * Eight elements of eight bytes at a time. They lie at multiples of a constant, so that the compiler checks the
     * indexes of all before the loop.
     *
     * <p>In the first step row pairs (a, b), (c, d), (e, f), (g, h) exchange bytes, in the second (a, c), (b, d),
     * (e, g), (f, h) exchange pairs, and writing exchanges halves.
     *
     * @param distance bytes from one plane to the next
     * @return number of elements done, a multiple of 8
     */
    private static int octets(byte[] in, int offset, int distance, byte[] out, int to, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            int at = offset + i;
            long a = WideBytes.longAt(in, at);
            long b = WideBytes.longAt(in, at + distance);
            long c = WideBytes.longAt(in, at + 2 * distance);
            long d = WideBytes.longAt(in, at + 3 * distance);
            long e = WideBytes.longAt(in, at + 4 * distance);
            long f = WideBytes.longAt(in, at + 5 * distance);
            long g = WideBytes.longAt(in, at + 6 * distance);
            long h = WideBytes.longAt(in, at + 7 * distance);
            long t = (a >>> 8 ^ b) & BYTES;
            a ^= t << 8;
            b ^= t;
            t = (c >>> 8 ^ d) & BYTES;
            c ^= t << 8;
            d ^= t;
            t = (e >>> 8 ^ f) & BYTES;
            e ^= t << 8;
            f ^= t;
            t = (g >>> 8 ^ h) & BYTES;
            g ^= t << 8;
            h ^= t;
            t = (a >>> 16 ^ c) & SHORTS;
            a ^= t << 16;
            c ^= t;
            t = (b >>> 16 ^ d) & SHORTS;
            b ^= t << 16;
            d ^= t;
            t = (e >>> 16 ^ g) & SHORTS;
            e ^= t << 16;
            g ^= t;
            t = (f >>> 16 ^ h) & SHORTS;
            f ^= t << 16;
            h ^= t;
            int element = to + 8 * i;
            WideBytes.putLong(out, element, a & INTS | e << 32);
            WideBytes.putLong(out, element + 8, b & INTS | f << 32);
            WideBytes.putLong(out, element + 16, c & INTS | g << 32);
            WideBytes.putLong(out, element + 24, d & INTS | h << 32);
            WideBytes.putLong(out, element + 32, a >>> 32 | e & ~INTS);
            WideBytes.putLong(out, element + 40, b >>> 32 | f & ~INTS);
            WideBytes.putLong(out, element + 48, c >>> 32 | g & ~INTS);
            WideBytes.putLong(out, element + 56, d >>> 32 | h & ~INTS);
        }
        return i;
    }
}
