// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteTransposeTest {
    /** Compared with the definition: byte b of element i is byte i of plane b, and a rest is not moved. */
    @Test
    void movesEachByteToItsElementForEachSizeAndNumber() {
        for (int size = 1; size <= 33; size++) {
            for (int length = 0; length < 40 * size; length += 1 + length % 5) {
                byte[] in = new byte[length + 20];
                new Random(length).nextBytes(in);
                byte[] expected = new byte[length + 30];
                int count = length / size;
                for (int i = 0; i < length; i++) {
                    boolean moves = i < count * size;
                    expected[11 + i] = in[7 + (moves ? i % size * count + i / size : i)];
                }
                byte[] out = new byte[length + 30];
                ByteTranspose.undo(size, in, 7, out, 11, length);
                assertArrayEquals(expected, out, length + " bytes, elements of " + size);
            }
        }
    }
}
