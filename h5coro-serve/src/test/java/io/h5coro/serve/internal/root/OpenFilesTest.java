// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.H5Coro;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Open files that are shared: all that was opened is closed, also when the pool is closed at that moment. */
final class OpenFilesTest {
    private final byte[] content = Fixtures.bytes("virtual_v110");
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private static ServedFile file(String version) {
        return new ServedFile(
                "a.h5", new RemoteRoot("http://localhost/", StorageOptions.none()), 0, 0, version, ServedFile.HDF5);
    }

    /** A file whose reader is counted, and runs something when it is closed. */
    private H5Coro open(Runnable atClose) {
        opened.incrementAndGet();
        RangeReader counted = new ForwardingRangeReader(MemoryRangeReader.of("a.h5", content)) {
            @Override
            public void close() {
                super.close();
                closed.incrementAndGet();
                atClose.run();
            }
        };
        return H5Coro.open("a.h5", ReadOptions.defaults(), location -> counted, FileResolver.none());
    }

    private void allAreClosed(int count) {
        assertEquals(count, opened.get(), "opened");
        assertEquals(count, closed.get(), "closed");
    }

    @Test
    void requestsShareAFileAndANewVersionIsOpenedAgain() {
        try (OpenFiles files = new OpenFiles(file -> open(() -> {}), System::nanoTime)) {
            OpenFiles.Lease first = files.open(file("1"));
            OpenFiles.Lease second = files.open(file("1"));
            assertEquals(1, opened.get());
            OpenFiles.Lease other = files.open(file("2"));
            assertEquals(2, opened.get());
            first.close();
            assertEquals(0, closed.get(), "closed while it is used");
            second.close();
            assertEquals(1, closed.get());
            other.close();
        }
        allAreClosed(2);
    }

    /** The request has its place in the pool already: the file of the version before is being closed for it. */
    @Test
    void aFileThatARequestIsAboutToOpenIsNotOpenedOnceThePoolIsClosed() {
        OpenFiles[] files = new OpenFiles[1];
        files[0] = new OpenFiles(file -> open(() -> files[0].close()), System::nanoTime);
        files[0].open(file("1")).close();
        assertThrows(ReadAbortedException.class, () -> files[0].open(file("2")));
        allAreClosed(1);
        assertEquals(0, files[0].size());
    }

    @Test
    void aFileWhoseOpeningIsUnderWayIsClosedWithThePool() throws InterruptedException, ExecutionException {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        OpenFiles files = new OpenFiles(
                file -> {
                    opening.countDown();
                    await(goOn);
                    return open(() -> {});
                },
                System::nanoTime);
        CompletableFuture<Void> request =
                CompletableFuture.runAsync(() -> files.open(file("1")).close());
        await(opening);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(files::close);
        goOn.countDown();
        closing.get();
        // It either has the file, which is closed under its hands, or comes too late for it.
        request.handle((nothing, failure) -> nothing).get();
        allAreClosed(1);
    }

    @Test
    void aClosedPoolOpensNothing() {
        OpenFiles files = new OpenFiles(file -> open(() -> {}), System::nanoTime);
        OpenFiles.Lease used = files.open(file("1"));
        files.close();
        files.close();
        assertThrows(ReadAbortedException.class, () -> files.open(file("1")));
        used.close();
        allAreClosed(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
