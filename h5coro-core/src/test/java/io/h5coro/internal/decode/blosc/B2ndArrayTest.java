// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A frame built by hand after the format's documents: every chunk is the same stored zeros. */
final class B2ndArrayTest {
    private static final int HEADER = 160;
    private static final int ZEROS = 0x10;

    private static Span decode(int rows, int columns, int chunkRows, int chunkColumns) throws FilterDataException {
        int chunks = ((rows - 1) / chunkRows + 1) * ((columns - 1) / chunkColumns + 1);
        int chunkLength = chunkRows * chunkColumns;
        ByteBuffer frame = ByteBuffer.allocate(HEADER + 64);
        frame.put(2, "b2frame\0".getBytes(StandardCharsets.US_ASCII));
        frame.putInt(11, HEADER)
                .putLong(16, frame.capacity())
                .putLong(30, (long) chunks * chunkLength)
                .putLong(39, 32)
                .putInt(48, 1)
                .putInt(53, chunkLength)
                .putInt(58, chunkLength);
        frame.put(91, (byte) 0xde).putShort(92, (short) 1).put(94, (byte) 0xa4);
        frame.put(95, "b2nd".getBytes(StandardCharsets.US_ASCII));
        frame.put(99, (byte) 0xd2).putInt(100, 104).put(104, (byte) 0xc6).putInt(105, HEADER - 109);
        frame.position(109);
        frame.put(new byte[] {(byte) 0x97, 0, 2, (byte) 0x92});
        frame.put((byte) 0xd3).putLong(rows).put((byte) 0xd3).putLong(columns);
        for (int shape = 0; shape < 2; shape++) {
            frame.put((byte) 0x92)
                    .put((byte) 0xd2)
                    .putInt(chunkRows)
                    .put((byte) 0xd2)
                    .putInt(chunkColumns);
        }
        frame.order(ByteOrder.LITTLE_ENDIAN);
        putZeros(frame, HEADER, 1, chunkLength);
        putZeros(frame, HEADER + 32, 8, 8 * chunks);
        FilterContext context = new FilterContext(new int[0], 1, rows * columns, rows * columns);
        return new Blosc2Filter().decode(Span.of(frame.array()), context);
    }

    private static void putZeros(ByteBuffer frame, int at, int elementSize, int length) {
        frame.put(at, (byte) 5).put(at + 2, (byte) 5).put(at + 3, (byte) elementSize);
        frame.putInt(at + 4, length).putInt(at + 8, length).putInt(at + 12, 32).put(at + 31, (byte) ZEROS);
    }

    @Test
    void decodesChunksThatReachOverTheEnd() throws FilterDataException {
        assertEquals(20, decode(4, 5, 3, 2).length());
    }

    @Test
    void refusesToDecodeFarMoreThanItGives() {
        // 30,000 chunks of 30,000 bytes, of each of which the array has one byte.
        FilterDataException e = assertThrows(FilterDataException.class, () -> decode(1, 30_000, 30_000, 1));
        assertTrue(e.getMessage().contains("far beyond"), e.getMessage());
    }
}
