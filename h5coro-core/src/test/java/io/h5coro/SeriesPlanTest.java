// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.SeriesPlan;
import io.h5coro.model.SeriesPlan.FilePlan;
import io.h5coro.storage.ByteRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many files would cost together, without reading data. */
@Timeout(120)
final class SeriesPlanTest {
    private static final List<DatasetRequest> BOTH =
            List.of(DatasetRequest.of("/contiguous"), DatasetRequest.of("/chunked"));

    private final StoredFiles files = new StoredFiles();

    private FileSeries.Options options() {
        ReadOptions read = ReadOptions.builder()
                .firstReadBytes(512)
                .blockBytes(512)
                .gapBytes(0)
                .build();
        return FileSeries.Options.defaults().withRead(read).withOpener(files);
    }

    @Test
    void theSumIsWhatTheIterationThenSends() {
        List<String> locations = files.parts();
        try (FileSeries series = H5Coro.series(locations, BOTH, options())) {
            SeriesPlan plan = series.explain();
            assertEquals(
                    locations, plan.files().stream().map(FilePlan::location).toList());
            long explained = 0;
            for (String location : locations) {
                explained += files.ranges(location).size();
            }
            long data = 0;
            for (FilePlan file : plan.files()) {
                data += file.plan().orElseThrow().requestCount();
            }
            assertTrue(data >= 4, data + " requests for data");
            assertEquals(plan.requests() - data, explained, "no data are read for a plan");

            series.forEach(file -> file.promise().await());
            long requests = -explained;
            long bytes = 0;
            for (int i = 0; i < locations.size(); i++) {
                List<ByteRange> ranges = files.ranges(locations.get(i));
                requests += ranges.size();
                bytes += ranges.stream().mapToLong(ByteRange::length).sum();
                assertTrue(plan.files().get(i).waves() >= 3, plan.files().get(i)::toString);
            }
            assertEquals(requests, plan.requests());
            assertTrue(plan.bytesFetched() <= bytes, plan + " of " + bytes);
            assertTrue(plan.bytesFetched() >= plan.bytesWanted() && plan.bytesWanted() > 10_000, plan::toString);
            assertEquals(plan.files().stream().mapToLong(FilePlan::waves).sum(), plan.waves());
            assertEquals(0, plan.bytesCached());
            assertTrue(plan.failures().isEmpty());
            assertTrue(plan.time().compareTo(plan.files().get(0).time()) > 0);
        }
    }

    @Test
    void aFailureConcernsItsFile() {
        List<String> locations = new ArrayList<>(files.copies(0, 3));
        files.put("broken", new byte[4096]);
        locations.add(1, "broken");
        locations.add("absent");
        List<DatasetRequest> requests = List.of(DatasetRequest.of("/contiguous"), DatasetRequest.of("/none"));
        try (FileSeries series = H5Coro.series(locations, requests, options())) {
            SeriesPlan plan = series.explain();
            assertEquals(
                    List.of("broken", "absent"),
                    plan.failures().stream().map(FilePlan::location).toList());
            assertInstanceOf(
                    MalformedFileException.class, plan.files().get(1).failure().orElseThrow());
            assertEquals(0, plan.files().get(1).requests());
            ReadPlan first = plan.files().get(0).plan().orElseThrow();
            assertEquals(1, first.datasets().size());
            assertInstanceOf(NotFoundException.class, first.failures().get(0).failure());
            assertEquals(plan.requests(), 3 * plan.files().get(0).requests());
            assertTrue(plan.toString().startsWith("5 files, 2 failed: "), plan::toString);
        }
    }

    @Test
    void aFunctionSaysWhatToReadOfEachFile() {
        List<String> locations = files.copies(0, 2);
        try (FileSeries series = H5Coro.series(
                locations,
                file -> {
                    if (file.root().links().isEmpty()) {
                        throw new AssertionError();
                    }
                    return List.of(DatasetRequest.parse("/contiguous[0:10]"));
                },
                options())) {
            SeriesPlan plan = series.explain();
            assertEquals(
                    "/contiguous[0:10]",
                    plan.files().get(1).plan().orElseThrow().datasets().get(0).name());
        }
    }

    /** Where the function waits for metadata, as it may, the other files need not wait for its file. */
    @Test
    void theNextFileIsAskedOnceTheFirstIsOpen() {
        CountDownLatch second = new CountDownLatch(1);
        List<String> locations = files.copies(0, 3);
        try (FileSeries series = H5Coro.series(
                locations,
                file -> {
                    if (file.info().source().equals(locations.get(0))) {
                        await(second);
                    }
                    second.countDown();
                    return BOTH;
                },
                options())) {
            assertEquals(List.of(), series.explain().failures());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ofAClosedSeriesThereIsNoPlan() {
        FileSeries series = H5Coro.series(files.copies(0, 2), BOTH, options());
        series.close();
        assertThrows(ReadAbortedException.class, series::explain);
    }

    @Test
    void aFileHasAPlanOrAFailure() {
        ReadPlan.Metadata opened = new ReadPlan.Metadata(1, 2, 3);
        assertThrows(
                IllegalArgumentException.class, () -> new FilePlan("x", opened, Optional.empty(), Optional.empty()));
        FilePlan failed = new FilePlan("x", opened, Optional.empty(), Optional.of(new IllegalStateException("no")));
        assertEquals("java.lang.IllegalStateException: no", failed.toString());
        assertEquals(Duration.ZERO, failed.time());
    }
}
