// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Fletcher's checksum as libhdf5 computes it (H5checksum.c). Pure.
 *
 * <p>Four words of 16 bits are read as one {@code long}, and summed in four lanes of 32 bits: those of words 0 and 2 of
 * each four in one variable, those of 1 and 3 in another. Which byte of a word comes first is of no matter before the
 * end: modulo 65535, exchanging the bytes of all words exchanges the bytes of their sum.
 *
 * <p>Example: of n times four words, the word in lane j of step k is counted {@code 4 (n - k) - j} times in sum2. The
 * sums of the lanes' running sums have it n - k times, so sum2 is 4 times those, less j times the lane's own sum.
 */
public final class Fletcher32 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    /**
     * Steps after which the lanes are emptied: a running sum of 65535 in each step, summed, stays below 2^32, since
     * 65535 * 360 * 361 / 2 does. From 362 steps on a lane could overflow and the checksum be wrong.
     */
    private static final int STEPS = 360;

    private static final int STEP_BYTES = 8;
    private static final long LANES = 0x0000ffff0000ffffL;
    private static final long LANE = 0xffffffffL;

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
        int end = offset + length;
        while (end - at >= STEP_BYTES) {
            int steps = Math.min(STEPS, (end - at) / STEP_BYTES);
            long even = 0;
            long odd = 0;
            long evens = 0;
            long odds = 0;
            for (int stop = at + steps * STEP_BYTES; at < stop; at += STEP_BYTES) {
                long words = (long) LONG.get(data, at);
                even += words & LANES;
                odd += words >>> 16 & LANES;
                evens += even;
                odds += odd;
            }
            long running = (evens & LANE) + (evens >>> 32) + (odds & LANE) + (odds >>> 32);
            long late = (odd & LANE) + 2 * (even >>> 32) + 3 * (odd >>> 32);
            sum2 = fold(sum2 + 4L * steps * sum1 + 4 * running - late);
            sum1 = fold(sum1 + (even & LANE) + (even >>> 32) + (odd & LANE) + (odd >>> 32));
        }
        for (; at < end; at += 2) {
            sum1 += data[at] & 0xff | (at + 1 < end ? (data[at + 1] & 0xff) << 8 : 0);
            sum2 += sum1;
        }
        return exchangeBytes(fold(sum2)) << 16 | exchangeBytes(fold(sum1));
    }

    private static int exchangeBytes(long word) {
        return (int) (word >>> 8 | (word & 0xff) << 8);
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
