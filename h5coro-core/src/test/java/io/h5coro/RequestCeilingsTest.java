// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.StringArray;
import io.h5coro.model.WalkOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.WaveRangeReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What reading slices, points and whole datasets of files of 26 to 260 MB costs in an object store (60 ms, 90 MB/s a
 * connection): no more than the ceilings, and no less than the file forces, or the count is wrong. Values are compared
 * with libhdf5's on the way. What one of a million chunks costs: {@code IndexCostTest}.
 */
@Timeout(180)
final class RequestCeilingsTest {
    /** Requests are counted: on a busy machine, one that waits for its turn would be sent twice. */
    private static final ReadOptions DEFAULTS =
            ReadOptions.builder().resultBytes(1 << 30).hedgeAfter(Duration.ZERO).build();

    /** For one who pays for bytes rather than for round trips. */
    private static final ReadOptions FRUGAL = ReadOptions.builder()
            .blockBytes(32 << 10)
            .firstReadBytes(64 << 10)
            .resultBytes(1 << 30)
            .hedgeAfter(Duration.ZERO)
            .build();

    /**
     * A row of the table below.
     *
     * @param leastWaves what the file forces: the open and the data, and where metadata are scattered a pointer between
     *     them
     */
    private record Cost(String file, String task, int leastWaves, int waves, int requests, double megabytes) {
        @Override
        public String toString() {
            return file + " " + task;
        }
    }

    private static Stream<Cost> ceilings() {
        return Stream.of(
                // Chunks of 10,000 photons, metadata scattered over the file.
                new Cost("granule_original", "slice", 3, 6, 24, 10.5),
                new Cost("granule_original", "point", 3, 5, 24, 4),
                new Cost("granule_original", "tiny", 1, 1, 4, 2),
                new Cost("granule_original", "beam", 3, 7, 40, 30),
                new Cost("granule_original", "all", 3, 6, 150, 1.1 * 138.8),
                // Chunks of 100,000 photons, metadata in pages at the start.
                new Cost("granule_cloud", "slice", 2, 2, 24, 12),
                new Cost("granule_cloud", "point", 2, 2, 24, 12),
                new Cost("granule_cloud", "tiny", 1, 2, 4, 2),
                new Cost("granule_cloud", "beam", 2, 2, 40, 32),
                new Cost("granule_cloud", "all", 2, 4, 150, 1.1 * 138.6),
                // One dataset of 20 x 4 x 6 chunks.
                new Cost("climate", "map", 2, 3, 6, 5),
                new Cost("climate", "series", 2, 3, 40, 5),
                new Cost("climate", "box", 2, 3, 24, 6),
                // Three chunks of 2 MB, three groups down, each of which has its names elsewhere.
                new Cost("air", "window", 3, 5, 24, 9));
    }

    private static Stream<Cost> frugalCeilings() {
        return Stream.of(
                new Cost("granule_original", "point", 3, 7, 24, 2), new Cost("granule_cloud", "point", 2, 5, 24, 2));
    }

    @ParameterizedTest
    @MethodSource("ceilings")
    void costsNoMoreThanItsCeilingAndNoLessThanTheFileForces(Cost ceiling) throws IOException {
        costs(ceiling, DEFAULTS);
    }

    @ParameterizedTest
    @MethodSource("frugalCeilings")
    void readsAPointWithFewBytesWhereTheOptionsSaySo(Cost ceiling) throws IOException {
        costs(ceiling, FRUGAL);
    }

    private static void costs(Cost ceiling, ReadOptions options) throws IOException {
        LargeFile large = new LargeFile(ceiling.file());
        List<LargeFile.Line> task = large.task(ceiling.task());
        long stored = task.stream().mapToLong(LargeFile.Line::stored).sum();
        try (CountingRangeReader counting = new CountingRangeReader(large.open());
                WaveRangeReader reader = new WaveRangeReader(counting);
                H5Coro file = H5Coro.open(reader, options)) {
            read(file, task);
            int waves = reader.waves();
            int requests = counting.requests();
            double megabytes = counting.bytes() / 1e6;
            ReadStatistics first = file.statistics();
            read(file, task);
            assertAll(
                    () -> between(ceiling.leastWaves(), waves, ceiling.waves(), "waves"),
                    () -> between(ceiling.leastWaves(), requests, ceiling.requests(), "requests"),
                    () -> between(stored / 1e6, megabytes, ceiling.megabytes(), "MB"),
                    () -> assertEquals(stored, first.bytesWanted(), "stored bytes, as libhdf5 says"),
                    () -> assertEquals(requests, first.requests()),
                    () -> assertEquals(
                            first.metadataRequests(), file.statistics().metadataRequests(), "second read"),
                    () -> between(0, reader.waves() - waves, wavesOfData(requests), "waves of the second read"),
                    () -> between(0, counting.requests() - requests, requests, "requests of the second read"));
        }
    }

    /** Values are fetched where they are expected only when they are to be read. */
    @Test
    void sayingWhatAReadWouldFetchFetchesNoValues() throws IOException {
        LargeFile large = new LargeFile("granule_original");
        try (CountingRangeReader counting = new CountingRangeReader(large.open());
                H5Coro file = H5Coro.open(counting, DEFAULTS)) {
            ReadPlan plan = file.explain(LargeFile.requests(large.task("slice")));
            between(6.5, plan.bytesWanted() / 1e6, 7.1, "MB to be read");
            between(1, counting.bytes() / 1e6, 2.5, "MB");
        }
    }

    /** Three levels of groups and the datasets below them, whose headers are scattered over 250 MB. */
    @Test
    void walksAGranuleALevelAtATime() throws IOException {
        LargeFile large = new LargeFile("granule_original");
        try (CountingRangeReader counting = new CountingRangeReader(large.open());
                WaveRangeReader reader = new WaveRangeReader(counting);
                H5Coro file = H5Coro.open(reader, DEFAULTS)) {
            long datasets = file.walk("/", Integer.MAX_VALUE)
                    .filter(member -> member.object().orElse(null) instanceof Dataset)
                    .count();
            assertEquals(264, datasets);
            between(3, reader.waves(), 6, "waves");
            between(20, counting.requests(), 60, "requests");
            between(2, counting.bytes() / 1e6, 12, "MB");
        }
    }

    /** 3,316 texts, in heap collections of 4 KiB that are spread over the file: blocks of 8 KiB hold one or two. */
    @Test
    void whatTheAttributesOfACallReferToComesTogether() throws IOException {
        ReadOptions small = ReadOptions.builder().blockBytes(8 << 10).build();
        try (WaveRangeReader reader = new WaveRangeReader(new LargeFile("lidar").open());
                H5Coro file = H5Coro.open(reader, small)) {
            List<DatasetRequest> requests = new ArrayList<>();
            file.root()
                    .walk(WalkOptions.all().with(WalkOptions.Detail.ATTRIBUTES))
                    .forEach(member -> member.attributes()
                            .forEach(attribute -> requests.add(member.object()
                                    .orElseThrow()
                                    .attributeRequest(attribute.name())
                                    .named(Integer.toString(requests.size())))));
            assertEquals(4 * (1 + 6 * 23 * 6), requests.size());
            reader.reset();
            ReadPromise promise = file.readDatasets(requests);
            String text = "text ".repeat(10);
            long texts = requests.stream()
                    .filter(request -> ((StringArray) promise.get(request.name()))
                            .getString(0)
                            .equals(text))
                    .count();
            assertEquals(4 * 6 * 23 * 6, texts);
            between(1, reader.waves(), 2, "waves");
            between(5, reader.requests(), 60, "requests");
        }
    }

    /** Requests that wait for no other wait for a connection all the same. */
    private static int wavesOfData(int requests) {
        return 1 + requests / StorageProfile.REMOTE.connections();
    }

    private static void between(double least, double found, double most, String what) {
        assertTrue(least <= found && found <= most, () -> found + " " + what + ", expected " + least + " to " + most);
    }

    private static void read(H5Coro file, List<LargeFile.Line> task) {
        ReadPromise promise = file.readDatasets(LargeFile.requests(task));
        for (LargeFile.Line line : task) {
            assertEquals(line.crc(), LargeFile.crc(promise.get(line.request())), line.request());
        }
    }
}
