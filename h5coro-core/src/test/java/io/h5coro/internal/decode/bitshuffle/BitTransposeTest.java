// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside the definition: bit k of byte b of element e is bit {@code e % 8} of byte {@code e / 8} of row 8 b + k. */
final class BitTransposeTest {
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 12, 16, 40, 255, 256, 257, 300};

    private static void transpose(byte[] plain, int from, int size, int elements, byte[] rows) {
        int rowBytes = elements / 8;
        for (int e = 0; e < elements; e++) {
            for (int bit = 0; bit < 8 * size; bit++) {
                int value = plain[from + e * size + bit / 8] >>> bit % 8 & 1;
                rows[from + bit * rowBytes + e / 8] |= (byte) (value << e % 8);
            }
        }
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void check(int size, int elements) {
        byte[] plain = noise(size * elements);
        byte[] rows = new byte[plain.length];
        transpose(plain, 0, size, elements, rows);
        byte[] framed = new byte[rows.length + 11];
        System.arraycopy(rows, 0, framed, 11, rows.length);
        byte[] found = new byte[plain.length + 12];
        new BitTranspose(size).undo(framed, 11, found, 5, elements);
        assertArrayEquals(plain, Arrays.copyOfRange(found, 5, 5 + plain.length), elements + " of " + size + " bytes");
        assertArrayEquals(new byte[5], Arrays.copyOf(found, 5), "bytes before");
        assertArrayEquals(new byte[7], Arrays.copyOfRange(found, 5 + plain.length, found.length), "bytes behind");
    }

    @Test
    void undoesBlocksOfAnySizeAndLength() {
        for (int size : SIZES) {
            for (int elements = 0; elements <= 200; elements += 8) {
                check(size, elements);
            }
        }
        for (int size : new int[] {1, 2, 3, 4, 8}) {
            for (int elements : new int[] {2048, 32_768, 32_776, 33_600, 70_000}) {
                check(size, elements);
            }
        }
    }

    /** Client data of the filter: elements of a size, blocks of so many, no codec. */
    private static byte[] decode(byte[] stored, int size, int block) throws FilterDataException {
        FilterContext context =
                new FilterContext(new int[] {0, 4, size, block, 0}, size, stored.length, stored.length + size);
        Span decoded = new BitshuffleFilter().decode(Span.of(stored), context);
        return Arrays.copyOfRange(decoded.array(), decoded.offset(), decoded.end());
    }

    @Test
    void undoesSuccessiveBlocksTheShorterLastOneAndTheRest() throws FilterDataException {
        for (int size : new int[] {1, 2, 3, 4, 8, 300}) {
            for (int block : new int[] {8, 64, 72, 128, 192, 2048}) {
                for (int elements : new int[] {0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 191, 1000, 5003, 8192}) {
                    byte[] plain = noise(size * elements);
                    byte[] stored = plain.clone();
                    int whole = elements / 8 * 8;
                    Arrays.fill(stored, 0, whole * size, (byte) 0);
                    for (int at = 0; at < whole; at += block) {
                        int count = Math.min(block, whole - at);
                        byte[] part = Arrays.copyOfRange(plain, at * size, (at + count) * size);
                        byte[] rows = new byte[part.length];
                        transpose(part, 0, size, count, rows);
                        System.arraycopy(rows, 0, stored, at * size, rows.length);
                    }
                    assertArrayEquals(
                            plain,
                            decode(stored, size, block),
                            elements + " of " + size + " bytes in blocks of " + block);
                }
            }
        }
    }

    @Test
    void refusesHalfElementsAndBlocksThatAreNoMultipleOfEight() {
        assertThrows(FilterDataException.class, () -> decode(new byte[1023], 2, 0));
        FilterDataException e = assertThrows(FilterDataException.class, () -> decode(new byte[1024], 2, 12));
        assertEquals("bitshuffle has blocks of 12 elements, no multiple of 8", e.getMessage());
    }
}
