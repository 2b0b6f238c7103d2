// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.StorageException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a series holds while its caller takes no file. */
@Timeout(120)
final class FileSeriesHoldsTest {
    private static final List<DatasetRequest> CONTIGUOUS = List.of(DatasetRequest.of("/contiguous"));

    private final StoredFiles files = new StoredFiles();

    private FileSeries.Options options(MemoryBudget memory) {
        ReadOptions read = ReadOptions.builder()
                .firstReadBytes(512)
                .blockBytes(512)
                .gapBytes(0)
                .memoryBudget(memory)
                .build();
        return FileSeries.Options.defaults().withRead(read).withOpener(files);
    }

    /** Checks that values are the 2500 rows of part 0. */
    private static void assertRows(H5Array values) {
        int columns = values.length() / 2500;
        assertEquals(2500L * columns, values.length());
        for (int i = 0; i < values.length(); i++) {
            assertEquals(i / columns + 0.25 * (i % columns), values.getDouble(i));
        }
    }

    /** The caller waited for the first file, and then was given the second: nobody takes the first meanwhile. */
    @Test
    void aFileThatWasWaitedForInVainLeavesItsMemoryToACallInTheLoop() throws Exception {
        // 1,200,000 bytes are for results: what the call in the loop needs.
        MemoryBudget small = H5Coro.memoryBudget(1_600_000, WhenFull.WAIT);
        List<DatasetRequest> large = IntStream.range(0, 20)
                .mapToObj(i -> DatasetRequest.of("/chunked").named("large" + i))
                .toList();
        List<String> locations = files.copies(0, 3);
        files.holdData("copy0");
        files.holdData("copy1");
        FileSeries.Options some = options(small).asTheyCome();
        try (FileSeries series = H5Coro.series(locations.subList(0, 2), CONTIGUOUS, some);
                H5Coro other = H5Coro.owned("copy2", "copy2", files, some.read(), name -> {
                    throw new AssertionError(name);
                })) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            FutureTask<FileSeries.Entry> taking = new FutureTask<>(entries::next);
            Thread caller = new Thread(taking, "caller");
            caller.start();
            // Both have the memory of their results once they ask for data; the caller waits for the first.
            Eventually.holds(() -> files.waiting("copy0") > 0 && files.waiting("copy1") > 0);
            Eventually.holds(() -> caller.getState() == Thread.State.WAITING);
            files.release("copy1");
            assertEquals(1, taking.get().index());
            ReadPromise promise = other.readDatasets(large);
            Eventually.holds(() -> small.use().waitingCalls() == 1);
            files.release("copy0");
            assertTrue(promise.await(Duration.ofSeconds(60)), small::toString);
            assertRows(promise.get("large0"));
            assertRows(entries.next().get("/contiguous"));
            assertEquals(1, files.opened("copy0"));
        }
        Eventually.holds(() -> small.use().equals(new Use(0, 0, 0, 0)));
    }

    @Test
    void filesThatFailAreNotAllAheadOfACallerWhoTakesNone() throws Exception {
        int all = 2500;
        int most = 1024;
        AtomicInteger opened = new AtomicInteger();
        FileSeries.Options some = options(H5Coro.memoryBudget(8 << 20, WhenFull.WAIT))
                .withOpener(at -> {
                    opened.incrementAndGet();
                    throw new StorageException(StorageException.Kind.NOT_FOUND, at);
                });
        List<String> locations =
                IntStream.range(0, all).mapToObj(i -> "none" + i).toList();
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, some)) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            for (int taken = 1; taken <= all; taken++) {
                assertInstanceOf(
                        NotFoundException.class, entries.next().failure().get());
                if (taken == 1) {
                    Eventually.holds(() -> opened.get() == 1 + most);
                }
                int seen = opened.get();
                assertTrue(seen <= taken + most, seen + " opened, " + taken + " taken");
            }
            assertEquals(all, opened.get());
        }
    }
}
