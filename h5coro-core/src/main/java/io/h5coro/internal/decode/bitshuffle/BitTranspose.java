// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.internal.decode.lz.WideBytes;

/**
 * Undoes the transposition of the bits of n elements, n a multiple of 8. Transposed data are {@code 8 * size} rows of n
 * bits, lowest bit first: row {@code 8 * b + k} holds bit k of byte b of every element.
 *
 * <p>64 elements are handled at once, as words that hold 8 bytes of a row each. The words of the 8 rows of a byte b
 * become, by exchanging bits, words that hold byte b of elements j, j + 8, … for j from 0 to 7; those, 8 at a time in
 * the order (j, b), become by exchanging bytes 8 successive bytes of the result each, whatever the element size. Holds
 * a scratch array: confined to one task.
 */
public final class BitTranspose {
    private final int size;
    private final long[] rows;

    /**
     * For elements of a size.
     *
     * @param size bytes of an element; positive. The scratch takes 64 times as many
     */
    public BitTranspose(int size) {
        this.size = size;
        this.rows = new long[8 * size];
    }

    /**
     * Undoes the transposition of {@code elements} elements from {@code from} on, into {@code out} from {@code to} on.
     *
     * @param elements a multiple of 8
     */
    public void undo(byte[] in, int from, byte[] out, int to, int elements) {
        int rowBytes = elements / 8;
        int wide = rowBytes & -8;
        for (int group = 0; group < wide; group += 8) {
            for (int b = 0; b < size; b++) {
                exchangeBits(in, from + 8 * b * rowBytes + group, rowBytes, b);
            }
            for (int q = 0; q < size; q++) {
                exchangeBytes(8 * q, out, to + 8 * group * size + 8 * q);
            }
        }
        for (int group = wide; group < rowBytes; group++) {
            for (int b = 0; b < size; b++) {
                eightElements(in, from + 8 * b * rowBytes + group, rowBytes, out, to + 8 * group * size + b);
            }
        }
    }

    private void exchangeBits(byte[] in, int from, int rowBytes, int b) {
        long r0 = WideBytes.longAt(in, from);
        long r1 = WideBytes.longAt(in, from + rowBytes);
        long r2 = WideBytes.longAt(in, from + 2 * rowBytes);
        long r3 = WideBytes.longAt(in, from + 3 * rowBytes);
        long r4 = WideBytes.longAt(in, from + 4 * rowBytes);
        long r5 = WideBytes.longAt(in, from + 5 * rowBytes);
        long r6 = WideBytes.longAt(in, from + 6 * rowBytes);
        long r7 = WideBytes.longAt(in, from + 7 * rowBytes);
        long t = ((r0 >>> 4) ^ r4) & 0x0F0F0F0F0F0F0F0FL;
        r4 ^= t;
        r0 ^= t << 4;
        t = ((r1 >>> 4) ^ r5) & 0x0F0F0F0F0F0F0F0FL;
        r5 ^= t;
        r1 ^= t << 4;
        t = ((r2 >>> 4) ^ r6) & 0x0F0F0F0F0F0F0F0FL;
        r6 ^= t;
        r2 ^= t << 4;
        t = ((r3 >>> 4) ^ r7) & 0x0F0F0F0F0F0F0F0FL;
        r7 ^= t;
        r3 ^= t << 4;
        t = ((r0 >>> 2) ^ r2) & 0x3333333333333333L;
        r2 ^= t;
        r0 ^= t << 2;
        t = ((r1 >>> 2) ^ r3) & 0x3333333333333333L;
        r3 ^= t;
        r1 ^= t << 2;
        t = ((r4 >>> 2) ^ r6) & 0x3333333333333333L;
        r6 ^= t;
        r4 ^= t << 2;
        t = ((r5 >>> 2) ^ r7) & 0x3333333333333333L;
        r7 ^= t;
        r5 ^= t << 2;
        t = ((r0 >>> 1) ^ r1) & 0x5555555555555555L;
        r1 ^= t;
        r0 ^= t << 1;
        t = ((r2 >>> 1) ^ r3) & 0x5555555555555555L;
        r3 ^= t;
        r2 ^= t << 1;
        t = ((r4 >>> 1) ^ r5) & 0x5555555555555555L;
        r5 ^= t;
        r4 ^= t << 1;
        t = ((r6 >>> 1) ^ r7) & 0x5555555555555555L;
        r7 ^= t;
        r6 ^= t << 1;
        long[] words = rows;
        int step = size;
        words[b] = r0;
        words[b + step] = r1;
        words[b + 2 * step] = r2;
        words[b + 3 * step] = r3;
        words[b + 4 * step] = r4;
        words[b + 5 * step] = r5;
        words[b + 6 * step] = r6;
        words[b + 7 * step] = r7;
    }

    private void exchangeBytes(int first, byte[] out, int to) {
        long[] words = rows;
        long r0 = words[first];
        long r1 = words[first + 1];
        long r2 = words[first + 2];
        long r3 = words[first + 3];
        long r4 = words[first + 4];
        long r5 = words[first + 5];
        long r6 = words[first + 6];
        long r7 = words[first + 7];
        long t = ((r0 >>> 32) ^ r4) & 0x00000000FFFFFFFFL;
        r4 ^= t;
        r0 ^= t << 32;
        t = ((r1 >>> 32) ^ r5) & 0x00000000FFFFFFFFL;
        r5 ^= t;
        r1 ^= t << 32;
        t = ((r2 >>> 32) ^ r6) & 0x00000000FFFFFFFFL;
        r6 ^= t;
        r2 ^= t << 32;
        t = ((r3 >>> 32) ^ r7) & 0x00000000FFFFFFFFL;
        r7 ^= t;
        r3 ^= t << 32;
        t = ((r0 >>> 16) ^ r2) & 0x0000FFFF0000FFFFL;
        r2 ^= t;
        r0 ^= t << 16;
        t = ((r1 >>> 16) ^ r3) & 0x0000FFFF0000FFFFL;
        r3 ^= t;
        r1 ^= t << 16;
        t = ((r4 >>> 16) ^ r6) & 0x0000FFFF0000FFFFL;
        r6 ^= t;
        r4 ^= t << 16;
        t = ((r5 >>> 16) ^ r7) & 0x0000FFFF0000FFFFL;
        r7 ^= t;
        r5 ^= t << 16;
        t = ((r0 >>> 8) ^ r1) & 0x00FF00FF00FF00FFL;
        r1 ^= t;
        r0 ^= t << 8;
        t = ((r2 >>> 8) ^ r3) & 0x00FF00FF00FF00FFL;
        r3 ^= t;
        r2 ^= t << 8;
        t = ((r4 >>> 8) ^ r5) & 0x00FF00FF00FF00FFL;
        r5 ^= t;
        r4 ^= t << 8;
        t = ((r6 >>> 8) ^ r7) & 0x00FF00FF00FF00FFL;
        r7 ^= t;
        r6 ^= t << 8;
        int step = 8 * size;
        WideBytes.putLong(out, to, r0);
        WideBytes.putLong(out, to + step, r1);
        WideBytes.putLong(out, to + 2 * step, r2);
        WideBytes.putLong(out, to + 3 * step, r3);
        WideBytes.putLong(out, to + 4 * step, r4);
        WideBytes.putLong(out, to + 5 * step, r5);
        WideBytes.putLong(out, to + 6 * step, r6);
        WideBytes.putLong(out, to + 7 * step, r7);
    }

    /** One byte of each of 8 elements: an 8 by 8 bit matrix in one word. */
    private void eightElements(byte[] in, int from, int rowBytes, byte[] out, int to) {
        long matrix = 0;
        for (int k = 0; k < 8; k++) {
            matrix |= (in[from + k * rowBytes] & 0xffL) << (8 * k);
        }
        long t = (matrix ^ (matrix >>> 7)) & 0x00AA00AA00AA00AAL;
        matrix ^= t ^ (t << 7);
        t = (matrix ^ (matrix >>> 14)) & 0x0000CCCC0000CCCCL;
        matrix ^= t ^ (t << 14);
        t = (matrix ^ (matrix >>> 28)) & 0x00000000F0F0F0F0L;
        matrix ^= t ^ (t << 28);
        for (int j = 0; j < 8; j++) {
            out[to + j * size] = (byte) (matrix >>> (8 * j));
        }
    }
}
