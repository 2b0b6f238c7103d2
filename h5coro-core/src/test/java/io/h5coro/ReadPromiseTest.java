// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.internal.engine.MemoryFile;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReadPromiseTest {
    private static final IntegerType BYTE = IntegerType.of(1, Order.LITTLE_ENDIAN, true);
    private static final ReadOptions ONE_THREAD =
            ReadOptions.builder().decodeThreads(1).build();

    private MemoryFile file;
    private MemoryFile.Open open;

    @BeforeEach
    void openFile() {
        file = new MemoryFile();
        long address = file.append(new byte[] {1, 2, 3});
        file.contiguous("/a", BYTE, Shape.of(3), address);
        file.contiguous("/b", BYTE, Shape.of(2), address + 1);
        open = file.open(ONE_THREAD);
    }

    @AfterEach
    void closeFile() {
        open.close();
    }

    private ReadPromise read(String... paths) {
        return read(open, paths);
    }

    private static ReadPromise read(MemoryFile.Open from, String... paths) {
        return new ReadPromise(
                from.start(List.of(paths).stream().map(DatasetRequest::of).toList()), "memory");
    }

    @Test
    void givesResultsByName() {
        ReadPromise promise = read("/a", "/b");
        assertEquals(List.of("/a", "/b"), promise.names());
        assertEquals(3, promise.get("/a").getLong(2));
        assertEquals(3, promise.get("/b", Duration.ofSeconds(20)).getLong(1));
        assertSame(promise.get("/a"), promise.get("/a"));
        assertTrue(promise.statistics().requests() > 0);
    }

    @Test
    void requestsWithoutANameNeverClash() {
        DatasetRequest first = DatasetRequest.of("/a", Hyperslab.of(Range.at(0)));
        DatasetRequest last = DatasetRequest.of("a", Hyperslab.of(Range.at(2)));
        DatasetRequest again = DatasetRequest.of("/a", Hyperslab.of(Range.at(1)));
        ReadPromise promise = new ReadPromise(open.start(List.of(first, last, again)), "memory");
        assertEquals(
                1,
                promise.get(DatasetRequest.of("/a", Hyperslab.of(Range.at(0)))).getLong(0));
        assertEquals(3, promise.get(last).getLong(0));
        assertEquals(2, promise.future(again).join().getLong(0));
        assertEquals(List.of("/a (1)", "a", "/a (2)"), promise.names());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> promise.get("/a"));
        assertTrue(e.getMessage().contains("/a (1)"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> promise.get(DatasetRequest.of("/b")));
    }

    @Test
    void givenNamesThatClashAreRefusedAtTheCall() {
        DatasetRequest a = DatasetRequest.of("/a");
        DatasetRequest b = DatasetRequest.of("/b");
        for (List<DatasetRequest> requests : List.of(
                List.of(a.named("x"), b.named("x")),
                List.of(a, b.named("/a")),
                List.of(a, a),
                List.of(DatasetRequest.of("/a", Hyperslab.all()), a, b.named("/a (1)")))) {
            assertThrows(SelectionException.class, () -> open.start(requests));
        }
        ReadPromise promise = new ReadPromise(open.start(List.of(a.named("x"), b)), "memory");
        assertEquals(3, promise.get(a.named("x")).length());
        assertThrows(IllegalArgumentException.class, () -> promise.get(a));
    }

    /** As long as they share threads with other work, ten are enough to hold everything up. */
    @Test
    void callbacksThatBlockDelayNoOtherResult() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        List<CompletableFuture<Void>> blocked = new ArrayList<>();
        // Chained before there is a result: what is chained to one that is there runs at once, on the thread that
        // chains.
        try (MemoryFile.Open gated = file.open(ONE_THREAD, reader -> new Gated(reader, gate))) {
            for (int i = 0; i < 10; i++) {
                blocked.add(read(gated, "/a").future("/a").thenAccept(array -> never.join()));
            }
            gate.complete(null);
            assertEquals(3, read(gated, "/a").get("/a").getLong(2));
            CompletableFuture<Long> other = read(gated, "/b").future("/b").thenApply(array -> array.getLong(1));
            assertEquals(3, other.get(20, TimeUnit.SECONDS));
            assertTrue(blocked.stream().noneMatch(CompletableFuture::isDone));
            never.complete(null);
            // Before the file is closed, which aborts reads that have not ended.
            CompletableFuture.allOf(blocked.toArray(new CompletableFuture<?>[0]))
                    .get(20, TimeUnit.SECONDS);
        } finally {
            never.complete(null);
        }
    }

    @Test
    void throwsTheFailureItself() {
        ReadPromise promise = read("/a", "/none");
        NotFoundException failure = assertThrows(NotFoundException.class, () -> promise.get("/none"));
        assertTrue(failure.getMessage().contains("/none"), failure.getMessage());
        CompletionException wrapped = assertThrows(
                CompletionException.class, () -> promise.future("/none").join());
        assertInstanceOf(NotFoundException.class, wrapped.getCause());
        assertEquals(3, promise.get("/a").length());
    }

    @Test
    void refusesNamesThatWereNotAskedFor() {
        ReadPromise promise = read("/a");
        assertThrows(IllegalArgumentException.class, () -> promise.get("/b"));
        assertThrows(IllegalArgumentException.class, () -> promise.future("b"));
    }

    @Test
    void noRequestsAreACompletedPromise() {
        ReadPromise promise = read();
        promise.await();
        assertFalse(promise.iterator().hasNext());
        assertEquals(List.of(), promise.names());
    }

    @Test
    void iteratesOverResultsAndFailures() {
        Set<String> succeeded = new HashSet<>();
        Set<String> failed = new HashSet<>();
        for (ReadPromise.Result result : read("/a", "/none", "/b")) {
            (result.isSuccess() ? succeeded : failed).add(result.name());
            assertEquals(result.isSuccess(), result.failure().isEmpty());
            if (!result.isSuccess()) {
                assertThrows(NotFoundException.class, result::array);
            }
        }
        assertEquals(Set.of("/a", "/b"), succeeded);
        assertEquals(Set.of("/none"), failed);
    }

    @Test
    void cancellingAFutureLeavesTheResult() {
        ReadPromise promise = read("/a");
        assertTrue(promise.future("/a").cancel(true) || promise.await(Duration.ofSeconds(20)));
        assertEquals(3, promise.get("/a").length());
        assertEquals(3, promise.future("/a").join().length());
    }

    @Test
    void waitingInAChainDoesNotBlockTheOnlyDecodingThread() throws Exception {
        ReadPromise promise = read("/a", "/b");
        CompletableFuture<Long> sum = promise.future("/a")
                .thenApply(a -> a.getLong(0) + promise.get("/b").getLong(0));
        CompletableFuture<Long> mirrored = promise.future("/b")
                .thenApply(b -> b.getLong(0) + promise.get("/a").getLong(0));
        assertEquals(3, sum.get(20, TimeUnit.SECONDS));
        assertEquals(3, mirrored.get(20, TimeUnit.SECONDS));
    }

    /** Never answers. */
    private static final class Silent extends ForwardingRangeReader {
        Silent(RangeReader delegate) {
            super(delegate);
        }

        @Override
        public String source() {
            return "silent";
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return ranges.stream().map(range -> new CompletableFuture<byte[]>()).toList();
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.LOCAL;
        }

        @Override
        public void close() {}
    }

    @Test
    void waitsNoLongerThanTold() {
        try (MemoryFile.Open silent = file.open(ONE_THREAD, Silent::new)) {
            ReadPromise promise = read(silent, "/a");
            ReadAbortedException late =
                    assertThrows(ReadAbortedException.class, () -> promise.get("/a", Duration.ofMillis(20)));
            assertTrue(late.getMessage().contains("/a"), late.getMessage());
            assertFalse(promise.await(Duration.ofMillis(20)));
            promise.cancel();
            promise.cancel();
            promise.await();
            assertThrows(ReadAbortedException.class, () -> promise.get("/a"));
        }
    }

    @Test
    void interruptedWaitKeepsTheFlag() {
        try (MemoryFile.Open silent = file.open(ONE_THREAD, Silent::new)) {
            ReadPromise promise = read(silent, "/a");
            Thread.currentThread().interrupt();
            assertThrows(ReadAbortedException.class, () -> promise.get("/a"));
            assertTrue(Thread.interrupted());
            Thread.currentThread().interrupt();
            assertThrows(ReadAbortedException.class, promise::await);
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void resultsAreArraysOfTheRequestedShape() {
        H5Array array = read("/b").get("/b");
        assertEquals(Shape.of(2), array.shape());
        assertEquals(BYTE, array.type());
    }

    /** Answers once a gate is open. */
    private static final class Gated extends ForwardingRangeReader {
        private final CompletableFuture<Void> gate;

        Gated(RangeReader reader, CompletableFuture<Void> gate) {
            super(reader);
            this.gate = gate;
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return delegate().read(ranges).stream()
                    .map(answer -> gate.thenCombine(answer, (open, bytes) -> bytes))
                    .toList();
        }
    }
}
