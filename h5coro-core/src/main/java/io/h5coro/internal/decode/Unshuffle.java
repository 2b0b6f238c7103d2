// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Byte planes back to elements: {@code out[i * size + j] = in[j * count + i]}.
 *
 * <p>Sizes 2, 4 and 8 take eight elements at a time: a {@code long} from each plane, whose bytes are interleaved in
 * registers. Interleaving the bytes of two planes gives 16-bit units, those of two such results 32-bit units, and those
 * of two of these 64-bit units.
 */
final class Unshuffle {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private Unshuffle() {}

    static void unshuffle(byte[] in, int offset, byte[] out, int size, int count) {
        int done = switch (size) {
            case 2 -> pairs(in, offset, out, count);
            case 4 -> quads(in, offset, out, count);
            case 8 -> octets(in, offset, out, count);
            default -> 0;
        };
        for (int j = 0; j < size; j++) {
            int plane = offset + j * count;
            for (int i = done, o = done * size + j; i < count; i++, o += size) {
                out[o] = in[plane + i];
            }
        }
    }

    private static int pairs(byte[] in, int offset, byte[] out, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long a = (long) LONG.get(in, offset + i);
            long b = (long) LONG.get(in, offset + count + i);
            LONG.set(out, 2 * i, bytesLow(a, b));
            LONG.set(out, 2 * i + 8, bytesLow(a >>> 32, b >>> 32));
        }
        return i;
    }

    private static int quads(byte[] in, int offset, byte[] out, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            int at = offset + i;
            long a = (long) LONG.get(in, at);
            long b = (long) LONG.get(in, at + count);
            long c = (long) LONG.get(in, at + 2 * count);
            long d = (long) LONG.get(in, at + 3 * count);
            long ab = bytesLow(a, b);
            long cd = bytesLow(c, d);
            LONG.set(out, 4 * i, shortsLow(ab, cd));
            LONG.set(out, 4 * i + 8, shortsLow(ab >>> 32, cd >>> 32));
            ab = bytesLow(a >>> 32, b >>> 32);
            cd = bytesLow(c >>> 32, d >>> 32);
            LONG.set(out, 4 * i + 16, shortsLow(ab, cd));
            LONG.set(out, 4 * i + 24, shortsLow(ab >>> 32, cd >>> 32));
        }
        return i;
    }

    private static int octets(byte[] in, int offset, byte[] out, int count) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            for (int half = 0; half < 64; half += 32) {
                int at = offset + i;
                long ab = bytesLow((long) LONG.get(in, at) >>> half, (long) LONG.get(in, at + count) >>> half);
                at += 2 * count;
                long cd = bytesLow((long) LONG.get(in, at) >>> half, (long) LONG.get(in, at + count) >>> half);
                at += 2 * count;
                long ef = bytesLow((long) LONG.get(in, at) >>> half, (long) LONG.get(in, at + count) >>> half);
                at += 2 * count;
                long gh = bytesLow((long) LONG.get(in, at) >>> half, (long) LONG.get(in, at + count) >>> half);
                int to = 8 * i + half;
                writeFour(out, to, ab, cd, ef, gh);
            }
        }
        return i;
    }

    /** Four elements of 8 bytes from their 16-bit units: {@code ab} holds bytes 0 and 1 of each of them, and so on. */
    private static void writeFour(byte[] out, int to, long ab, long cd, long ef, long gh) {
        long low = shortsLow(ab, cd);
        long high = shortsLow(ef, gh);
        LONG.set(out, to, low & 0xffffffffL | high << 32);
        LONG.set(out, to + 8, low >>> 32 | high & 0xffffffff00000000L);
        low = shortsLow(ab >>> 32, cd >>> 32);
        high = shortsLow(ef >>> 32, gh >>> 32);
        LONG.set(out, to + 16, low & 0xffffffffL | high << 32);
        LONG.set(out, to + 24, low >>> 32 | high & 0xffffffff00000000L);
    }

    /** The low four bytes of {@code a} at the even bytes, those of {@code b} at the odd bytes. */
    private static long bytesLow(long a, long b) {
        return spreadBytes(a) | spreadBytes(b) << 8;
    }

    private static long spreadBytes(long x) {
        long y = (x & 0xffffL) | (x & 0xffff0000L) << 16;
        return (y | y << 8) & 0x00ff00ff00ff00ffL;
    }

    /** The low two 16-bit units of {@code a} and {@code b}, alternating. */
    private static long shortsLow(long a, long b) {
        return a & 0xffffL | (b & 0xffffL) << 16 | (a & 0xffff0000L) << 16 | (b & 0xffff0000L) << 32;
    }
}
