// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies near their limits, compared with a loop over bytes. */
final class WideBytesTest {
    private static final int START = 64;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 31, 40, 64})
    void repeatsWhatABytewiseLoopRepeatsAndStaysBelowItsLimit(int distance) {
        for (int length = 0; length < 1200; length += length < 150 ? 1 : 97) {
            for (int behind = 0; behind < 100; behind += behind < 20 ? 1 : 7) {
                byte[] out = noise(START + length + behind + 40);
                int limit = START + length + behind;
                byte[] expected = out.clone();
                for (int i = START; i < START + length; i++) {
                    expected[i] = expected[i - distance];
                }
                byte[] before = out.clone();
                WideBytes.copyMatch(out, START, distance, length, limit);
                assertArrayEquals(Arrays.copyOf(expected, START + length), Arrays.copyOf(out, START + length));
                assertArrayEquals(
                        Arrays.copyOfRange(before, limit, before.length), Arrays.copyOfRange(out, limit, out.length));
            }
        }
    }

    @Test
    void copiesLiteralsAndStaysBelowBothLimits() {
        for (int length = 0; length < 120; length++) {
            for (int behind = 0; behind < 100; behind++) {
                byte[] in = noise(length + behind);
                byte[] out = noise(START + length + behind + 40);
                byte[] before = out.clone();
                int limit = START + length + behind;
                WideBytes.copyLiterals(in, 0, in.length, out, START, limit, length);
                assertArrayEquals(Arrays.copyOf(in, length), Arrays.copyOfRange(out, START, START + length));
                assertArrayEquals(
                        Arrays.copyOfRange(before, limit, before.length), Arrays.copyOfRange(out, limit, out.length));
            }
        }
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
