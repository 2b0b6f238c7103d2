// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Byte planes back to elements: {@code out[i * size + j] = in[j * count + i]}.
 *
 * <p>Sizes 2, 4 and 8 take eight elements at a time: a {@code long} from each plane, as the rows of a matrix of bytes
 * that is transposed in registers. Two rows exchange every other byte, then every other two, then four.
 */
final class Unshuffle {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final long BYTES = 0x00ff00ff00ff00ffL;
    private static final long SHORTS = 0x0000ffff0000ffffL;
    private static final long INTS = 0x00000000ffffffffL;

    private Unshuffle() {}

    /**
     * Undoes shuffle for whole elements.
     *
     * @param in planes, from {@code offset} on, {@code size * count} bytes
     * @param out elements, from index 0 on; another array
     * @param size bytes of an element
     * @param count number of elements
     */
    static void unshuffle(byte[] in, int offset, byte[] out, int size, int count) {
        int done = switch (size) {
            case 2 -> pairs(in, offset, out, count);
            case 4 -> quads(in, offset, out, count);
            case 8 -> octets(in, offset, out, count);
            default -> 0;
        };
        planes(in, offset, out, size, count, done);
    }

    /** Elements from {@code first} on, a plane after the other. */
    private static void planes(byte[] in, int offset, byte[] out, int size, int count, int first) {
        for (int j = 0; j < size; j++) {
            int plane = offset + j * count;
            for (int i = first, o = first * size + j; i < count; i++, o += size) {
                out[o] = in[plane + i];
            }
        }
    }

    /**
     * Eight elements of two bytes at a time.
     *
     * @return number of elements done, a multiple of 8
     */
    private static int pairs(byte[] in, int offset, byte[] out, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long a = (long) LONG.get(in, offset + i);
            long b = (long) LONG.get(in, offset + count + i);
            LONG.set(out, 2 * i, spread(a) | spread(b) << 8);
            LONG.set(out, 2 * i + 8, spread(a >>> 32) | spread(b >>> 32) << 8);
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
    private static int quads(byte[] in, int offset, byte[] out, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            int at = offset + i;
            long a = (long) LONG.get(in, at);
            long b = (long) LONG.get(in, at + count);
            long c = (long) LONG.get(in, at + 2 * count);
            long d = (long) LONG.get(in, at + 3 * count);
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
            LONG.set(out, 4 * i, a & INTS | b << 32);
            LONG.set(out, 4 * i + 8, c & INTS | d << 32);
            LONG.set(out, 4 * i + 16, a >>> 32 | b & ~INTS);
            LONG.set(out, 4 * i + 24, c >>> 32 | d & ~INTS);
        }
        return i;
    }

    /**
     * Eight elements of eight bytes at a time. In the first step row pairs (a, b), (c, d), (e, f), (g, h) exchange
     * bytes, in the second (a, c), (b, d), (e, g), (f, h) exchange pairs, and writing exchanges halves.
     *
     * @return number of elements done, a multiple of 8
     */
    private static int octets(byte[] in, int offset, byte[] out, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            int at = offset + i;
            long a = (long) LONG.get(in, at);
            long b = (long) LONG.get(in, at + count);
            long c = (long) LONG.get(in, at + 2 * count);
            long d = (long) LONG.get(in, at + 3 * count);
            long e = (long) LONG.get(in, at + 4 * count);
            long f = (long) LONG.get(in, at + 5 * count);
            long g = (long) LONG.get(in, at + 6 * count);
            long h = (long) LONG.get(in, at + 7 * count);
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
            int to = 8 * i;
            LONG.set(out, to, a & INTS | e << 32);
            LONG.set(out, to + 8, b & INTS | f << 32);
            LONG.set(out, to + 16, c & INTS | g << 32);
            LONG.set(out, to + 24, d & INTS | h << 32);
            LONG.set(out, to + 32, a >>> 32 | e & ~INTS);
            LONG.set(out, to + 40, b >>> 32 | f & ~INTS);
            LONG.set(out, to + 48, c >>> 32 | g & ~INTS);
            LONG.set(out, to + 56, d >>> 32 | h & ~INTS);
        }
        return i;
    }
}
