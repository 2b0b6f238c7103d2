// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks near the ends of their arrays, compared with what commons-compress reads of them. */
final class Lz4BlockTest {
    private static final byte MARK = 0x5a;
    private static final int FRAME = 64;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 40})
    void readsEachDistanceWithAnyNumberOfBytesBehind(int distance) throws FilterDataException, IOException {
        for (int length = 4; length < 100; length += length < 24 ? 1 : 11) {
            for (int last = 0; last < 80; last += last < 24 ? 1 : 5) {
                byte[] block = block(distance, length, last);
                byte[] expected = commons(block);
                assertEquals(41 + length + 3 + length + last, expected.length);
                assertArrayEquals(expected, inRoom(block, expected.length));
                assertThrows(FilterDataException.class, () -> inRoom(block, expected.length - 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7, 8, 24})
    void readsEachShortSequenceWithAnyNumberOfBytesBehind(int distance) throws FilterDataException, IOException {
        for (int literals = 0; literals <= 16; literals++) {
            for (int length = 4; length <= 22; length += 3) {
                for (int last = 0; last < 45; last += last < 24 ? 1 : 5) {
                    byte[] block = block(literals, distance, length, last);
                    byte[] expected = commons(block);
                    assertArrayEquals(expected, inRoom(block, expected.length));
                    assertThrows(FilterDataException.class, () -> inRoom(block, expected.length - 1));
                }
            }
        }
    }

    @Test
    void refusesABlockThatIsCutAnywhereButAtTheEndOfItsLiterals() throws IOException {
        byte[] block = block(9, 30, 33);
        byte[] whole = commons(block);
        for (int length = 0; length < block.length; length++) {
            byte[] cut = Arrays.copyOf(block, length);
            byte[] room = new byte[whole.length];
            int found = decodedOrRefused(cut, room);
            if (found >= 0) {
                assertArrayEquals(Arrays.copyOf(whole, found), Arrays.copyOf(room, found));
                assertTrue(found < whole.length);
            }
        }
    }

    /** Of the last token only the literals count, to lz4 and to us; commons-compress wants a match as well. */
    @Test
    void givesOfADamagedBlockWhatCommonsGivesOrRefusesIt() throws IOException {
        int same = 0;
        for (int distance : new int[] {1, 3, 8, 16, 41}) {
            byte[] block = block(distance, 21, 20);
            int length = commons(block).length;
            for (int bit = 0; bit < 8 * block.length; bit++) {
                byte[] damaged = block.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                byte[] room = new byte[length];
                int found = decodedOrRefused(damaged, room);
                byte[] expected = found < 0 ? null : commonsOrNothing(damaged);
                if (expected != null) {
                    assertArrayEquals(expected, Arrays.copyOf(room, found), "bit " + bit);
                    same++;
                }
            }
        }
        assertTrue(same > 1000, same + " accepted");
    }

    private static int decodedOrRefused(byte[] block, byte[] room) {
        try {
            return Lz4Block.decode(Span.of(block), Span.of(room));
        } catch (FilterDataException refused) {
            assertTrue(String.valueOf(refused.getMessage()).startsWith("LZ4 block"));
            return -1;
        }
    }

    /** 41 literals and a match, three literals and the same match, and the last literals. */
    private static byte[] block(int distance, int length, int last) {
        return block(3, distance, length, last);
    }

    private static byte[] block(int literals, int distance, int length, int last) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        sequence(block, 41, distance, length);
        sequence(block, literals, distance, length);
        sequence(block, last, 0, 4);
        return block.toByteArray();
    }

    /** A sequence as the format describes it; one with distance 0 ends after its literals. */
    private static void sequence(ByteArrayOutputStream block, int literals, int distance, int length) {
        int match = distance == 0 ? 0 : length - 4;
        block.write(Math.min(literals, 15) << 4 | Math.min(match, 15));
        more(block, literals);
        byte[] noise = new byte[literals];
        new Random(literals).nextBytes(noise);
        block.writeBytes(noise);
        if (distance > 0) {
            block.write(distance);
            block.write(distance >> 8);
            more(block, match);
        }
    }

    private static void more(ByteArrayOutputStream block, int count) {
        int left = count - 15;
        for (; left >= 255; left -= 255) {
            block.write(255);
        }
        if (left >= 0) {
            block.write(left);
        }
    }

    private static byte[] commons(byte[] block) throws IOException {
        try (BlockLZ4CompressorInputStream in = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(block))) {
            return in.readAllBytes();
        }
    }

    private static byte @Nullable [] commonsOrNothing(byte[] block) {
        try {
            return commons(block);
        } catch (IOException refused) {
            return null;
        }
    }

    /** Decodes from and into the middle of an array; nothing else of it may change. */
    private static byte[] inRoom(byte[] block, int length) throws FilterDataException {
        byte[] framed = new byte[block.length + 2 * FRAME];
        System.arraycopy(block, 0, framed, FRAME, block.length);
        byte[] array = new byte[length + 2 * FRAME];
        Arrays.fill(array, MARK);
        try {
            Span room = new Span(array, FRAME, length);
            assertEquals(length, Lz4Block.decode(new Span(framed, FRAME, block.length), room));
        } finally {
            for (int i = 0; i < FRAME; i++) {
                assertEquals(MARK, array[i]);
                assertEquals(MARK, array[FRAME + length + i]);
            }
        }
        return Arrays.copyOfRange(array, FRAME, FRAME + length);
    }
}
