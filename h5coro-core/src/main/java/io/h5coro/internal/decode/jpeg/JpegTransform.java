// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

/**
 * The inverse cosine transform in integers, after Loeffler, Ligtenberg and Moschytz, with 13 fractional bits in the
 * constants and 2 between the passes: bit for bit that of libjpeg's jidctint.c. Confined to one task.
 */
final class JpegTransform {
    private static final int CONSTANT_BITS = 13;
    private static final int PASS_BITS = 2;

    private final int[] columns = new int[64];

    /** Transforms a block in natural order, and writes 8 samples to each of 8 lines. */
    void inverse(int[] block, byte[] samples, int at, int stride) {
        for (int i = 0; i < 8; i++) {
            pass(block, i, 8, columns, CONSTANT_BITS - PASS_BITS);
        }
        for (int i = 0; i < 8; i++) {
            pass(columns, 8 * i, 1, columns, CONSTANT_BITS + PASS_BITS + 3);
            for (int j = 0; j < 8; j++) {
                samples[at + i * stride + j] = (byte) Math.max(0, Math.min(255, columns[8 * i + j] + 128));
            }
        }
    }

    /** One dimension: {@code in[at + i * step]} to {@code out} at the same places, rounded by {@code shift} bits. */
    private static void pass(int[] in, int at, int step, int[] out, int shift) {
        int x2 = in[at + 2 * step];
        int x6 = in[at + 6 * step];
        int z1 = (x2 + x6) * 4433;
        int even2 = z1 - x6 * 15137;
        int even3 = z1 + x2 * 6270;
        int x0 = in[at];
        int x4 = in[at + 4 * step];
        int even0 = (x0 + x4) << CONSTANT_BITS;
        int even1 = (x0 - x4) << CONSTANT_BITS;

        int x7 = in[at + 7 * step];
        int x5 = in[at + 5 * step];
        int x3 = in[at + 3 * step];
        int x1 = in[at + step];
        int z5 = (x7 + x3 + x5 + x1) * 9633;
        z1 = (x7 + x1) * -7373;
        int z2 = (x5 + x3) * -20995;
        int z3 = (x7 + x3) * -16069 + z5;
        int z4 = (x5 + x1) * -3196 + z5;
        int odd0 = x7 * 2446 + z1 + z3;
        int odd1 = x5 * 16819 + z2 + z4;
        int odd2 = x3 * 25172 + z2 + z3;
        int odd3 = x1 * 12299 + z1 + z4;

        int half = 1 << (shift - 1);
        out[at] = (even0 + even3 + odd3 + half) >> shift;
        out[at + 7 * step] = (even0 + even3 - odd3 + half) >> shift;
        out[at + step] = (even1 + even2 + odd2 + half) >> shift;
        out[at + 6 * step] = (even1 + even2 - odd2 + half) >> shift;
        out[at + 2 * step] = (even1 - even2 + odd1 + half) >> shift;
        out[at + 5 * step] = (even1 - even2 - odd1 + half) >> shift;
        out[at + 3 * step] = (even0 - even3 + odd0 + half) >> shift;
        out[at + 4 * step] = (even0 - even3 - odd0 + half) >> shift;
    }
}
