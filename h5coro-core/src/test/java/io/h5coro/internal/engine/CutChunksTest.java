// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.model.ByteArray;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Chunks that hold less or more than a chunk, and chunks larger than memory: what is wanted has to be there, nothing
 * else.
 */
@Timeout(60)
final class CutChunksTest {
    private static final IntegerType BYTE = IntegerType.of(1, Order.LITTLE_ENDIAN, true);
    private static final FilterDescription FLETCHER = new FilterDescription(3, "fletcher32", false, new int[0]);
    private static final ReadOptions OPTIONS =
            ReadOptions.builder().decodeThreads(2).build();

    private static byte[] bytes(int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((from + i) % 97);
        }
        return bytes;
    }

    private static byte[] read(MemoryFile.Open open, String request) {
        try {
            Call call = open.start(List.of(DatasetRequest.parse(request)));
            H5Array array =
                    java.util.Objects.requireNonNull(call.future(request)).get(30, TimeUnit.SECONDS);
            return assertInstanceOf(ByteArray.class, array).values();
        } catch (ExecutionException e) {
            throw assertInstanceOf(H5Exception.class, e.getCause(), String.valueOf(e.getCause()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(MemoryFile file, String request) {
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            return read(open, request);
        }
    }

    /** 150 bytes in chunks of 100, of which the second holds {@code second}. */
    private static MemoryFile line(byte[] second, int mask) {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", BYTE, Shape.of(150), new long[] {100}, MemoryFile.DEFLATE);
        file.chunk("/x", MemoryFile.deflated(bytes(0, 100)), 0, 0);
        return file.chunk("/x", mask == 0 ? MemoryFile.deflated(second) : second, mask, 1);
    }

    @Test
    void readsAnEdgeChunkThatStoresOnlyWhatLiesInTheExtent() {
        for (int mask : new int[] {0, 1}) {
            MemoryFile file = line(bytes(100, 150), mask);
            assertArrayEquals(bytes(0, 150), read(file, "/x"));
            assertArrayEquals(bytes(149, 150), read(file, "/x[149:]"));
        }
    }

    @Test
    void readsAChunkThatDecodesToMoreThanTheChunk() {
        byte[] more = Arrays.copyOf(bytes(100, 200), 300);
        for (int mask : new int[] {0, 1}) {
            assertArrayEquals(bytes(0, 150), read(line(more, mask), "/x"));
        }
    }

    @Test
    void refusesOnlyElementsThatAreMissing() {
        for (int mask : new int[] {0, 1}) {
            MemoryFile file = line(bytes(100, 140), mask);
            assertThrows(MalformedFileException.class, () -> read(file, "/x"));
            MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(file, "/x[139:141]"));
            assertTrue(e.getMessage().contains("40 bytes, the wanted elements end at 41"), e.getMessage());
            assertArrayEquals(bytes(120, 140), read(file, "/x[120:140]"));
            assertArrayEquals(bytes(0, 100), read(file, "/x[:100]"));
        }
    }

    @Test
    void keepsAShortChunkForTheNextReadAsItIs() {
        try (MemoryFile.Open open = line(bytes(100, 140), 0).open(OPTIONS)) {
            assertArrayEquals(bytes(110, 120), read(open, "/x[110:120]"));
            int before = open.counting().requests();
            assertArrayEquals(bytes(130, 140), read(open, "/x[130:140]"));
            assertThrows(MalformedFileException.class, () -> read(open, "/x[130:141]"));
            assertEquals(before, open.counting().requests(), "the chunk is here");
        }
    }

    @Test
    void readsEdgesOfSeveralDimensions() {
        // 3 x 5 in chunks of 2 x 3, row-major; the last chunk needs its first two elements only.
        byte[][] chunks = {{1, 2, 3, 4, 5, 6}, {7, 8, 0, 9, 10}, {11, 12, 13}, {14, 15}};
        MemoryFile file = new MemoryFile();
        file.chunked("/g", BYTE, Shape.of(3, 5), new long[] {2, 3}, MemoryFile.DEFLATE);
        for (int i = 0; i < 4; i++) {
            file.chunk("/g", MemoryFile.deflated(chunks[i]), 0, i / 2, i % 2);
        }
        assertArrayEquals(new byte[] {1, 2, 3, 7, 8, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15}, read(file, "/g"));
        assertArrayEquals(new byte[] {15}, read(file, "/g[2:, 4:]"));
    }

    @Test
    void aFilterThatChangesNoLengthDoesNotMakeAShortChunkWrong() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", BYTE, Shape.of(2), new long[] {100}, FLETCHER);
        // The Fletcher checksum of the bytes 1 and 2.
        file.chunk("/x", new byte[] {1, 2, 0x02, 0x01, 0x02, 0x01}, 0, 0);
        assertArrayEquals(new byte[] {1, 2}, read(file, "/x"));
    }

    @Test
    void readsElementsOfAChunkWithoutFiltersThatNoArrayHolds() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", BYTE, Shape.of(6L << 30), new long[] {3L << 30});
        byte[] start = bytes(0, 1000);
        file.record("/x", new ChunkRecord(new long[] {1}, file.append(start), 1000, 0));
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            long first = (3L << 30) + 500;
            assertArrayEquals(bytes(500, 503), read(open, "/x[" + first + ":" + (first + 3) + "]"));
            assertArrayEquals(new byte[2], read(open, "/x[7:9]"), "never written");
            assertThrows(
                    MalformedFileException.class, () -> read(open, "/x[" + (first + 499) + ":" + (first + 501) + "]"));
        }
    }

    @Test
    void refusesAGiantChunkOnlyWhereItHasToBeDecoded() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", BYTE, Shape.of(6L << 30), new long[] {3L << 30}, MemoryFile.DEFLATE);
        file.chunk("/x", MemoryFile.deflated(bytes(0, 100)), 0, 1);
        assertArrayEquals(new byte[3], read(file, "/x[5:8]"), "never written");
        LimitExceededException e = assertThrows(
                LimitExceededException.class, () -> read(file, "/x[" + (3L << 30) + ":" + ((3L << 30) + 1) + "]"));
        assertTrue(e.getMessage().contains("have to be decoded as a whole"), e.getMessage());
    }
}
