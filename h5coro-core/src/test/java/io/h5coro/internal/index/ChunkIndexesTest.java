// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.model.Shape;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every chunk of every fixture is where libhdf5 says. */
final class ChunkIndexesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "chunk_indexes_earliest",
                "chunk_indexes_v110",
                "chunk_indexes_v200",
                "many_chunks_earliest",
                "many_chunks_v110",
                "widths_2_2_earliest",
                "widths_2_2_v110",
                "widths_4_4_earliest",
                "widths_4_4_v110",
                "widths_4_8_v110",
                "widths_8_4_earliest",
                "widths_8_4_v110",
                "userblock_512_earliest",
                "userblock_4096_v110"
            })
    void findsTheChunksThatLibhdf5Lists(String fixture) {
        FixtureSpace file = FixtureSpace.of(fixture + ".h5");
        Random random = new Random(fixture.hashCode());
        int datasets = 0;
        for (ChunkTable table : ChunkTable.of(fixture)) {
            DatasetDescriptor dataset = table.dataset(file.space());
            ChunkIndex index = ChunkIndexes.of(file.space(), dataset);
            long[] last = lastChunk(dataset);
            long[] first = new long[last.length];
            assertEquals(
                    table.within(dataset, first, last),
                    table.found(index, dataset, file, first, last),
                    table.path() + " whole, " + dataset.layout());
            for (int i = 0; i < 30; i++) {
                long[] from = new long[last.length];
                long[] to = new long[last.length];
                for (int d = 0; d < last.length; d++) {
                    from[d] = (long) (random.nextDouble() * (last[d] + 1));
                    to[d] = from[d] + (long) (random.nextDouble() * (last[d] + 1 - from[d]));
                }
                assertEquals(
                        table.within(dataset, from, to),
                        table.found(index, dataset, file, from, to),
                        table.path() + " from " + Shape.of(from) + " to " + Shape.of(to));
            }
            datasets++;
        }
        assertTrue(datasets > 0);
    }

    /** libhdf5 counts all that an index holds (H5Dget_storage_size), but of an implicit one what is in the extent. */
    @ParameterizedTest
    @ValueSource(strings = {"chunk_indexes_earliest", "chunk_indexes_v110", "many_chunks_v110"})
    void findsChunksOutsideTheExtentToo(String fixture) {
        FixtureSpace file = FixtureSpace.of(fixture + ".h5");
        int compared = 0;
        for (ChunkTable table : ChunkTable.of(fixture)) {
            DatasetDescriptor dataset = table.dataset(file.space());
            ChunkIndex index = ChunkIndexes.of(file.space(), dataset);
            boolean implicit = ((Layout.Chunked) dataset.layout()).index() instanceof Layout.ImplicitIndex;
            long[] last = lastChunk(dataset);
            int inside = index.find(new long[last.length], last).size();
            long[] none = new long[last.length];
            java.util.Arrays.fill(none, -1);
            assertTrue(ChunkTable.all(index, last).size() >= inside, table.path());
            assertEquals(
                    implicit ? 0 : ChunkTable.all(index, last).size(),
                    ChunkTable.all(index, none).size(),
                    table.path());
            compared += inside > 0 ? 1 : 0;
        }
        assertTrue(compared > 10, "datasets with chunks: " + compared);
    }

    /** So that the test above cannot pass by never meeting an index. */
    @Test
    void fixturesHaveEveryIndex() {
        Set<String> kinds = new TreeSet<>();
        Set<Boolean> huge = new HashSet<>();
        for (String fixture : new String[] {"chunk_indexes_earliest", "chunk_indexes_v110", "chunk_indexes_v200"}) {
            FixtureSpace file = FixtureSpace.of(fixture + ".h5");
            for (ChunkTable table : ChunkTable.of(fixture)) {
                Layout.Chunked layout =
                        (Layout.Chunked) table.dataset(file.space()).layout();
                kinds.add(layout.index().getClass().getSimpleName());
                huge.add(table.chunks().isEmpty());
            }
        }
        assertEquals(
                Set.of(
                        "BTree1Index",
                        "BTree2Index",
                        "ExtensibleArrayIndex",
                        "FixedArrayIndex",
                        "ImplicitIndex",
                        "SingleChunkIndex"),
                kinds);
        assertEquals(2, huge.size(), "some without a chunk");
    }

    private static long[] lastChunk(DatasetDescriptor dataset) {
        long[] shape = ((Layout.Chunked) dataset.layout()).chunkShape();
        long[] last = new long[shape.length];
        for (int d = 0; d < last.length; d++) {
            last[d] = (dataset.space().shape().dimension(d) - 1) / shape[d];
        }
        return last;
    }
}
