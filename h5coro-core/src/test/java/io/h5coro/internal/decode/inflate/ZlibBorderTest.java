// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the fast loop hands over to the careful one, compared with the JDK's zlib. One decoder for all streams, so that
 * tables of one stream, damaged or not, are there when the next one comes.
 */
final class ZlibBorderTest {
    private static final byte MARK = 0x5a;

    private final ZlibDecoder decoder = new ZlibDecoder();

    /** Lengths from nothing to twice what the fast loop needs, and what is repeated from each short distance. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 40})
    void readsEveryLengthOfEachDistance(int distance) throws FilterDataException {
        for (int length = 0; length < 2 * InflateBlocks.FAST_OUTPUT; length++) {
            byte[] data = repeating(length, distance);
            byte[] stream = JdkZlib.deflate(data, 1 + length % 9);
            Span decoded = decoder.decode(Span.of(stream), length, length);
            assertArrayEquals(data, Arrays.copyOf(decoded.array(), decoded.length()));
            assertArrayEquals(data, inRoom(stream, length));
            int less = length - 1;
            if (less >= 0) {
                assertThrows(FilterDataException.class, () -> decoder.decode(Span.of(stream), less, less));
                assertThrows(FilterDataException.class, () -> inRoom(stream, less));
            }
        }
    }

    @Test
    void refusesAStreamThatIsCutAnywhere() throws FilterDataException {
        for (int kind = 0; kind < 4; kind++) {
            byte[] data = kind == 3 ? new byte[0] : mixed(700, kind);
            byte[] stream = JdkZlib.deflate(data, kind == 2 ? 0 : 9);
            for (int length = 0; length < stream.length; length++) {
                byte[] cut = Arrays.copyOf(stream, length);
                assertThrows(FilterDataException.class, () -> decoder.decode(Span.of(cut), data.length, data.length));
            }
            assertEquals(
                    data.length, decoder.decode(Span.of(stream), 0, data.length).length());
        }
    }

    @Test
    void takesAStreamWithAnyBitFlippedAsZlibDoes() throws FilterDataException {
        int accepted = 0;
        for (int kind = 0; kind < 3; kind++) {
            byte[] data = mixed(600, kind);
            byte[] stream = JdkZlib.deflate(data, 6);
            for (int bit = 0; bit < 8 * stream.length; bit++) {
                byte[] damaged = stream.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                byte[] expected = inflate(damaged, data.length);
                if (expected == null) {
                    assertThrows(
                            FilterDataException.class,
                            () -> decoder.decode(Span.of(damaged), data.length, data.length),
                            "bit " + bit);
                } else {
                    Span decoded = decoder.decode(Span.of(damaged), data.length, data.length);
                    assertArrayEquals(expected, Arrays.copyOf(decoded.array(), decoded.length()), "bit " + bit);
                    accepted++;
                }
            }
        }
        // The header's level is not looked at.
        assertTrue(accepted < 30, accepted + " accepted");
    }

    /** Codes that change from block to block, and blocks whose codes are those of the block before. */
    @Test
    void readsManyBlocks() throws FilterDataException {
        for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY}) {
            byte[] data = mixed(300_000, 1);
            Deflater deflater = new Deflater(6);
            deflater.setStrategy(strategy);
            byte[] stream = new byte[400_000];
            int length = 0;
            for (int at = 0; at < data.length; at += 20_000) {
                deflater.setInput(data, at, 20_000);
                while (!deflater.needsInput()) {
                    length += deflater.deflate(stream, length, stream.length - length, Deflater.FULL_FLUSH);
                }
            }
            deflater.finish();
            length += deflater.deflate(stream, length, stream.length - length);
            deflater.end();
            assertArrayEquals(data, inRoom(Arrays.copyOf(stream, length), data.length));
        }
    }

    /** Decodes into the middle of an array; nothing else of it may change. */
    private byte[] inRoom(byte[] stream, int length) throws FilterDataException {
        byte[] array = new byte[length + 600];
        Arrays.fill(array, MARK);
        try {
            assertEquals(length, decoder.decode(Span.of(stream), new Span(array, 300, length)));
        } finally {
            for (int i = 0; i < 300; i++) {
                assertEquals(MARK, array[i]);
                assertEquals(MARK, array[300 + length + i]);
            }
        }
        return Arrays.copyOfRange(array, 300, 300 + length);
    }

    private static byte[] repeating(int length, int distance) {
        byte[] data = new byte[length];
        Random random = new Random(distance);
        for (int i = 0; i < length; i++) {
            boolean fresh = i < distance || i % 97 > 90;
            data[i] = fresh ? (byte) random.nextInt() : data[i - distance];
        }
        return data;
    }

    private static byte[] mixed(int length, int seed) {
        Random random = new Random(seed);
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            int distance = 1 + random.nextInt(20);
            data[i] =
                    i > distance && i / 50 % 2 == 0 ? data[i - distance] : (byte) (random.nextGaussian() * (10 + seed));
        }
        return data;
    }

    /** What the JDK makes of a stream, its checksum included; null when it refuses it. */
    private static byte @Nullable [] inflate(byte[] stream, int maximum) {
        Inflater inflater = new Inflater();
        inflater.setInput(stream);
        byte[] output = JdkZlib.inflate(inflater, maximum);
        inflater.end();
        return output;
    }
}
