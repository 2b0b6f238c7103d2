// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

/** Fletcher's checksum as libhdf5 computes it (H5checksum.c). Pure. */
public final class Fletcher32 {
    /**
     * So few words that the sum of the sums stays far below 2^63. Within such a block sum2 stays below 2^16 * 2^20 *
     * 2^20 = 2^56. From 2^24 words on the sum could overflow and the checksum be wrong.
     */
    private static final int WORDS_BETWEEN_FOLDS = 1 << 20;

    private Fletcher32() {}

    /**
     * The checksum over big-endian 16-bit words; an odd last byte is the high byte of a word. Each sum is folded into
     * 16 bits at the end, so that a multiple of 65535 is 65535 unless all words are 0.
     *
     * @return sum2 in the upper 16 bits, sum1 in the lower ones
     */
    public static int checksum(byte[] data, int offset, int length) {
        long sum1 = 0;
        long sum2 = 0;
        int at = offset;
        int words = length / 2;
        while (words > 0) {
            int block = Math.min(words, WORDS_BETWEEN_FOLDS);
            for (int end = at + 2 * block; at < end; at += 2) {
                sum1 += (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
                sum2 += sum1;
            }
            words -= block;
            sum1 = fold(sum1);
            sum2 = fold(sum2);
        }
        if ((length & 1) != 0) {
            sum1 += (data[at] & 0xff) << 8;
            sum2 += sum1;
        }
        return (int) (fold(sum2) << 16 | fold(sum1));
    }

    /** Adds the upper bits to the lower 16 until nothing is above: the rest modulo 65535, with 65535 instead of 0. */
    private static long fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return folded;
    }
}
