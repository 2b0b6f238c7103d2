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
        assertRows(0, 2500, values);
    }

    /** Checks that values are rows of part 0. */
    private static void assertRows(int first, int count, H5Array values) {
        int columns = values.length() / count;
        assertEquals((long) count * columns, values.length());
        for (int i = 0; i < values.length(); i++) {
            assertEquals(first + i / columns + 0.25 * (i % columns), values.getDouble(i));
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

    /** Where the call's results end one after the other, the last may find room as it is: so it is tried some times. */
    @Test
    void aCallThatNeedsTheMemoryGetsItAndTheFilesAreReadAgain() throws Exception {
        for (WhenFull whenFull : WhenFull.values()) {
            int again = 0;
            for (int i = 0; i < 10 && again == 0; i++) {
                again = readAgain(whenFull);
            }
            // Each of the three may have taken its memory, where the series had it back in between.
            assertTrue(again >= 1 && again <= 3, again + " times");
        }
    }

    /** How often a file was read again since a call in the loop needed its memory. */
    private int readAgain(WhenFull whenFull) throws Exception {
        MemoryBudget small = H5Coro.memoryBudget(160_000, whenFull);
        List<String> locations = files.copies(0, 6);
        // Of 80,000 bytes ahead, 60,000 are for results.
        FileSeries.Options some = options(small);
        int again;
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, some);
                H5Coro other = H5Coro.owned("copy0", "copy0", files, some.read(), name -> {
                    throw new AssertionError(name);
                })) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            assertRows(0, 2500, entries.next().get("/contiguous"));
            Eventually.holds(() -> small.use().resultBytes() == 5 * 10_000);
            int opened = files.opened("copy5");
            // 120,000 bytes are for results; this one needs three times 35,000.
            List<DatasetRequest> large = List.of(
                    DatasetRequest.parse("/chunked[0:1460]"),
                    DatasetRequest.parse("/chunked[1000:2460]"),
                    DatasetRequest.parse("/chunked[1:1461]"));
            ReadPromise promise = other.readDatasets(large);
            assertRows(0, 1460, promise.get("/chunked[0:1460]"));
            assertRows(1000, 1460, promise.get("/chunked[1000:2460]"));
            assertRows(1, 1460, promise.get("/chunked[1:1461]"));
            for (int i = 1; i < 6; i++) {
                assertRows(0, 2500, entries.next().get("/contiguous"));
            }
            again = files.opened("copy5") - opened;
        }
        Eventually.holds(() -> small.use().equals(new Use(0, 0, 0, 0)));
        files.forgetRanges();
        return again;
    }
}
