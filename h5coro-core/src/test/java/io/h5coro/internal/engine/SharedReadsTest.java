// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.FilterException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.Eventually;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads that want the same pieces: one after the other, and at once. */
@Timeout(60)
final class SharedReadsTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final ReadOptions OPTIONS =
            ReadOptions.builder().decodeThreads(2).gapBytes(0).build();

    private static final int ROWS = 40;
    private static final int COLUMNS = 30;

    private final StalledReader[] stalled = new StalledReader[1];

    /** Element (r, c) of {@code /grid} is 100 r + c; its 12 chunks of 10 x 10 do not lie side by side. */
    private static MemoryFile grid() {
        MemoryFile file = new MemoryFile();
        file.chunked("/grid", INT, Shape.of(ROWS, COLUMNS), new long[] {10, 10}, MemoryFile.DEFLATE);
        for (int i = 0; i < ROWS / 10; i++) {
            for (int j = 0; j < COLUMNS / 10; j++) {
                ByteBuffer chunk = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
                for (int n = 0; n < 100; n++) {
                    chunk.putInt(100 * (10 * i + n / 10) + 10 * j + n % 10);
                }
                file.chunk("/grid", MemoryFile.deflated(chunk.array()), 0, i, j);
                file.append(new byte[50]);
            }
        }
        return file;
    }

    private MemoryFile.Open stalledGrid() {
        return grid().open(OPTIONS, reader -> stalled[0] = new StalledReader(reader));
    }

    private static void assertGrid(H5Array values, int firstRow) {
        for (int i = 0; i < values.length(); i++) {
            assertEquals(100 * (firstRow + i / COLUMNS) + i % COLUMNS, values.getLong(i));
        }
    }

    private static Call start(MemoryFile.Open open, String request) {
        return open.start(List.of(DatasetRequest.parse(request)));
    }

    /** Answers requests until a call has ended. */
    private H5Array released(Call call) throws InterruptedException {
        Eventually.holds(() -> {
            boolean unused = stalled[0].release();
            return call.statistics().nanos() > 0
                    && call.future(call.names().get(0)).isDone();
        });
        return Results.only(call);
    }

    private static void assertEachOnce(MemoryFile.Open open, int requests) {
        assertEquals(requests, open.counting().requests());
        assertEquals(requests, new HashSet<>(open.counting().ranges()).size());
    }

    @Test
    void walkingRowByRowCostsEachChunkOnce() {
        try (MemoryFile.Open open = grid().open(OPTIONS)) {
            for (int row = 0; row < ROWS; row++) {
                assertGrid(Results.only(start(open, "/grid[" + row + ":" + (row + 1) + "]")), row);
            }
            assertEachOnce(open, 12);
            assertEquals(12, open.file().statistics().chunks());
            assertEquals(3 * ROWS - 12, open.file().statistics().chunkHits());
            assertTrue(Reads.explain(open.file(), List.of(DatasetRequest.parse("/grid[3:4]")))
                    .requests()
                    .isEmpty());
            assertEquals(0, PieceFlights.of(open.file()).users());
        }
    }

    @Test
    void aCacheThatIsTooSmallOnlyCostsRequests() {
        ReadOptions small =
                ReadOptions.builder().gapBytes(0).chunkCacheBytes(2 * 528).build();
        try (MemoryFile.Open open = grid().open(small)) {
            for (int row = 0; row < 3; row++) {
                assertGrid(Results.only(start(open, "/grid[" + row + ":" + (row + 1) + "]")), row);
            }
            assertTrue(open.counting().requests() > 3, () -> open.counting().requests() + " requests");
        }
    }

    @Test
    void chunksUsedAsAWholeAreNotKept() {
        try (MemoryFile.Open open = grid().open(OPTIONS)) {
            assertGrid(Results.only(start(open, "/grid")), 0);
            assertGrid(Results.only(start(open, "/grid[10:30]")), 10);
            assertEquals(18, open.file().statistics().chunks());
            assertEquals(0, open.file().statistics().chunkHits());
            assertGrid(Results.only(start(open, "/grid[:, :]")), 0);
            assertEquals(30, open.counting().requests());
        }
    }

    @Test
    void chunksAtTheEdgeThatAreUsedAsFarAsTheyReachAreNotKept() {
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(15), new long[] {10}, MemoryFile.DEFLATE);
        file.chunk("/a", MemoryFile.deflated(new byte[40]), 0, 0).append(new byte[9]);
        file.chunk("/a", MemoryFile.deflated(new byte[40]), 0, 1);
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            for (String request : List.of("/a[10:15]", "/a[10:15]", "/a[10:14]", "/a[10:14]")) {
                assertEquals(0, Results.only(start(open, request)).getLong(3));
            }
            assertEquals(3, open.counting().requests());
        }
    }

    @Test
    void oneDatasetReadByManyAtOnceCostsItsRequestsOnce() throws Exception {
        try (MemoryFile.Open open = stalledGrid()) {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(start(open, "/grid"));
            }
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 16 * 12);
            for (Call call : calls) {
                assertGrid(released(call), 0);
            }
            assertEachOnce(open, 12);
            assertEquals(12, open.file().statistics().chunks());
            assertEquals(15 * 12, open.file().statistics().chunkHits());
            assertEquals(0, PieceFlights.of(open.file()).users());
        }
    }

    @Test
    void valuesStoredAsTheyAreCostTheirRequestsOnceToo() throws Exception {
        MemoryFile file = new MemoryFile();
        byte[] bytes = new byte[4000];
        bytes[4 * 700] = 9;
        file.contiguous("/plain", INT, Shape.of(1000), file.append(bytes));
        try (MemoryFile.Open open = file.open(OPTIONS, reader -> stalled[0] = new StalledReader(reader))) {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(start(open, "/plain"));
            }
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 16);
            for (Call call : calls) {
                assertEquals(9, released(call).getLong(700));
            }
            assertEachOnce(open, 1);
        }
    }

    @Test
    void whenTheCallThatFetchesIsCancelledAnotherFetches() throws Exception {
        try (MemoryFile.Open open = stalledGrid()) {
            Call first = start(open, "/grid");
            Eventually.holds(() -> stalled[0].waiting() == 4);
            Call second = start(open, "/grid[0:10]");
            Call third = start(open, "/grid[0:11]");
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 12 + 3 + 6);
            first.cancel();
            assertThrows(ReadAbortedException.class, () -> Results.only(first));
            assertGrid(released(second), 0);
            assertGrid(released(third), 0);
            // The 4 that the first had sent, and each of the 6 chunks that are still wanted once.
            assertEquals(10, open.counting().requests());
            assertEquals(0, PieceFlights.of(open.file()).users());
        }
    }

    @Test
    void whatAnEndedCallFetchesIsGivenUpWithTheLastWhoWaitsForIt() throws Exception {
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(20), new long[] {10}, MemoryFile.DEFLATE);
        file.chunk("/a", new byte[] {1, 2, 3, 4, 5}, 0, 0).append(new byte[9]);
        file.chunk("/a", MemoryFile.deflated(new byte[40]), 0, 1);
        try (MemoryFile.Open open = file.open(OPTIONS, reader -> stalled[0] = new StalledReader(reader))) {
            Call first = start(open, "/a");
            Eventually.holds(() -> stalled[0].waiting() == 2);
            Call second = start(open, "/a[10:20]");
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 3);
            stalled[0].releaseFirst();
            assertThrows(FilterException.class, () -> Results.only(first));
            assertEquals(0, stalled[0].cancelled.get());
            second.cancel();
            Eventually.holds(() -> stalled[0].cancelled.get() == 1);
            assertEquals(0, PieceFlights.of(open.file()).users());
        }
    }

    @Test
    void cancellingACallThatWaitsDisturbsNobody() throws Exception {
        try (MemoryFile.Open open = stalledGrid()) {
            Call first = start(open, "/grid[0:10]");
            Eventually.holds(() -> stalled[0].waiting() == 3);
            Call second = start(open, "/grid[0:10]");
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 6);
            second.cancel();
            assertGrid(released(first), 0);
            assertEachOnce(open, 3);
        }
    }

    @Test
    void aPieceThatIsWantedTwiceInOneCallIsDecodedOnce() {
        try (MemoryFile.Open open = grid().open(OPTIONS)) {
            Call call = open.start(List.of(
                    DatasetRequest.parse("/grid[0:10]"), new DatasetRequest("again", "/grid", null, List.of())));
            assertGrid(Results.only(call), 0);
            assertTrue(
                    call.future("again").orTimeout(30, TimeUnit.SECONDS).join().length() == ROWS * COLUMNS);
            assertEachOnce(open, 12);
            assertEquals(12, call.statistics().chunks());
            assertEquals(3, call.statistics().chunkHits());
        }
    }

    @Test
    void whatTheStorageSaysOfAPieceHoldsForAllWhoWantIt() throws Exception {
        try (MemoryFile.Open open = stalledGrid()) {
            Call first = start(open, "/grid[0:10]");
            Eventually.holds(() -> stalled[0].waiting() == 3);
            Call second = start(open, "/grid[5:15]");
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 3 + 6);
            stalled[0].failures.set(100);
            stalled[0].failHeld();
            for (Call call : List.of(first, second)) {
                StorageFailureException e = assertThrows(StorageFailureException.class, () -> Results.only(call));
                assertTrue(e.getMessage().contains("/grid"), e.getMessage());
            }
            stalled[0].failures.set(0);
            // The rest of what failed may be asked for only now.
            Eventually.holds(() -> {
                boolean unused = stalled[0].release();
                return PieceFlights.of(open.file()).users() == 0;
            });
            assertGrid(released(start(open, "/grid[0:10]")), 0);
        }
    }

    @Test
    void aDamagedChunkFailsAllWhoWantItAndNobodyElse() throws Exception {
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(20), new long[] {10}, MemoryFile.DEFLATE);
        file.chunk("/a", new byte[] {1, 2, 3, 4, 5}, 0, 0).append(new byte[9]);
        file.chunk("/a", MemoryFile.deflated(new byte[40]), 0, 1);
        try (MemoryFile.Open open = file.open(OPTIONS, reader -> stalled[0] = new StalledReader(reader))) {
            List<Call> broken = List.of(start(open, "/a"), start(open, "/a[0:5]"));
            Call whole = start(open, "/a[10:20]");
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 4);
            assertEquals(10, released(whole).length());
            for (Call call : broken) {
                assertEquals(
                        1,
                        assertThrows(FilterException.class, () -> released(call))
                                .filterId());
            }
            assertThrows(FilterException.class, () -> released(start(open, "/a[0:5]")));
        }
    }

    /** Four requests at a time: the first answers tell that a chunk of 16 is damaged. */
    @Test
    void aReadThatHasFailedAsksForNoFurtherChunksAndTheOthersOfItsCallDo() throws Exception {
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(160), new long[] {10}, MemoryFile.DEFLATE);
        file.chunked("/b", INT, Shape.of(40), new long[] {10}, MemoryFile.DEFLATE);
        file.chunk("/a", new byte[] {1, 2, 3, 4, 5}, 0, 0).append(new byte[50]);
        for (int i = 1; i < 16; i++) {
            file.chunk("/a", MemoryFile.deflated(new byte[40]), 0, i).append(new byte[50]);
        }
        for (int i = 0; i < 4; i++) {
            file.chunk("/b", MemoryFile.deflated(new byte[40]), 0, i).append(new byte[50]);
        }
        ReadOptions oneByOne = ReadOptions.builder()
                .decodeThreads(1)
                .gapBytes(0)
                .bytesInFlight(1)
                .build();
        try (MemoryFile.Open open = file.open(oneByOne)) {
            Call call = open.start(List.of(DatasetRequest.of("/a"), DatasetRequest.of("/b")));
            assertTrue(call.awaitOutcomes(2, Long.MAX_VALUE));
            assertEquals(40, call.future("/b").get(30, TimeUnit.SECONDS).length());
            assertTrue(call.future("/a").isCompletedExceptionally());
            int requests = open.counting().requests();
            assertTrue(requests >= 5 && requests <= 12, requests + " requests, of 20 without a failure");
            assertEquals(0, PieceFlights.of(open.file()).users());
        }
    }

    @Test
    void oneStoredChunkOfTwoDatasetsIsDecodedForEach() throws Exception {
        ByteBuffer values = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 10; i++) {
            values.putInt(i);
        }
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(10), new long[] {10}, MemoryFile.DEFLATE);
        FilterDescription shuffle = new FilterDescription(2, "shuffle", false, new int[] {4});
        file.chunked("/b", INT, Shape.of(10), new long[] {10}, shuffle, MemoryFile.DEFLATE);
        byte[] stored = MemoryFile.deflated(values.array());
        long address = file.append(stored);
        for (String path : List.of("/a", "/b")) {
            file.record(path, new io.h5coro.internal.index.ChunkRecord(new long[] {0}, address, stored.length, 0));
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            for (int i = 0; i < 2; i++) {
                assertEquals(1, Results.only(start(open, "/a[0:2]")).getLong(1));
                assertTrue(Results.only(start(open, "/b[0:2]")).getLong(1) != 1);
            }
            assertEquals(2, open.file().statistics().chunkHits());
        }
    }

    /** Whichever call ends first: the requests that it leaves make room for none of the other. */
    @RepeatedTest(20)
    void closingSendsNothingForTheCallsThatEndLater() throws Exception {
        MemoryFile.Open[] opened = new MemoryFile.Open[1];
        try (MemoryFile.Open open = stalledGrid()) {
            opened[0] = open;
            Call unused = start(open, "/grid[0:20]");
            Eventually.holds(() -> stalled[0].waiting() == 4);
            Call unusedToo = start(open, "/grid[20:40]");
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 12);
        }
        Eventually.holds(() -> PieceFlights.of(opened[0].file()).users() == 0);
        assertEquals(4, opened[0].counting().requests());
    }

    @Test
    void closingEndsAllWhoWait() throws Exception {
        List<Call> calls = new ArrayList<>();
        MemoryFile.Open[] opened = new MemoryFile.Open[1];
        try (MemoryFile.Open open = stalledGrid()) {
            opened[0] = open;
            for (int i = 0; i < 16; i++) {
                calls.add(start(open, "/grid"));
            }
            Eventually.holds(() -> PieceFlights.of(open.file()).users() == 16 * 12);
            Eventually.holds(() -> stalled[0].waiting() == 4);
        }
        for (Call call : calls) {
            assertThrows(ReadAbortedException.class, () -> Results.only(call));
        }
        Eventually.holds(() -> PieceFlights.of(opened[0].file()).users() == 0);
        assertEquals(4, opened[0].counting().requests());
    }
}
