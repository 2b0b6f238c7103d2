// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.H5Coro;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.machine.Machine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A task that is ended while it opens a file, for which another task waits. Found by simulated queries, seed 22. */
final class EndedOpeningTest {
    private static final ListedFile GRANULE = ListedFile.named("src/test/resources/granules/ATL03_000.h5");

    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicInteger openings = new AtomicInteger();

    /** The first opening takes until its thread is interrupted. */
    private final class Slow implements Door {
        private final Door door = Door.ofThisProcess(StorageOptions.none(), ReadOptions.defaults());

        @Override
        public Machine machine() {
            return door.machine();
        }

        @Override
        public RangeReader reader(String location) throws StorageException {
            return door.reader(location);
        }

        @Override
        public H5Coro file(ListedFile listed, SiblingFiles.Opener opener) {
            if (openings.getAndIncrement() == 0) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ReadAbortedException(Where.source("first"), "the thread was interrupted", e);
                }
            }
            return door.file(listed, opener);
        }
    }

    @Test
    void whoWaitedOpensTheFileItself() throws Exception {
        OpenFiles files = new OpenFiles(StorageOptions.none(), new Slow());
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread first = new Thread(() -> {
            try (Lease lease = files.open(GRANULE)) {
                assertThrows(ReadAbortedException.class, lease::file);
                ended.complete(null);
            } catch (Throwable e) {
                ended.completeExceptionally(e);
            }
        });
        first.start();
        begun.await();
        CompletableFuture<Long> rows = new CompletableFuture<>();
        Thread second = new Thread(() -> {
            try (Lease lease = files.open(GRANULE)) {
                rows.complete(lease.file().dataset("/gt1l/heights/h_ph").shape().dimension(0));
            } catch (Throwable e) {
                rows.completeExceptionally(e);
            }
        });
        second.start();
        while (second.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        first.interrupt();
        assertEquals(558, rows.get(1, TimeUnit.MINUTES));
        ended.get(1, TimeUnit.MINUTES);
        assertEquals(2, openings.get());
    }
}
