// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadPlan.Conditions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plan is what the read that follows does, and no data are read for it. */
@Timeout(60)
final class ExplainTest {
    private static final ReadOptions SMALL_BLOCKS = ReadOptions.builder()
            .firstReadBytes(16 << 10)
            .blockBytes(4 << 10)
            .gapBytes(4 << 10)
            .build();

    /**
     * Stored bytes of the 6 datasets of a beam as h5py's {@code get_storage_size} gives them, less what came with
     * metadata, are the floor of a plan of all of them.
     */
    private static final long BEAM_STORED = 117_799;

    private static final List<String> BEAM =
            List.of("delta_time", "lat_ph", "lon_ph", "h_ph", "signal_conf_ph", "quality_ph");

    private static List<DatasetRequest> beam(String slice) {
        return BEAM.stream()
                .map(name -> DatasetRequest.parse("/gt1l/heights/" + name + slice))
                .toList();
    }

    private static CountingRangeReader granule() {
        return new CountingRangeReader(MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule")));
    }

    private static void sendsWhatThePlanSays(List<DatasetRequest> requests, long leastBytes, long mostBytes) {
        try (CountingRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            ReadStatistics opened = file.statistics();
            ReadPlan plan = file.explain(requests);
            assertEquals(opened.requests() + plan.metadata().requests(), reader.requests());
            assertEquals(opened.bytesFetched() + plan.metadata().bytes(), reader.bytes());
            assertEquals(
                    opened.metadataWaves() + plan.metadata().waves(),
                    file.statistics().metadataWaves());
            assertEquals(List.of(), plan.failures());
            reader.reset();

            ReadPromise promise = file.readDatasets(requests);
            promise.names().forEach(promise::get);
            assertEquals(
                    plan.requests().stream()
                            .map(range -> new ByteRange(range.offset(), range.length()))
                            .toList(),
                    reader.ranges().stream().sorted(Comparator.naturalOrder()).toList());
            assertEquals(plan.bytesFetched(), reader.bytes());
            assertEquals(plan.requests().size(), promise.statistics().requests());
            assertEquals(
                    plan.datasets().stream().mapToLong(ReadPlan.Planned::chunks).sum(),
                    promise.statistics().chunks());
            assertEquals(
                    plan.datasets().stream()
                            .mapToLong(ReadPlan.Planned::bytesDecoded)
                            .sum(),
                    promise.statistics().bytesDecoded());
            assertTrue(plan.bytesFetched() >= plan.bytesWanted(), plan::toString);
            assertTrue(
                    plan.bytesWanted() + plan.bytesCached() >= leastBytes && plan.bytesFetched() <= mostBytes,
                    plan::toString);
        }
    }

    @Test
    void plansASliceAsItIsRead() {
        sendsWhatThePlanSays(beam("[100:200]"), 10_000, 60_000);
    }

    @Test
    void plansABeamAsItIsRead() {
        sendsWhatThePlanSays(beam(""), BEAM_STORED, 160_000);
    }

    @Test
    void costsAFreshReadNoMoreThanPlanAndReadTogether() {
        List<DatasetRequest> one = List.of(DatasetRequest.parse("/gt1l/heights/h_ph[5:6]"));
        ReadPlan plan;
        try (CountingRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            plan = file.explain(one);
        }
        try (CountingRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            file.read(one.get(0));
            assertEquals(
                    1 + plan.metadata().requests() + plan.requests().size(),
                    file.statistics().requests());
            assertEquals(
                    file.statistics().requests() - plan.requests().size(),
                    file.statistics().metadataRequests());
            assertEquals(1 + plan.metadata().waves(), file.statistics().metadataWaves());
        }
    }

    @Test
    void listsWhatCannotBeRead() {
        try (CountingRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            ReadPlan plan = file.explain(List.of(
                    DatasetRequest.of("/none"),
                    DatasetRequest.of("/gt1l/heights/h_ph"),
                    DatasetRequest.parse("/gt1l/heights/h_ph[0:1,0:1]")));
            assertEquals(
                    List.of("/gt1l/heights/h_ph"),
                    plan.datasets().stream().map(ReadPlan.Planned::name).toList());
            assertEquals(2, plan.failures().size());
            assertInstanceOf(NotFoundException.class, plan.failures().get(0).failure());
            assertInstanceOf(SelectionException.class, plan.failures().get(1).failure());
        }
    }

    @Test
    void refusesTwoRequestsOfOneName() {
        try (CountingRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            List<DatasetRequest> twice = List.of(DatasetRequest.of("/a"), DatasetRequest.of("/a"));
            assertThrows(SelectionException.class, () -> file.explain(twice));
        }
    }

    @Test
    void refusesAClosedFile() {
        H5Coro file = H5Coro.open(granule(), SMALL_BLOCKS);
        file.close();
        List<DatasetRequest> one = List.of(DatasetRequest.of("/a"));
        assertThrows(ReadAbortedException.class, () -> file.explain(one));
    }

    @Test
    void estimatesTimeByHand() {
        ReadPlan plan = new ReadPlan(
                List.of(),
                List.of(),
                List.of(
                        new ReadPlan.Range(0, 1_000_000),
                        new ReadPlan.Range(5_000_000, 2_000_000),
                        new ReadPlan.Range(9_000_000, 1_000_000)),
                List.of(),
                3_000_000,
                0,
                new ReadPlan.Metadata(6, 3_000_000, 3),
                new Conditions(Duration.ofMillis(60), 90_000_000, 32),
                false);
        Conditions slow = new Conditions(Duration.ofMillis(100), 10_000_000, 2);
        // First connection: 0.1 + 0.1, then the third request with 0.1 + 0.1; second: 0.1 + 0.2.
        assertEquals(0.4, plan.dataTime(slow).toNanos() / 1e9, 1e-6);
        // Three waves of two requests: 0.3, and 3 MB over two connections of 10 MB/s.
        assertEquals(0.45, plan.metadata().time(slow).toNanos() / 1e9, 1e-6);
        assertEquals(0.85, plan.time(slow).toNanos() / 1e9, 1e-6);
        assertEquals(4.0 / 3, plan.overRead(), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> new Conditions(Duration.ZERO, 0, 1));
    }
}
