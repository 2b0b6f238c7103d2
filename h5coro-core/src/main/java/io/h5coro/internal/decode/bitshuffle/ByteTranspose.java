// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.internal.decode.lz.WideBytes;

/**
 * Undoes the transposition of the bytes of n elements ("shuffle"): byte b of every element lies in one run of n bytes;
 * bytes behind the last whole element are not moved.
 */
public final class ByteTranspose {
    private static final long BYTES = 0x00FF00FF00FF00FFL;
    private static final long PAIRS = 0x0000FFFF0000FFFFL;
    private static final long HALVES = 0x00000000FFFFFFFFL;

    private ByteTranspose() {}

    /**
     * Undoes the transposition of {@code length} bytes from {@code from} on, into {@code out} from {@code to} on.
     *
     * @param size bytes of an element; positive
     */
    public static void undo(int size, byte[] in, int from, byte[] out, int to, int length) {
        int elements = length / size;
        int done = elements & -16;
        if (size == 1) {
            done = 0;
        } else if (size == 2) {
            pairs(in, from, out, to, elements, done);
        } else if (size == 4) {
            quadruples(in, from, out, to, elements, done);
        } else if (size % 8 == 0) {
            for (int b = 0; b < size; b += 8) {
                eightBytes(size, in, from + b * elements, out, to + b, elements, done);
            }
        } else {
            done = 0;
        }
        if (size > 1) {
            for (int b = 0; b < size; b++) {
                int plane = from + b * elements;
                for (int i = done; i < elements; i++) {
                    out[to + i * size + b] = in[plane + i];
                }
            }
        }
        int moved = size == 1 ? 0 : elements * size;
        System.arraycopy(in, from + moved, out, to + moved, length - moved);
    }

    private static void pairs(byte[] in, int from, byte[] out, int to, int elements, int count) {
        for (int i = 0; i < count; i += 8) {
            long a = WideBytes.longAt(in, from + i);
            long b = WideBytes.longAt(in, from + elements + i);
            int at = to + 2 * i;
            WideBytes.putLong(out, at, spread(a & HALVES) | spread(b & HALVES) << 8);
            WideBytes.putLong(out, at + 8, spread(a >>> 32) | spread(b >>> 32) << 8);
        }
    }

    /** Four bytes, each to every other byte of a word. */
    private static long spread(long bytes) {
        long pairs = (bytes | bytes << 16) & PAIRS;
        return (pairs | pairs << 8) & BYTES;
    }

    private static void quadruples(byte[] in, int from, byte[] out, int to, int elements, int count) {
        for (int i = 0; i < count; i += 8) {
            int plane = from + i;
            long a = WideBytes.longAt(in, plane);
            long b = WideBytes.longAt(in, plane + elements);
            long c = WideBytes.longAt(in, plane + 2 * elements);
            long d = WideBytes.longAt(in, plane + 3 * elements);
            // After two exchanges a word holds bytes (0, 1) or (2, 3) of every second element; two more join them.
            long ab = (a & BYTES) | (b & BYTES) << 8;
            long abOdd = ((a >>> 8) & BYTES) | (b & ~BYTES);
            long cd = (c & BYTES) | (d & BYTES) << 8;
            long cdOdd = ((c >>> 8) & BYTES) | (d & ~BYTES);
            long e04 = (ab & PAIRS) | (cd & PAIRS) << 16;
            long e26 = ((ab >>> 16) & PAIRS) | (cd & ~PAIRS);
            long e15 = (abOdd & PAIRS) | (cdOdd & PAIRS) << 16;
            long e37 = ((abOdd >>> 16) & PAIRS) | (cdOdd & ~PAIRS);
            int at = to + 4 * i;
            WideBytes.putLong(out, at, (e04 & HALVES) | e15 << 32);
            WideBytes.putLong(out, at + 8, (e26 & HALVES) | e37 << 32);
            WideBytes.putLong(out, at + 16, e04 >>> 32 | (e15 & ~HALVES));
            WideBytes.putLong(out, at + 24, e26 >>> 32 | (e37 & ~HALVES));
        }
    }

    /** Eight planes: a square of 8 elements by 8 bytes at a time. */
    private static void eightBytes(int size, byte[] in, int from, byte[] out, int to, int elements, int count) {
        long[] square = new long[8];
        for (int i = 0; i < count; i += 8) {
            for (int b = 0; b < 8; b++) {
                square[b] = WideBytes.longAt(in, from + b * elements + i);
            }
            transpose(square);
            for (int e = 0; e < 8; e++) {
                WideBytes.putLong(out, to + (i + e) * size, square[e]);
            }
        }
    }

    private static void transpose(long[] square) {
        for (int r = 0; r < 4; r++) {
            long t = ((square[r] >>> 32) ^ square[r + 4]) & HALVES;
            square[r + 4] ^= t;
            square[r] ^= t << 32;
        }
        for (int r = 0; r < 6; r += r == 1 ? 3 : 1) {
            long t = ((square[r] >>> 16) ^ square[r + 2]) & PAIRS;
            square[r + 2] ^= t;
            square[r] ^= t << 16;
        }
        for (int r = 0; r < 8; r += 2) {
            long t = ((square[r] >>> 8) ^ square[r + 1]) & BYTES;
            square[r + 1] ^= t;
            square[r] ^= t << 8;
        }
    }
}
