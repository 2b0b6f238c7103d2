// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.Openings;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OpenAsyncTest {
    private static final Where WHERE = Where.source("x");

    private static CompletableFuture<H5Coro> open(String location) {
        return H5Coro.openAsync(location, ReadOptions.defaults(), StorageOptions.none());
    }

    @Test
    void opensManyFilesOnFewThreads() throws Exception {
        String granule = Fixtures.path("sample_granule").toString();
        List<CompletableFuture<Integer>> lengths = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lengths.add(open(granule).thenApply(file -> {
                try (file) {
                    return file.read("/gt1l/heights/h_ph").length();
                }
            }));
        }
        for (CompletableFuture<Integer> length : lengths) {
            assertEquals(7000, length.get(50, TimeUnit.SECONDS));
        }
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("h5coro-open-"))
                .count();
        assertTrue(threads <= 16, threads + " threads");
    }

    @Test
    void failsWithWhatOpenThrows() {
        ExecutionException e = assertThrows(
                ExecutionException.class, () -> open("/nowhere/x.h5").get(50, TimeUnit.SECONDS));
        assertInstanceOf(NotFoundException.class, e.getCause());
    }

    @Test
    void cancellingEndsTheOpening() throws Exception {
        CompletableFuture<byte[]> never = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        CompletableFuture<String> opening = new Openings(SharedResources.ofThisProcess())
                .start(
                        WHERE,
                        Duration.ofHours(1),
                        () -> {
                            begun.countDown();
                            try {
                                byte[] unused =
                                        Deadline.currentOr(Duration.ZERO).await(never, WHERE);
                                return "opened";
                            } catch (RuntimeException e) {
                                ended.set(e);
                                throw e;
                            } catch (ExecutionException e) {
                                throw new AssertionError(e);
                            }
                        },
                        opened -> {
                            throw new AssertionError(opened);
                        });
        begun.await();
        opening.cancel(true);
        Eventually.holds(() -> ended.get() != null);
        assertInstanceOf(ReadAbortedException.class, ended.get());
    }

    @Test
    void whatWasOpenedForACancelledFutureIsClosed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        CompletableFuture<String> opening = new Openings(SharedResources.ofThisProcess())
                .start(
                        WHERE,
                        Duration.ofHours(1),
                        () -> {
                            try {
                                go.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                            return "opened";
                        },
                        opened -> closed.incrementAndGet());
        opening.cancel(false);
        go.countDown();
        Eventually.holds(() -> closed.get() == 1);
    }
}
