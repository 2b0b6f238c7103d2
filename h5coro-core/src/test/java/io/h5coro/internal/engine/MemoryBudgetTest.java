// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.MemoryRangeReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls, several files, one small budget. */
@Timeout(60)
final class MemoryBudgetTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final int LENGTH = 10_000;

    private final StalledReader[] stalled = new StalledReader[1];

    /** Element i of {@code /plain} and of {@code /chunked} (chunks of 1000, deflated) is 3 i. */
    private static MemoryFile file() {
        ByteBuffer all = ByteBuffer.allocate(4 * LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < LENGTH; i++) {
            all.putInt(3 * i);
        }
        MemoryFile file = new MemoryFile();
        file.contiguous("/plain", INT, Shape.of(LENGTH), file.append(all.array()));
        file.chunked("/chunked", INT, Shape.of(LENGTH), new long[] {1000}, MemoryFile.DEFLATE);
        for (int i = 0; i < LENGTH / 1000; i++) {
            byte[] chunk = java.util.Arrays.copyOfRange(all.array(), 4000 * i, 4000 * (i + 1));
            file.chunk("/chunked", MemoryFile.deflated(chunk), 0, i).append(new byte[100]);
        }
        return file;
    }

    private static ReadOptions.Builder options(SharedMemory memory) {
        return ReadOptions.builder().decodeThreads(2).gapBytes(0).memoryBudget(memory);
    }

    private static Call start(MemoryFile.Open open, String... requests) {
        return open.start(List.of(requests).stream().map(DatasetRequest::parse).toList());
    }

    private static void assertValues(H5Array values, int from) {
        for (int i = 0; i < values.length(); i++) {
            assertEquals(3 * (from + i), values.getLong(i));
        }
    }

    private static void assertGivenBack(SharedMemory memory) throws InterruptedException {
        Eventually.holds(() -> {
            Use use = memory.use();
            return use.equals(new Use(0, 0, use.cacheBytes(), 0));
        });
    }

    /**
     * Three files, requests of which some share pieces and some do not fit beside each other.
     *
     * @param taken of the budget, so that some of the requests do not fit whatever the others do
     */
    private static void manyCalls(SharedMemory memory, int taken) throws InterruptedException {
        Random random = new Random(11);
        MemoryFile file = file();
        int right = 0;
        int refused = 0;
        assertEquals(SharedMemory.Answer.TAKEN, memory.takeResults(taken, () -> {}));
        try (MemoryFile.Open a = file.open(options(memory).build());
                MemoryFile.Open b = file.open(options(memory).build());
                MemoryFile.Open c =
                        file.open(options(memory).bytesInFlight(3000).build())) {
            List<MemoryFile.Open> files = List.of(a, b, c);
            List<Call> calls = new ArrayList<>();
            List<Integer> starts = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                int from = random.nextInt(LENGTH - 1);
                int to = from + 1 + random.nextInt(Math.min(9000, LENGTH - from));
                String slice = "[" + from + ":" + to + "]";
                calls.add(start(files.get(i % 3), (random.nextBoolean() ? "/plain" : "/chunked") + slice));
                starts.add(from);
                Use use = memory.use();
                assertTrue(use.resultBytes() + use.bytesInFlight() <= memory.bytes(), use::toString);
            }
            for (int i = 0; i < calls.size(); i++) {
                try {
                    assertValues(Results.only(calls.get(i)), starts.get(i));
                    right++;
                } catch (LimitExceededException e) {
                    assertTrue(e.getMessage().contains("memory budget"), e.getMessage());
                    refused++;
                }
            }
            memory.giveResults(taken);
            assertGivenBack(memory);
            assertTrue(memory.use().bytes() <= memory.bytes(), memory::toString);
        }
        assertEquals(new Use(0, 0, 0, 0), memory.use());
        assertTrue(taken > 0 ? right > 0 && refused > 0 : refused == 0, right + " right, " + refused + " refused");
    }

    @Test
    void manyCallsWithATinyBudgetAllEndRight() throws Exception {
        manyCalls(new SharedMemory(50_000, WhenFull.WAIT), 0);
    }

    @Test
    void manyCallsWithATinyBudgetEndRightOrAreRefused() throws Exception {
        manyCalls(new SharedMemory(50_000, WhenFull.FAIL), 20_000);
    }

    @Test
    void aCallThatCanNeverFitFailsAtOnce() throws Exception {
        for (WhenFull whenFull : WhenFull.values()) {
            SharedMemory memory = new SharedMemory(40_000, whenFull);
            try (MemoryFile.Open open = file().open(options(memory).build())) {
                LimitExceededException e =
                        assertThrows(LimitExceededException.class, () -> Results.only(start(open, "/plain")));
                assertTrue(e.getMessage().contains("memory budget of 40000 bytes has 30000"), e.getMessage());
                Call two = start(open, "/plain[0:5000]", "/chunked[0:5000]");
                two.awaitOutcomes(2, 20_000_000_000L);
                long failed = List.of(two.outcome(0), two.outcome(1)).stream()
                        .filter(outcome -> outcome.failure() instanceof LimitExceededException)
                        .count();
                assertEquals(1, failed);
                assertGivenBack(memory);
            }
        }
    }

    @Test
    void aStoredChunkThatNeedsMoreThanCanBeInFlightFailsAtOnce() throws Exception {
        byte[] noise = new byte[40_000];
        new Random(1).nextBytes(noise);
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(10_000), new long[] {10_000}, MemoryFile.DEFLATE);
        file.chunk("/a", MemoryFile.deflated(noise), 0, 0);
        SharedMemory small = new SharedMemory(100_000, WhenFull.WAIT);
        try (MemoryFile.Open open = file.open(options(small).build())) {
            LimitExceededException e =
                    assertThrows(LimitExceededException.class, () -> Results.only(start(open, "/a[0:1]")));
            assertTrue(e.getMessage().contains("requested together"), e.getMessage());
            assertTrue(e.getMessage().contains("/a"), e.getMessage());
            assertEquals(0, open.counting().requests());
            assertGivenBack(small);
        }
        SharedMemory enough = new SharedMemory(400_000, WhenFull.WAIT);
        try (MemoryFile.Open open = file.open(options(enough).build())) {
            assertEquals(10_000, Results.only(start(open, "/a")).length());
            assertGivenBack(enough);
        }
    }

    @Test
    void aCallWaitsForRoomUntilItIsCancelledOrItsDeadlinePasses() throws Exception {
        SharedMemory memory = new SharedMemory(60_000, WhenFull.WAIT);
        ReadOptions hasty = options(memory).deadline(Duration.ofMillis(100)).build();
        MemoryFile file = file();
        try (MemoryFile.Open open =
                        file.open(options(memory).build(), reader -> stalled[0] = new StalledReader(reader));
                MemoryFile.Open other = file.open(hasty)) {
            Call first = start(open, "/plain");
            Eventually.holds(() -> stalled[0].waiting() > 0);
            Call second = start(open, "/plain[0:9000]");
            Eventually.holds(() -> memory.use().waitingCalls() == 1);
            Call third = start(other, "/plain[0:9000]");
            assertTrue(assertThrows(ReadAbortedException.class, () -> Results.only(third))
                    .getMessage()
                    .contains("deadline"));
            Eventually.holds(() -> memory.use().waitingCalls() == 1);
            second.cancel();
            assertThrows(ReadAbortedException.class, () -> Results.only(second));
            // The third may have come to wait after its deadline, and leaves at once then.
            Eventually.holds(() -> memory.use().waitingCalls() == 0);
            Call fourth = start(open, "/plain[1000:9000]");
            Eventually.holds(() -> memory.use().waitingCalls() == 1);
            Eventually.holds(() -> {
                boolean unused = stalled[0].release();
                return first.future("/plain").isDone();
            });
            assertValues(Results.only(first), 0);
            Eventually.holds(() -> {
                boolean unused = stalled[0].release();
                return fourth.future(fourth.names().get(0)).isDone();
            });
            assertValues(Results.only(fourth), 1000);
            assertGivenBack(memory);
        }
    }

    @Test
    void metadataThatNobodyAskedForYetIsNotFetchedWithoutRoom() {
        SharedMemory memory = new SharedMemory(200_000, WhenFull.WAIT);
        ReadOptions options = ReadOptions.builder()
                .memoryBudget(memory)
                .blockBytes(4096)
                .firstReadBytes(100_000)
                .build();
        CountingRangeReader storage = new CountingRangeReader(MemoryRangeReader.of("memory", new byte[1 << 20]));
        RangeBlockCache roomy = new RangeBlockCache(storage, options);
        assertEquals(10, roomy.read(0, 10).length);
        assertEquals(102_400, storage.bytes());
        assertTrue(memory.takeInFlight(195_000, () -> {}));
        storage.reset();
        RangeBlockCache tight = new RangeBlockCache(storage, options);
        assertEquals(10, tight.read(0, 10).length);
        assertEquals(4096, storage.bytes());
        assertTrue(memory.use().bytes() <= memory.bytes(), memory::toString);
        roomy.close();
        tight.close();
        assertEquals(new Use(0, 195_000, 0, 0), memory.use());
    }

    @Test
    void whatCancelledAndClosedCallsHadIsGivenBack() throws Exception {
        SharedMemory memory = new SharedMemory(200_000, WhenFull.WAIT);
        try (MemoryFile.Open open =
                file().open(options(memory).build(), reader -> stalled[0] = new StalledReader(reader))) {
            Call cancelled = start(open, "/plain");
            Eventually.holds(() -> stalled[0].waiting() > 0);
            Use use = memory.use();
            assertTrue(use.resultBytes() == 40_000 && use.bytesInFlight() > 0, use::toString);
            cancelled.cancel();
            assertGivenBack(memory);
            Call unused = start(open, "/chunked");
            Eventually.holds(() -> memory.use().bytesInFlight() > 0);
        }
        Eventually.holds(() -> memory.use().equals(new Use(0, 0, 0, 0)));
    }
}
