// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside the definition: sums of big-endian words, reduced after each of them. */
final class Fletcher32Test {
    private static final int[] LENGTHS = {2871, 2872, 2880, 2881, 2887, 2888, 2889, 5759, 5760, 5768, 30_001, 1 << 20};

    private static int defined(byte[] data, int offset, int length) {
        long sum1 = 0;
        long sum2 = 0;
        for (int i = 0; i < length; i += 2) {
            int low = i + 1 < length ? data[offset + i + 1] & 0xff : 0;
            sum1 = reduced(sum1 + ((data[offset + i] & 0xff) << 8 | low));
            sum2 = reduced(sum2 + sum1);
        }
        return (int) (sum2 << 16 | sum1);
    }

    /** Modulo 65535, with 65535 instead of 0 once there was something. */
    private static long reduced(long sum) {
        return sum > 0xffff ? sum - 0xffff : sum;
    }

    private static void check(byte[] data, int length) {
        for (int offset = 0; offset < 9; offset++) {
            assertEquals(
                    defined(data, offset, length),
                    Fletcher32.checksum(data, offset, length),
                    length + " bytes from " + offset + " on");
        }
    }

    private static void checkAll(byte[] data) {
        for (int length = 0; length <= 100; length++) {
            check(data, length);
        }
        for (int length : LENGTHS) {
            check(data, length);
        }
    }

    @Test
    void isAsDefinedForNoise() {
        byte[] data = new byte[(1 << 20) + 9];
        new Random(4).nextBytes(data);
        checkAll(data);
    }

    @Test
    void isAsDefinedForTheLargestWordsAndForZeros() {
        byte[] data = new byte[(1 << 20) + 9];
        checkAll(data);
        Arrays.fill(data, (byte) 0xff);
        checkAll(data);
    }

    /** 1 as one word, 2 as the other: sum1 is 3, sum2 1 + 3. */
    @Test
    void sumsWordsAndSums() {
        assertEquals(0x0004_0003, Fletcher32.checksum(new byte[] {0, 1, 0, 2}, 0, 4));
        assertEquals(0x0304_0203, Fletcher32.checksum(new byte[] {1, 1, 1, 2}, 0, 4));
    }
}
