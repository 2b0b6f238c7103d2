// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with the JDK's zlib: what it writes, and what it accepts of damaged streams. */
final class ZlibDecoderTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void readsWhatZlibWrites(int level) throws FilterDataException {
        Random random = new Random(level);
        for (int round = 0; round < 60; round++) {
            byte[] data = sample(random, round);
            for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY}) {
                byte[] stream = JdkZlib.deflate(data, level, strategy);
                assertArrayEquals(data, decode(stream, data.length, data.length), "round " + round);
                assertArrayEquals(data, decode(stream, 0, data.length + 1000), "growing, round " + round);
            }
        }
    }

    @Test
    void acceptsAndRejectsDamagedStreamsAsZlibDoes() throws FilterDataException {
        Random random = new Random(99);
        int accepted = 0;
        int rejected = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] data = sample(random, round % 20);
            byte[] stream = JdkZlib.deflate(data, 1 + round % 9, Deflater.DEFAULT_STRATEGY);
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                stream[2 + random.nextInt(Math.min(stream.length - 2, 120))] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] expected = inflateIgnoringChecksum(stream, 100_000);
            if (expected == null) {
                assertThrows(FilterDataException.class, () -> decode(stream, 1000, 100_000));
                rejected++;
            } else {
                assertArrayEquals(expected, decode(withRightChecksum(stream, expected), 1000, 100_000));
                accepted++;
            }
        }
        assertTrue(accepted > 200 && rejected > 200, accepted + " accepted, " + rejected + " rejected");
    }

    @Test
    void readsALoneDistanceCode() throws FilterDataException {
        byte[] data = new byte[3000];
        byte[] stream = JdkZlib.deflate(data, 9, Deflater.DEFAULT_STRATEGY);
        assertArrayEquals(data, decode(stream, data.length, data.length));
    }

    @Test
    void rejectsReservedBlockType() {
        byte[] stream = HexFormat.of().parseHex("78010700000001");
        assertThrows(FilterDataException.class, () -> decode(stream, 10, 10));
    }

    @Test
    void saysThatAPresetDictionaryIsNotSupported() {
        byte[] stream = HexFormat.of().parseHex("78bb00000001010000ffff00000001");
        FilterDataException e = assertThrows(FilterDataException.class, () -> decode(stream, 10, 10));
        assertTrue(e.unsupported());
    }

    @Test
    void stopsAtTheMaximumInEachKindOfBlock() {
        byte[] data = new byte[70_000];
        new Random(3).nextBytes(data);
        for (int level : new int[] {0, 1, 9}) {
            byte[] stream = JdkZlib.deflate(data, level, Deflater.DEFAULT_STRATEGY);
            FilterDataException e = assertThrows(FilterDataException.class, () -> decode(stream, 69_999, 69_999));
            assertFalse(e.unsupported());
        }
    }

    private static byte[] sample(Random random, int round) {
        byte[] data = new byte[random.nextInt(1 + 400 * (1 + round))];
        int alphabet = 1 + random.nextInt(256);
        int repeat = 1 + random.nextInt(40);
        for (int i = 0; i < data.length; i++) {
            boolean again = i >= repeat && random.nextInt(10) < round % 10;
            data[i] = again ? data[i - repeat] : (byte) random.nextInt(alphabet);
        }
        return data;
    }

    private static byte[] decode(byte[] stream, int expected, int maximum) throws FilterDataException {
        Span span = new ZlibDecoder().decode(Span.of(stream), expected, maximum);
        return Arrays.copyOfRange(span.array(), span.offset(), span.end());
    }

    /** What the JDK makes of the blocks of a stream; null when it rejects them, or they are cut off or too long. */
    private static byte @Nullable [] inflateIgnoringChecksum(byte[] stream, int maximum) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(stream, 2, stream.length - 2);
        byte[] output = JdkZlib.inflate(inflater, maximum);
        boolean hasChecksum = inflater.getRemaining() >= 4;
        inflater.end();
        return hasChecksum ? output : null;
    }

    private static byte[] withRightChecksum(byte[] stream, byte[] decoded) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(stream, 2, stream.length - 2);
        byte[] output = new byte[decoded.length + 1];
        try {
            assertEquals(decoded.length, inflater.inflate(output));
            inflater.inflate(output, decoded.length, 1);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
        int at = stream.length - inflater.getRemaining();
        inflater.end();
        Adler32 adler = new Adler32();
        adler.update(decoded);
        byte[] result = stream.clone();
        for (int i = 0; i < 4; i++) {
            result[at + i] = (byte) (adler.getValue() >>> 24 - 8 * i);
        }
        return result;
    }
}
