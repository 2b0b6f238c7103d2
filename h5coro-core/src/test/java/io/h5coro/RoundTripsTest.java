// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What reads of a granule cost in dependent waves, requests and bytes. Blocks of 4 KiB and a first request of 16 KiB
 * make the small sample (about 390 kB) behave as a large file does with the defaults: its metadata do not come with the
 * open.
 */
@Timeout(120)
final class RoundTripsTest {
    private static final int FIRST = 16 << 10;

    private static final ReadOptions SMALL_BLOCKS = ReadOptions.builder()
            .firstReadBytes(FIRST)
            .blockBytes(4 << 10)
            .gapBytes(4 << 10)
            .build();

    private static WaveRangeReader granule() {
        return new WaveRangeReader(MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule")));
    }

    private static void read(H5Coro file, List<DatasetRequest> requests) {
        ReadPromise promise = file.readDatasets(requests);
        promise.names().forEach(promise::get);
    }

    @Test
    void opensWithOneRequestOfTheFirstReadSize() {
        try (WaveRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            assertEquals(1, reader.waves());
            assertEquals(1, reader.requests());
            assertEquals(FIRST, reader.bytes());
            assertEquals(0, file.info().superblockVersion());
        }
    }

    @Test
    void readsASmallSliceInAsManyWavesAsPointersForce() {
        try (WaveRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            read(file, List.of(DatasetRequest.parse("/gt1l/heights/h_ph[5:6]")));
            assertCost(reader, 6, 6, FIRST + 5_369, 50_000);
        }
    }

    @Test
    void readsEightSlicesOfABeamInFewMoreWavesThanOne() {
        try (WaveRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            read(file, beam("[100:200]"));
            assertCost(reader, 6, 13, FIRST + 33_502, 90_000);
        }
    }

    @Test
    void readsABeamWholeWithoutFetchingItTwice() {
        try (WaveRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            read(file, beam(""));
            assertCost(reader, 6, 12, FIRST + 117_799, 180_000);
        }
    }

    @Test
    void readsTheSameSliceAgainWithoutARequest() {
        try (WaveRangeReader reader = granule();
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            read(file, List.of(DatasetRequest.parse("/gt1l/heights/h_ph[5:6]")));
            int waves = reader.waves();
            ReadStatistics before = file.statistics();
            read(file, List.of(DatasetRequest.parse("/gt1l/heights/h_ph[6:8]")));
            assertEquals(before.metadataRequests(), file.statistics().metadataRequests());
            assertEquals(0, reader.waves() - waves);
            assertEquals(before.chunks(), file.statistics().chunks());
            assertEquals(before.chunkHits() + 1, file.statistics().chunkHits());
        }
    }

    private static RangeReader far(String fixture) {
        return new ForwardingRangeReader(MemoryRangeReader.of(fixture, Fixtures.bytes(fixture))) {
            @Override
            public StorageProfile profile() {
                return StorageProfile.REMOTE;
            }
        };
    }

    /** Twenty slices of a dataset of 300 chunks and more, whose index has several nodes or pages. */
    @ParameterizedTest
    @ValueSource(strings = {"many_chunks_earliest", "many_chunks_v110"})
    void looksTheChunksOfManySlicesUpTogether(String fixture) {
        Hyperslab[] slices = new Hyperslab[20];
        Arrays.setAll(slices, i -> Hyperslab.of(Hyperslab.Range.of(14L * i, 14L * i + 2)));
        ReadOptions blocks =
                ReadOptions.builder().firstReadBytes(4096).blockBytes(512).build();
        try (WaveRangeReader reader = new WaveRangeReader(far(fixture));
                H5Coro file = H5Coro.open(reader, blocks)) {
            H5Array values = file.read(DatasetRequest.of("/fixed_paged", slices));
            H5Array all = file.read("/fixed_paged");
            for (int i = 0; i < 40; i++) {
                assertEquals(all.getLong(14 * (i / 2) + i % 2), values.getLong(i));
            }
        }
        try (WaveRangeReader reader = new WaveRangeReader(far(fixture));
                H5Coro file = H5Coro.open(reader, blocks)) {
            H5Array unused = file.read(DatasetRequest.of("/fixed_paged", slices));
            assertTrue(reader.waves() >= 3 && reader.waves() <= 8, () -> reader.waves() + " waves, expected 3 to 8");
        }
    }

    private static List<DatasetRequest> beam(String slice) {
        return List.of("delta_time", "lat_ph", "lon_ph", "h_ph", "signal_conf_ph", "quality_ph").stream()
                .map(name -> DatasetRequest.parse("/gt1l/heights/" + name + slice))
                .toList();
    }

    /**
     * The floors are what the file forces: a wave for the open and one for the data, and the stored bytes of the
     * chunks.
     */
    private static void assertCost(WaveRangeReader reader, int waves, int requests, long leastBytes, long mostBytes) {
        assertTrue(reader.waves() >= 2 && reader.waves() <= waves, () -> reader.waves() + " waves, at most " + waves);
        assertTrue(
                reader.requests() >= reader.waves() && reader.requests() <= requests,
                () -> reader.requests() + " requests, at most " + requests);
        assertTrue(
                reader.bytes() >= leastBytes && reader.bytes() <= mostBytes,
                () -> reader.bytes() + " bytes, expected " + leastBytes + " to " + mostBytes);
    }
}
