// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.zstd.ZstdDecoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Frames of libzstd, decoded by one decoder into room that is just long enough, in the middle of an array. */
final class CodecRoomTest {
    private static final byte MARK = 0x5a;
    private static final int FRAME = 64;

    private final ZstdDecoder decoder = new ZstdDecoder();

    @Test
    void zstandardFillsItsRoomAndWritesNothingBeside() throws FilterDataException {
        int frames = 0;
        for (CodecVector vector : CodecVector.of("zstd")) {
            byte[] array = new byte[vector.decodedLength() + 2 * FRAME];
            assertEquals(vector.decodedLength(), decode(vector, array, vector.decodedLength()), vector.name());
            assertTrue(vector.matches(new Span(array, FRAME, vector.decodedLength())), vector.name());
            if (vector.decodedLength() > 0) {
                assertThrows(
                        FilterDataException.class,
                        () -> decode(vector, array, vector.decodedLength() - 1),
                        vector.name());
            }
            frames++;
        }
        assertTrue(frames > 50, frames + " frames");
    }

    private int decode(CodecVector vector, byte[] array, int length) throws FilterDataException {
        Arrays.fill(array, MARK);
        try {
            return decoder.decode(Span.of(vector.encoded()), new Span(array, FRAME, length));
        } finally {
            for (int i = 0; i < FRAME; i++) {
                assertEquals(MARK, array[i]);
            }
            for (int i = FRAME + length; i < array.length; i++) {
                assertEquals(MARK, array[i]);
            }
        }
    }
}
