// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class WorkingThreadsTest {
    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void aThreadThatRunsIsAtWorkUntilItWaits() throws Exception {
        worksUntilItWaits(task -> new Thread(task).start());
    }

    @Test
    void aVirtualThreadThatRunsIsAtWorkUntilItWaits() throws Exception {
        if (Runtime.version().feature() < 21) {
            return;
        }
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        worksUntilItWaits(virtual);
        virtual.shutdown();
    }

    private void worksUntilItWaits(Executor thread) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        thread.execute(() -> {
            begun.countDown();
            while (!over.get()) {
                Thread.onSpinWait();
            }
            awaitEnd();
        });
        try {
            begun.await();
            for (int i = 0; i < 20; i++) {
                assertTrue(WorkingThreads.any());
            }
            over.set(true);
            Eventually.holds(() -> !WorkingThreads.any());
        } finally {
            over.set(true);
            end.countDown();
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aServerThatWaitsForRequestsIsNot() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x", new byte[10]);
                RangeReader reader = Storages.open(server.uri("/x"), StorageOptions.none())) {
            RangeReaderContract.get(reader.read(new ByteRange(0, 10)));
            assertTrue(server.openConnections() > 0);
            Eventually.holds(() -> !WorkingThreads.any());
        }
    }
}
