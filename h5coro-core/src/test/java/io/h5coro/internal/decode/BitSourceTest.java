// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are packed here bit by bit: bit i of the stream is bit {@code 7 - i % 8} of byte {@code i / 8}. */
final class BitSourceTest {
    private static final int SKIPPED = 3;
    private static final int BEFORE = 5;

    private final Random random = new Random(8);

    private long[] numbers(int bits, int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = bits == 0 ? 0 : random.nextLong() >>> Long.SIZE - bits;
        }
        return numbers;
    }

    /** The numbers, in an array with other bytes around them. */
    private static Span packed(int bits, long[] numbers) {
        int length = SKIPPED + (bits * numbers.length + 7) / 8;
        byte[] bytes = new byte[BEFORE + length + 20];
        Arrays.fill(bytes, 0, BEFORE + SKIPPED, (byte) 0xff);
        Arrays.fill(bytes, BEFORE + length, bytes.length, (byte) 0xff);
        int at = 8 * (BEFORE + SKIPPED);
        for (long number : numbers) {
            for (int bit = bits - 1; bit >= 0; bit--, at++) {
                bytes[at / 8] |= (byte) ((number >>> bit & 1) << 7 - at % 8);
            }
        }
        return new Span(bytes, BEFORE, length);
    }

    @Test
    void readsAllWidthsOneByOneAndTogetherAlsoAtTheEnd() throws FilterDataException {
        for (int bits = 0; bits <= Long.SIZE; bits++) {
            for (int count = 0; count <= 70; count++) {
                long[] right = numbers(bits, count);
                Span packed = packed(bits, right);
                BitSource source = new BitSource(packed, SKIPPED);
                source.require(count, bits);
                long[] single = new long[count];
                for (int i = 0; i < count; i++) {
                    single[i] = source.read(bits);
                }
                assertArrayEquals(right, single, bits + " bits");
                BitSource again = new BitSource(packed, SKIPPED);
                long[] together = new long[count];
                again.read(bits, together, count);
                assertArrayEquals(right, together, bits + " bits");
            }
        }
    }

    @Test
    void readsTogetherFromAnyBitOn() throws FilterDataException {
        for (int bits = 1; bits <= Long.SIZE; bits++) {
            long[] right = numbers(bits, 30);
            BitSource source = new BitSource(packed(bits, right), SKIPPED);
            long[] found = new long[30];
            long[] part = new long[10];
            for (int at = 0; at < 30; at += 10) {
                found[at] = source.read(bits);
                source.read(bits, part, 9);
                System.arraycopy(part, 0, found, at + 1, 9);
            }
            assertArrayEquals(right, found, bits + " bits");
        }
    }

    @Test
    void refusesMoreThanThereIs() throws FilterDataException {
        for (int bits = 1; bits <= Long.SIZE; bits++) {
            BitSource source = new BitSource(new Span(new byte[40], 2, 9 + SKIPPED), SKIPPED);
            source.require(72 / bits, bits);
            long width = bits;
            assertThrows(FilterDataException.class, () -> source.require(72 / width + 1, width));
        }
        assertThrows(FilterDataException.class, () -> new BitSource(Span.of(new byte[2]), SKIPPED));
        assertEquals(0, new BitSource(Span.of(new byte[SKIPPED]), SKIPPED).read(0));
    }
}
