// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.file.Means;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class H5FilesTest {
    private static final byte[] FILE = Fixtures.bytes("chunk_indexes_v200");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<CountingRangeReader> opened = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicLong clock = new AtomicLong();
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    private volatile StorageException.Kind failure;

    /** The fixture, whatever its name is; answers when the gate is open, or fails. */
    private final class Gated extends ForwardingRangeReader {
        Gated(String location) {
            super(MemoryRangeReader.of(location, FILE));
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            asked.countDown();
            StorageException.Kind now = failure;
            return ranges.stream()
                    .map(range -> gate.thenCompose(open -> now == null
                            ? delegate().read(range)
                            : CompletableFuture.failedFuture(new StorageException(now, "scripted"))))
                    .toList();
        }
    }

    private H5Files files(int idle) {
        return new H5Files(
                Means.of(ReadOptions.builder()
                        .firstReadBytes(512)
                        .blockBytes(512)
                        .build()),
                location -> {
                    CountingRangeReader reader = new CountingRangeReader(new Gated(location));
                    opened.add(reader);
                    return reader;
                },
                idle,
                MINUTE,
                clock::get);
    }

    private long open() {
        return opened.stream().filter(reader -> !reader.isClosed()).count();
    }

    @Test
    void closingEndsAnOpenThatWaitsForTheStorage() throws Exception {
        gate = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            H5Files files = files(1);
            Future<H5Coro> first = threads.submit(() -> files.open("a"));
            Future<H5Coro> second = threads.submit(() -> files.open("a"));
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            files.close();
            for (Future<H5Coro> opening : List.of(first, second)) {
                ExecutionException failure =
                        assertThrows(ExecutionException.class, () -> opening.get(20, TimeUnit.SECONDS));
                assertInstanceOf(ReadAbortedException.class, failure.getCause());
            }
            assertEquals(0, open());
        } finally {
            threads.shutdownNow();
            gate.complete(null);
        }
    }

    @Test
    void oneObjectOpenedByManyAtOnceCostsItsRequestsOnce() throws Exception {
        try (H5Files files = files(1);
                H5Coro alone = files.open("alone")) {
            assertFalse(alone.root().links().isEmpty());
        }
        int requests = opened.get(0).requests();
        gate = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(64);
        CountDownLatch ready = new CountDownLatch(64);
        try (H5Files files = files(1)) {
            List<Future<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                tasks.add(threads.submit(() -> {
                    ready.countDown();
                    try (H5Coro file = files.open("shared")) {
                        return file.root().links().size();
                    }
                }));
            }
            ready.await();
            gate.complete(null);
            for (Future<Integer> task : tasks) {
                assertTrue(task.get(30, TimeUnit.SECONDS) > 0);
            }
            assertEquals(2, opened.size());
            assertEquals(requests, opened.get(1).requests());
            assertEquals(1, files.openFiles());
            assertFalse(opened.get(1).isClosed());
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, open());
    }

    @Test
    void keepsTheIdleFilesThatWereUsedLast() {
        try (H5Files files = files(2)) {
            for (String location : List.of("a", "b", "c", "a", "d")) {
                clock.incrementAndGet();
                try (H5Coro file = files.open(location)) {
                    file.root();
                }
            }
            // a and b are kept; c pushes a out, a pushes b out, d pushes c out.
            assertEquals(5, opened.size());
            assertEquals(2, files.openFiles());
            files.open("a").close();
            files.open("d").close();
            assertEquals(5, opened.size());
            assertEquals(2, open());
        }
    }

    @Test
    void anIdleFileIsOpenedAgainWhenItIsOld() {
        try (H5Files files = files(2)) {
            H5Coro first = files.open("a");
            clock.addAndGet(MINUTE.toNanos());
            files.open("a").close();
            assertEquals(1, opened.size(), "used all the time");
            first.close();
            first.close();
            assertEquals(0, open(), "given back when it was old");
            files.open("a").close();
            assertEquals(2, opened.size());
            clock.addAndGet(MINUTE.toNanos() - 1);
            files.open("a").close();
            assertEquals(2, opened.size());
            clock.incrementAndGet();
            files.open("a").close();
            assertEquals(3, opened.size());
        }
    }

    @Test
    void aChangedObjectIsOpenedAgainAndTheOldOneClosedAfterItsLastUser() {
        try (H5Files files = files(2)) {
            H5Coro old = files.open("a");
            failure = StorageException.Kind.CHANGED;
            assertThrows(ObjectChangedException.class, () -> old.list("/"));
            failure = null;
            try (H5Coro fresh = files.open("a")) {
                assertFalse(fresh.root().links().isEmpty());
                assertEquals(2, files.openFiles());
                assertFalse(opened.get(0).isClosed());
                old.close();
                assertTrue(opened.get(0).isClosed());
            }
            assertEquals(1, files.openFiles());
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsNotKept() {
        try (H5Files files = files(2)) {
            failure = StorageException.Kind.NOT_FOUND;
            assertThrows(NotFoundException.class, () -> files.open("a"));
            assertEquals(0, files.openFiles());
            failure = null;
            files.open("a").close();
            assertEquals(1, files.openFiles());
            assertEquals(1, open());
        }
    }

    @Test
    void whenTheThreadThatOpensIsInterruptedAnotherOneOpens() throws Exception {
        gate = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (H5Files files = files(2)) {
            Future<?> first = threads.submit(() -> files.open("a"));
            asked.await();
            Future<Integer> second = threads.submit(() -> {
                try (H5Coro file = files.open("a")) {
                    return file.root().links().size();
                }
            });
            first.cancel(true);
            gate.complete(null);
            assertTrue(second.get(30, TimeUnit.SECONDS) > 0);
            assertEquals(1, files.openFiles());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingEndsAll() {
        H5Files files = files(2);
        H5Coro used = files.open("a");
        files.open("b").close();
        files.close();
        assertEquals(0, open());
        assertThrows(ReadAbortedException.class, () -> files.open("a"));
        assertThrows(ReadAbortedException.class, () -> used.read("/nothing"));
        used.close();
        assertEquals(0, files.openFiles());
    }
}
