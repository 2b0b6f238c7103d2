// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.SparseRangeReader;
import io.h5coro.storage.WaveRangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * How many dependent waves of requests a description takes of a file far away: four beams of six groups of 23 datasets
 * of 80,000 bytes, with texts of variable length as attributes.
 */
final class ObjectWavesTest {
    private static final int WINDOW_BYTES = 4 << 20;

    private static void assertWaves(int least, int most, WireRequest request) throws IOException {
        try (InputStream extents =
                        Objects.requireNonNull(WaveRangeReader.class.getResourceAsStream("/large/lidar.extents.gz"));
                WaveRangeReader reader = new WaveRangeReader(SparseRangeReader.of("lidar", extents));
                H5Coro file = H5Coro.open(reader, ReadOptions.defaults());
                MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            new ObjectWriter(out, request, new ValueReader(file, WINDOW_BYTES))
                    .write(file.object(String.valueOf(request.object())));
            out.flush();
            assertTrue(out.getTotalWrittenBytes() > 10_000, out.getTotalWrittenBytes() + " bytes");
            assertTrue(reader.waves() >= least && reader.waves() <= most, "" + reader.rangesPerWave());
        }
    }

    /** 23 datasets with their values. */
    @Test
    void readsTheValuesOfAGroupTogether() throws IOException {
        assertWaves(3, 6, new WireRequest("/BEAM0000/part3", 1 << 20, 1, null, false));
    }

    /** A beam: six groups, each described with its datasets. */
    @Test
    void describesTheGroupsOfAGroupTogether() throws IOException {
        assertWaves(5, 10, new WireRequest("/BEAM0002", 0, 1, null, false));
    }

    /** Four beams with all their groups. */
    @Test
    void describesTheGroupsOfEachGroupTogether() throws IOException {
        assertWaves(5, 10, new WireRequest("/", 0, 2, null, false));
    }

    /** The values of two groups fit in the window, those of the other 22 do not: they come a group at a time. */
    @Test
    void readsValuesOfManyGroupsAWindowAtATime() throws IOException {
        assertWaves(20, 50, new WireRequest("/", 1 << 20, 2, null, false));
    }
}
