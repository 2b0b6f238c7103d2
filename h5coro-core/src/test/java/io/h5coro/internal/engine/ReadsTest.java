// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.FilterException;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReadsTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);

    /** The metadata cache of a test must not hold the data by chance. */
    private static final ReadOptions OPTIONS =
            ReadOptions.builder().decodeThreads(2).gapBytes(0).build();

    private static H5Array read(MemoryFile file, String request) {
        return read(file, request, OPTIONS);
    }

    private static H5Array read(MemoryFile file, String request, ReadOptions options) {
        try (MemoryFile.Open open = file.open(options)) {
            return Results.of(open.start(List.of(DatasetRequest.parse(request))), request);
        }
    }

    private static int[] values(H5Array array) {
        return assertInstanceOf(IntArray.class, array).values();
    }

    /** 5 x 7 integers in chunks of 2 x 3, row-major numbers from 0; the chunk at (1, 1) is missing if asked. */
    private static MemoryFile grid(FillValue fill, boolean whole) {
        MemoryFile file = new MemoryFile();
        file.chunked("/grid", INT, Shape.of(5, 7), new long[] {2, 3}, fill, MemoryFile.DEFLATE);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int[] chunk = new int[6];
                for (int k = 0; k < 6; k++) {
                    int row = 2 * i + k / 3;
                    int column = 3 * j + k % 3;
                    chunk[k] = row < 5 && column < 7 ? 7 * row + column : -1;
                }
                if (whole || i != 1 || j != 1) {
                    file.append(new byte[16]);
                    file.chunk("/grid", MemoryFile.deflated(Results.ints(chunk)), 0, i, j);
                }
            }
        }
        return file;
    }

    @Test
    void readsChunksWithEdges() {
        H5Array array = read(grid(FillValue.zeros(), true), "/grid");
        assertEquals(Shape.of(5, 7), array.shape());
        assertArrayEquals(Results.sequence(0, 35), values(array));
    }

    @Test
    void readsSlicesWithStepsAndSeveralOfThem() {
        MemoryFile file = grid(FillValue.zeros(), true);
        assertArrayEquals(new int[] {9, 12, 23, 26}, values(read(file, "/grid[1:4:2, 2:7:3]")));
        assertArrayEquals(new int[] {0, 1, 7, 8, 0, 1, 28, 29}, values(read(file, "/grid[0:2, :2][0:1, :2][4, :2]")));
        assertEquals(Shape.of(0, 7), read(file, "/grid[2:2]").shape());
    }

    @Test
    void chunkNeededByTwoSlicesIsFetchedAndDecodedOnce() {
        try (MemoryFile.Open open = grid(FillValue.zeros(), true).open(OPTIONS)) {
            Call call = open.start(List.of(DatasetRequest.parse("/grid[0][1]")));
            assertArrayEquals(Results.sequence(0, 14), values(Results.of(call, "/grid[0][1]")));
            assertEquals(3, call.statistics().chunks());
            assertEquals(3, call.statistics().requests());
        }
    }

    @Test
    void fillsWhatNoChunkHolds() {
        FillValue fill = new FillValue(Results.ints(99), FillValue.State.USER_DEFINED, 0, 2);
        int[] expected = Results.sequence(0, 35);
        for (int index : new int[] {17, 18, 19, 24, 25, 26}) {
            expected[index] = 99;
        }
        assertArrayEquals(expected, values(read(grid(fill, false), "/grid")));
        assertArrayEquals(new int[] {99}, values(read(grid(fill, false), "/grid[2, 3]")));
        assertArrayEquals(new int[] {16}, values(read(grid(fill, false), "/grid[2, 2]")));
    }

    @Test
    void fillsWithZerosWhenTheFileGivesNoneOrNeverWritesIt() {
        assertArrayEquals(new int[] {0}, values(read(grid(FillValue.zeros(), false), "/grid[2, 3]")));
        FillValue never = new FillValue(Results.ints(99), FillValue.State.USER_DEFINED, 0, 1);
        assertArrayEquals(new int[] {0}, values(read(grid(never, false), "/grid[2, 3]")));
    }

    @Test
    void readsContiguousSlicesWithoutWhatLiesBetween() {
        MemoryFile file = new MemoryFile();
        long address = file.append(Results.ints(Results.sequence(0, 100_000)));
        file.contiguous("/a", INT, Shape.of(100, 1000), address);
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            Call call = open.start(List.of(DatasetRequest.parse("/a[10:50:20, 500:502]")));
            assertArrayEquals(
                    new int[] {10_500, 10_501, 30_500, 30_501}, values(Results.of(call, "/a[10:50:20, 500:502]")));
            assertEquals(16, open.counting().bytes());
            assertEquals(2, open.counting().requests());
            assertEquals(16, call.statistics().bytesWanted());
        }
    }

    @Test
    void readsPartsOfChunksThatAreStoredAsTheyAre() {
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(20_000), new long[] {10_000}, MemoryFile.DEFLATE);
        file.chunk("/a", MemoryFile.deflated(Results.ints(Results.sequence(0, 10_000))), 0, 0);
        file.chunk("/a", Results.ints(Results.sequence(10_000, 10_000)), 1, 1);
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            Call call = open.start(List.of(DatasetRequest.parse("/a[15000:15003]")));
            assertArrayEquals(Results.sequence(15_000, 3), values(Results.of(call, "/a[15000:15003]")));
            assertEquals(12, open.counting().bytes());
        }
        assertArrayEquals(Results.sequence(9_999, 2), values(read(file, "/a[9999:10001]")));
    }

    @Test
    void unallocatedDatasetIsFill() {
        MemoryFile file = new MemoryFile();
        file.dataset(
                "/none",
                INT,
                Shape.of(3),
                new Layout.Contiguous(-1, -1),
                List.of(),
                new FillValue(Results.ints(-5), FillValue.State.USER_DEFINED, 0, 2));
        assertArrayEquals(new int[] {-5, -5, -5}, values(read(file, "/none")));
        file.chunked("/empty", INT, Shape.of(4), new long[] {2});
        assertArrayEquals(new int[4], values(read(file, "/empty")));
    }

    @Test
    void readsCompactValuesAttributesScalarsAndNull() {
        MemoryFile file = new MemoryFile();
        file.dataset(
                "/compact",
                INT,
                Shape.of(2, 2),
                new Layout.Compact(Results.ints(1, 2, 3, 4)),
                List.of(),
                FillValue.zeros());
        assertArrayEquals(new int[] {2, 4}, values(read(file, "/compact[:, 1]")));
        file.object("/scalar", new ResolvedRequest.Values("/x@y", INT, Dataspace.scalar(), Results.ints(7)));
        H5Array scalar = read(file, "/scalar");
        assertEquals(Shape.scalar(), scalar.shape());
        assertArrayEquals(new int[] {7}, values(scalar));
        file.object("/null", new ResolvedRequest.Values("/x@z", INT, Dataspace.none(), new byte[0]));
        H5Array none = read(file, "/null");
        assertEquals(Shape.of(0), none.shape());
        assertEquals(INT, none.type());
        file.dataset("/short", INT, Shape.of(3), new Layout.Compact(Results.ints(1, 2)), List.of(), FillValue.zeros());
        assertThrows(MalformedFileException.class, () -> read(file, "/short"));
    }

    @Test
    void convertsTypesThatAreNotPlain() {
        MemoryFile file = new MemoryFile();
        ElementType type = new OpaqueType(3, "tag");
        long address = file.append(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        file.contiguous("/opaque", type, Shape.of(3), address);
        OpaqueArray array = assertInstanceOf(OpaqueArray.class, read(file, "/opaque[1:]"));
        assertArrayEquals(new byte[] {4, 5, 6, 7, 8, 9}, array.bytes());
    }

    @Test
    void onePlanServesAllDatasetsOfACall() {
        MemoryFile file = new MemoryFile();
        List<DatasetRequest> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long address = file.append(Results.ints(Results.sequence(100 * i, 100)));
            file.contiguous("/d" + i, INT, Shape.of(100), address);
            requests.add(DatasetRequest.of("/d" + i));
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            Call call = open.start(requests);
            for (int i = 0; i < 60; i++) {
                assertArrayEquals(Results.sequence(100 * i, 100), values(Results.of(call, "/d" + i)));
            }
            assertEquals(1, open.counting().requests());
            assertEquals(24_000, open.counting().bytes());
            assertEquals(24_000, call.statistics().bytesDecoded());
        }
    }

    @Test
    void whatTheCacheHoldsIsNotFetchedAgain() {
        MemoryFile file = new MemoryFile();
        long address = file.append(Results.ints(1, 2, 3));
        file.contiguous("/a", INT, Shape.of(3), address);
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            byte[] unused = open.cache().read(0, 8);
            assertEquals(1, open.counting().requests());
            Call call = open.start(List.of(DatasetRequest.of("/a")));
            assertArrayEquals(new int[] {1, 2, 3}, values(Results.of(call, "/a")));
            assertEquals(1, open.counting().requests());
        }
    }

    @Test
    void failureOfOneRequestLeavesTheOthers() {
        MemoryFile file = grid(FillValue.zeros(), true);
        file.chunked("/bad", INT, Shape.of(6), new long[] {6}, MemoryFile.DEFLATE);
        file.chunk("/bad", new byte[] {1, 2, 3, 4}, 0, 0);
        file.dataset("/virtual", INT, Shape.of(6), new Layout.Virtual(1 << 20, 1), List.of(), FillValue.zeros());
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            Call call = open.start(List.of(
                    DatasetRequest.of("/bad"),
                    DatasetRequest.of("/nowhere"),
                    DatasetRequest.of("/grid"),
                    DatasetRequest.of("/virtual"),
                    DatasetRequest.parse("/grid[0:9]")));
            assertArrayEquals(Results.sequence(0, 35), values(Results.of(call, "/grid")));
            FilterException bad = assertThrows(FilterException.class, () -> Results.of(call, "/bad"));
            assertTrue(bad.getMessage().contains("/bad @ 0x"), bad.getMessage());
            assertThrows(NotFoundException.class, () -> Results.of(call, "/nowhere"));
            assertThrows(MalformedFileException.class, () -> Results.of(call, "/virtual"));
            assertThrows(SelectionException.class, () -> Results.of(call, "/grid[0:9]"));
        }
    }

    @Test
    void refusesChunksThatCannotBe() {
        MemoryFile file = new MemoryFile();
        file.chunked("/outside", INT, Shape.of(4), new long[] {4}, MemoryFile.DEFLATE);
        file.record("/outside", new ChunkRecord(new long[] {0}, 1 << 20, 10, 0));
        MalformedFileException outside = assertThrows(MalformedFileException.class, () -> read(file, "/outside"));
        assertTrue(outside.getMessage().contains("/outside"), outside.getMessage());
        file.chunked("/twice", INT, Shape.of(4), new long[] {4}, MemoryFile.DEFLATE);
        file.chunk("/twice", MemoryFile.deflated(Results.ints(1, 2, 3, 4)), 0, 0);
        file.chunk("/twice", MemoryFile.deflated(Results.ints(1, 2, 3, 4)), 0, 0);
        assertThrows(MalformedFileException.class, () -> read(file, "/twice"));
        file.chunked("/plain", INT, Shape.of(4), new long[] {4});
        file.chunk("/plain", Results.ints(1, 2, 3), 0, 0);
        assertThrows(MalformedFileException.class, () -> read(file, "/plain"));
        file.chunked("/zero", INT, Shape.of(4), new long[] {0});
        assertThrows(MalformedFileException.class, () -> read(file, "/zero"));
    }

    @Test
    void refusesContiguousValuesBehindTheEnd() {
        MemoryFile file = new MemoryFile();
        long address = file.append(Results.ints(1, 2, 3));
        file.contiguous("/cut", INT, Shape.of(5), address);
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(file, "/cut"));
        assertTrue(e.getMessage().contains("truncated") && e.getMessage().contains("/cut"), e.getMessage());
        assertArrayEquals(new int[] {2, 3}, values(read(file, "/cut[1:3]")));
    }

    @Test
    void refusesResultsThatAreTooLargeBeforeTheyAreAllocated() {
        MemoryFile file = new MemoryFile();
        file.contiguous("/huge", INT, Shape.of(1_000_000_000_000L), -1);
        LimitExceededException huge = assertThrows(LimitExceededException.class, () -> read(file, "/huge"));
        assertTrue(huge.getMessage().contains("1000000000000"), huge.getMessage());
        file.contiguous("/large", INT, Shape.of(300), -1);
        ReadOptions small = ReadOptions.builder().resultBytes(1000).build();
        assertThrows(LimitExceededException.class, () -> read(file, "/large", small));
        assertEquals(200, read(file, "/large[:200]", small).length());
        file.chunked("/chunk", INT, Shape.of(5), new long[] {1L << 40});
        assertEquals(5, read(file, "/chunk").length(), "nothing of it has to be in memory");
        try (MemoryFile.Open open = file.open(small)) {
            Call call = open.start(List.of(DatasetRequest.parse("/large[:150]"), DatasetRequest.parse("/large[150:]")));
            int failed = 0;
            for (String name : call.names()) {
                try {
                    assertEquals(150, Results.of(call, name).length());
                } catch (LimitExceededException together) {
                    failed++;
                }
            }
            assertEquals(1, failed);
        }
    }

    @Test
    void refusesTwoRequestsOfOneName() {
        try (MemoryFile.Open open = new MemoryFile().open(OPTIONS)) {
            List<DatasetRequest> twice = List.of(DatasetRequest.of("/a"), DatasetRequest.of("/a"));
            assertThrows(SelectionException.class, () -> open.start(twice));
        }
    }

    @Test
    void noRequestsAreACallThatHasEnded() throws Exception {
        try (MemoryFile.Open open = new MemoryFile().open(OPTIONS)) {
            Call call = open.start(List.of());
            assertEquals(0, call.size());
            assertTrue(call.awaitOutcomes(0, 0));
        }
    }
}
