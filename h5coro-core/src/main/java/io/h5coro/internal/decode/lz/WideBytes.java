// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Words of byte arrays, and the two copies every LZ decoder is made of. All accesses are bounds-checked by the JVM; the
 * copies may write past what was asked for: those with a {@code limit} never at or past it, the others as many bytes as
 * they say.
 */
public final class WideBytes {
    private static final VarHandle LONG = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);

    /** From here on a library copy beats a loop of words. */
    private static final int LONG_COPY = 64;

    private WideBytes() {}

    /** With what the bytes of each distance below 8 are multiplied to fill a word, and how many whole repeats take. */
    private static final long[] REPEATS = {
        0,
        0x0101010101010101L,
        0x0001000100010001L,
        0x0001000001000001L,
        0x0000000100000001L,
        0x0000010000000001L,
        0x0001000000000001L,
        0x0100000000000001L
    };

    private static final int[] STEPS = {0, 8, 8, 6, 8, 5, 6, 7};

    private static VarHandle view(Class<?> words, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(words, order);
    }

    /** The little-endian 64-bit word at {@code index}. */
    public static long longAt(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    /** The little-endian 32-bit word at {@code index}. */
    public static int intAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    /** The little-endian 16-bit word at {@code index}, unsigned. */
    public static int shortAt(byte[] bytes, int index) {
        return (short) SHORT.get(bytes, index) & 0xffff;
    }

    /** The big-endian 64-bit word at {@code index}. */
    public static long bigEndianLongAt(byte[] bytes, int index) {
        return (long) LONG_BE.get(bytes, index);
    }

    /** The big-endian 32-bit word at {@code index}. */
    public static int bigEndianIntAt(byte[] bytes, int index) {
        return (int) INT_BE.get(bytes, index);
    }

    /** Stores a little-endian 64-bit word. */
    public static void putLong(byte[] bytes, int index, long value) {
        LONG.set(bytes, index, value);
    }

    /** Stores a little-endian 32-bit word. */
    public static void putInt(byte[] bytes, int index, int value) {
        INT.set(bytes, index, value);
    }

    /** Stores the low 16 bits of {@code value}, little-endian. */
    public static void putShort(byte[] bytes, int index, int value) {
        SHORT.set(bytes, index, (short) value);
    }

    /** Repeats bytes of an array from 8 or more back, up to {@code end}; may write up to 15 bytes behind it. */
    public static void repeatWords(byte[] out, int to, int distance, int end) {
        for (int at = to; at < end; at += 16) {
            putLong(out, at, longAt(out, at - distance));
            putLong(out, at + 8, longAt(out, at - distance + 8));
        }
    }

    /** Repeats bytes of an array from 1 to 7 back, up to {@code end}; may write up to 7 bytes behind it. */
    public static void repeatShort(byte[] out, int to, int distance, int end) {
        long pattern = (longAt(out, to - distance) & (1L << 8 * distance) - 1) * REPEATS[distance];
        int step = STEPS[distance];
        for (int at = to; at < end; at += step) {
            putLong(out, at, pattern);
        }
    }

    /** Copies words between different arrays, up to {@code end}; may read and write up to 15 bytes more. */
    public static void copyWords(byte[] in, int from, byte[] out, int to, int end) {
        int source = from;
        for (int at = to; at < end; at += 16, source += 16) {
            putLong(out, at, longAt(in, source));
            putLong(out, at + 8, longAt(in, source + 8));
        }
    }

    private static void copyFourWords(byte[] in, int from, byte[] out, int to) {
        putLong(out, to, longAt(in, from));
        putLong(out, to + 8, longAt(in, from + 8));
        putLong(out, to + 16, longAt(in, from + 16));
        putLong(out, to + 24, longAt(in, from + 24));
    }

    /**
     * Copies {@code length} bytes between different arrays.
     *
     * @param inLimit first index of {@code in} that must not be read
     * @param outLimit first index of {@code out} that must not be written
     */
    public static void copyLiterals(byte[] in, int from, int inLimit, byte[] out, int to, int outLimit, int length) {
        if (length <= LONG_COPY && from <= inLimit - LONG_COPY && to <= outLimit - LONG_COPY) {
            copyFourWords(in, from, out, to);
            if (length > 32) {
                copyFourWords(in, from + 32, out, to + 32);
            }
        } else {
            System.arraycopy(in, from, out, to, length);
        }
    }

    /**
     * Repeats {@code length} bytes that begin {@code distance} before {@code to}, so that a distance shorter than the
     * length repeats the pattern. The caller has checked that the source lies in its window and the target before
     * {@code limit}.
     *
     * @param limit first index that must not be written
     */
    public static void copyMatch(byte[] out, int to, int distance, int length, int limit) {
        if (length <= LONG_COPY && to <= limit - LONG_COPY - 16) {
            if (distance >= 8) {
                copyFourWords(out, to - distance, out, to);
                if (length > 32) {
                    repeatWords(out, to + 32, distance, to + length);
                }
            } else {
                repeatShort(out, to, distance, to + length);
            }
        } else if (distance >= length) {
            System.arraycopy(out, to - distance, out, to, length);
        } else if (length > LONG_COPY) {
            repeatDoubling(out, to, distance, to + length);
        } else {
            repeatPattern(out, to, distance, to + length, limit);
        }
    }

    /** Repeats more than {@link #LONG_COPY} bytes: each copy takes all that was written, which is whole repeats. */
    private static void repeatDoubling(byte[] out, int to, int distance, int end) {
        int at = to;
        if (distance < 8) {
            at += 7 * STEPS[distance];
            repeatShort(out, to, distance, at);
        }
        while (at < end) {
            int written = at - to + distance;
            int run = Math.min(end - at, written);
            System.arraycopy(out, at - written, out, at, run);
            at += run;
        }
    }

    private static void repeatPattern(byte[] out, int to, int distance, int end, int limit) {
        // Any multiple of the distance repeats the same pattern: grow it until a word fits between source and target.
        int stride = distance < 8 ? distance * ((7 + distance) / distance) : distance;
        int at = to;
        int head = Math.min(end, to + stride - distance);
        while (at < head) {
            out[at] = out[at - distance];
            at++;
        }
        while (at < end && at <= limit - 8) {
            putLong(out, at, longAt(out, at - stride));
            at += 8;
        }
        while (at < end) {
            out[at] = out[at - distance];
            at++;
        }
    }
}
