// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import org.junit.jupiter.api.Test;

/**
 * What is in dense storage comes with its index: the levels of a fractal heap travel with those of the B-tree of names.
 * Blocks are so small that each structure is a request.
 */
final class DenseStorageWavesTest {
    private static final ReadOptions SMALL_BLOCKS =
            ReadOptions.builder().firstReadBytes(2048).blockBytes(512).build();

    private static WaveRangeReader waves(String fixture) {
        return new WaveRangeReader(new ForwardingRangeReader(MemoryRangeReader.of(fixture, Fixtures.bytes(fixture))) {
            @Override
            public StorageProfile profile() {
                return StorageProfile.REMOTE;
            }
        });
    }

    /** Heads of tree and heap; their roots; leaves and direct blocks. One after the other they are five waves. */
    @Test
    void allLinksOfAGroupComeWithTheirIndex() {
        try (WaveRangeReader reader = waves("groups_v200");
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            Group group = (Group) file.object("/thousand");
            reader.reset();
            assertEquals(1_000, group.links().size());
            assertEquals(3, reader.waves(), () -> reader.rangesPerWave().toString());
            assertTrue(reader.requests() >= 3 && reader.requests() <= 8, reader.rangesPerWave()::toString);
            assertTrue(reader.bytes() >= 30_000 && reader.bytes() <= 45_000, reader.rangesPerWave()::toString);
        }
    }

    /** Heads; the tree's root; a leaf; a direct block. */
    @Test
    void aLinkIsLookedUpInFourWaves() {
        try (WaveRangeReader reader = waves("groups_v200");
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            Group group = (Group) file.object("/thousand");
            reader.reset();
            assertEquals("link_0500", group.link("link_0500").orElseThrow().name());
            assertEquals(4, reader.waves(), () -> reader.rangesPerWave().toString());
            assertTrue(reader.bytes() >= 2_048 && reader.bytes() <= 8_192, reader.rangesPerWave()::toString);
        }
    }

    @Test
    void attributesComeWithTheirIndex() {
        try (WaveRangeReader reader = waves("attributes_v18");
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            H5Object object = file.object("/many");
            reader.reset();
            assertEquals(120, object.attributes().size());
            assertEquals(3, reader.waves(), () -> reader.rangesPerWave().toString());
            assertTrue(reader.requests() >= 3 && reader.requests() <= 16, reader.rangesPerWave()::toString);
        }
    }
}
