// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.FileBytes;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.model.Dataspace;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie: a typed error or a chunk inside the file, and an end. */
@Timeout(120)
final class DamagedIndexesTest {
    private static final ReadOptions UNVERIFIED =
            ReadOptions.builder().verifyChecksums(false).build();

    @ParameterizedTest
    @ValueSource(strings = {"chunk_indexes_earliest", "chunk_indexes_v110", "widths_2_2_v110", "widths_4_8_v110"})
    void damageIsATypedErrorOrStaysInsideTheFile(String fixture) {
        byte[] file = Fixtures.bytes(fixture + ".h5");
        FixtureSpace intact = FixtureSpace.of(file, fixture);
        List<DatasetDescriptor> datasets = ChunkTable.of(fixture).stream()
                .map(table -> table.dataset(intact.space()))
                .toList();
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            byte[] damaged = file.clone();
            for (int i = 0; i < damaged.length / 200; i++) {
                damaged[96 + random.nextInt(damaged.length - 96)] = (byte) random.nextInt(round % 2 == 0 ? 256 : 3);
            }
            FixtureSpace space = FixtureSpace.of(damaged, fixture, UNVERIFIED);
            for (DatasetDescriptor dataset : datasets) {
                try {
                    read(space, dataset);
                } catch (H5Exception e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 50, "refused " + refused);
    }

    private static void read(FixtureSpace space, DatasetDescriptor dataset) {
        long[] last = new long[dataset.space().shape().rank()];
        java.util.Arrays.fill(last, 20);
        for (ChunkRecord chunk : ChunkIndexes.of(space.space(), dataset).find(new long[last.length], last)) {
            space.space().check(chunk.address(), chunk.storedSize(), "chunk");
        }
    }

    /** Of the indexes that hold other records for filtered chunks. */
    @Test
    void anIndexIsOfFilteredChunksWhereTheDatasetHasFilters() {
        FixtureSpace space = FixtureSpace.of("chunk_indexes_v110.h5");
        Set<String> refused = new TreeSet<>();
        for (ChunkTable table : ChunkTable.of("chunk_indexes_v110")) {
            DatasetDescriptor dataset = table.dataset(space.space());
            Layout.Index index = ((Layout.Chunked) dataset.layout()).index();
            boolean filtered = !dataset.filters().isEmpty();
            DatasetDescriptor wrong = new DatasetDescriptor(
                    dataset.path(),
                    0,
                    dataset.space(),
                    dataset.type(),
                    dataset.layout(),
                    filtered ? List.of() : List.of(new FilterDescription(1, "deflate", false, new int[] {6})),
                    dataset.fill());
            boolean told = index instanceof Layout.FixedArrayIndex
                    || index instanceof Layout.ExtensibleArrayIndex
                    || index instanceof Layout.BTree2Index;
            if (told && index.address() != Cursor.UNDEFINED) {
                MalformedFileException failure =
                        assertThrows(MalformedFileException.class, () -> ChunkIndexes.of(space.space(), wrong));
                refused.add(index.getClass().getSimpleName() + ": " + failure.problem());
            }
        }
        String lost = "Index: index of chunks with filters in a dataset without filters";
        String come = "Index: index of chunks without filters in a dataset with filters";
        assertEquals(
                Set.of(
                        "FixedArray" + lost,
                        "FixedArray" + come,
                        "ExtensibleArray" + lost,
                        "ExtensibleArray" + come,
                        "BTree2" + lost,
                        "BTree2" + come),
                refused);
    }

    @Test
    void aChunkOutsideTheFileIsNamed() {
        DatasetDescriptor dataset =
                MillionChunks.dataset(new Layout.SingleChunkIndex(90, 20, 0), 1, 0, MillionChunks.CHUNK);
        FixtureSpace space = FixtureSpace.bare(new byte[100], ReadOptions.defaults());
        ChunkIndex index = ChunkIndexes.of(space.space(), dataset);
        MalformedFileException e =
                assertThrows(MalformedFileException.class, () -> index.find(new long[1], new long[1]));
        assertTrue(e.getMessage().contains("/million @ 0x5a: chunk [0] of 20 stored bytes"), e.getMessage());
    }

    @Test
    void anImplicitIndexThatLeavesTheFileIsNoticedAtTheFirstChunkThatDoes() {
        DatasetDescriptor dataset = MillionChunks.dataset(
                new Layout.ImplicitIndex(50), MillionChunks.COUNT, 0, (long) MillionChunks.COUNT * MillionChunks.CHUNK);
        FixtureSpace space = FixtureSpace.bare(new byte[100], ReadOptions.defaults());
        ChunkIndex index = ChunkIndexes.of(space.space(), dataset);
        assertEquals(12, index.find(new long[1], new long[] {11}).size());
        MalformedFileException e = assertThrows(
                MalformedFileException.class, () -> index.find(new long[1], new long[] {MillionChunks.COUNT - 1}));
        assertTrue(e.getMessage().contains("chunk [12]"), e.getMessage());
    }

    /** A node of level 1 whose children are itself, once and twice. */
    @Test
    void aTreeThatMeetsItselfIsMalformed() {
        FileBytes bytes = new FileBytes().zeros(64).text("TREE").u8(1, 1).u16(2).u64(-1, -1);
        bytes.u32(4)
                .u32(0)
                .u64(0, 0)
                .u64(64)
                .u32(4)
                .u32(0)
                .u64(8, 0)
                .u64(64)
                .u32(4)
                .u32(0)
                .u64(16, 0);
        DatasetDescriptor dataset = MillionChunks.dataset(new Layout.BTree1Index(64), 4, 0, 4L * MillionChunks.CHUNK);
        ChunkIndex index = ChunkIndexes.of(
                FixtureSpace.bare(bytes.zeros(4096).toArray(), ReadOptions.defaults())
                        .space(),
                dataset);
        assertThrows(MalformedFileException.class, () -> index.find(new long[1], new long[] {3}));
        assertThrows(MalformedFileException.class, () -> index.find(new long[1], new long[1]));
    }

    @Test
    void aTreeWhoseKeysAreOutOfOrderIsMalformed() {
        FileBytes bytes = new FileBytes().zeros(64).text("TREE").u8(1, 0).u16(2).u64(-1, -1);
        bytes.u32(4)
                .u32(0)
                .u64(8, 0)
                .u64(64)
                .u32(4)
                .u32(0)
                .u64(0, 0)
                .u64(68)
                .u32(0)
                .u32(0)
                .u64(16, 0);
        DatasetDescriptor dataset = MillionChunks.dataset(new Layout.BTree1Index(64), 4, 0, 4L * MillionChunks.CHUNK);
        ChunkIndex index = ChunkIndexes.of(
                FixtureSpace.bare(bytes.zeros(4096).toArray(), ReadOptions.defaults())
                        .space(),
                dataset);
        assertThrows(MalformedFileException.class, () -> index.find(new long[1], new long[] {3}));
    }

    /** Chunks 0, 2 and 4 in leaves, and two keys between these, which have chunks 1 and 3 when they are sound. */
    @ParameterizedTest
    @CsvSource({"1, 3, ''", "7, 3, [7] before [3]", "4, 3, [4] before [3]"})
    void keysOfAVersionTwoTreeAreInOrder(long first, long second, String problem) {
        FileBytes bytes = new FileBytes().zeros(64);
        for (int chunk = 0; chunk < 5; chunk += 2) {
            bytes.begin().text("BTLF").u8(0, 10).u64(100 + chunk, chunk).checksum();
            bytes.at(64 + 512 * (chunk / 2 + 1));
        }
        bytes.begin().text("BTIN").u8(0, 10).u64(101, first, 103, second);
        for (int leaf = 0; leaf < 3; leaf++) {
            bytes.u64(64 + 512 * leaf).u8(1);
        }
        bytes.checksum().at(64 + 512 * 4);
        bytes.begin().text("BTHD").u8(0, 10).u32(512).u16(16).u16(1).u8(100, 40);
        bytes.u64(64 + 512 * 3).u16(2).u64(5).checksum();
        DatasetDescriptor dataset =
                MillionChunks.dataset(new Layout.BTree2Index(64 + 512 * 4), 5, 0, Dataspace.UNLIMITED);
        ChunkIndex index = ChunkIndexes.of(
                FixtureSpace.bare(bytes.toArray(), ReadOptions.defaults()).space(), dataset);
        if (problem.isEmpty()) {
            assertEquals(5, index.find(new long[1], new long[] {4}).size());
        } else {
            MalformedFileException failure =
                    assertThrows(MalformedFileException.class, () -> index.find(new long[1], new long[] {4}));
            assertEquals("chunk B-tree whose keys are not in order: " + problem, failure.problem());
        }
    }

    @Test
    void aSingleChunkHoldsTheWholeDataset() {
        Layout.Index single = new Layout.SingleChunkIndex(64, -1, 0);
        FixtureSpace space = FixtureSpace.bare(new byte[4096], ReadOptions.defaults());
        long chunk = MillionChunks.CHUNK;
        DatasetDescriptor whole = MillionChunks.dataset(single, 1, 0, chunk);
        assertEquals(
                1,
                ChunkIndexes.of(space.space(), whole)
                        .find(new long[1], new long[1])
                        .size());
        DatasetDescriptor larger = MillionChunks.dataset(single, 2, 0, 2 * chunk);
        assertThrows(MalformedFileException.class, () -> ChunkIndexes.of(space.space(), larger));
    }

    @Test
    void arraysNeedBoundsOfAllButOneDimension() {
        DatasetDescriptor dataset = MillionChunks.dataset(new Layout.FixedArrayIndex(64, 10), 4, 4, 4);
        long[] unlimited = {4, Dataspace.UNLIMITED};
        DatasetDescriptor wrong = new DatasetDescriptor(
                dataset.path(),
                0,
                new Dataspace(Dataspace.Kind.SIMPLE, dataset.space().shape(), unlimited),
                dataset.type(),
                dataset.layout(),
                List.of(),
                dataset.fill());
        FixtureSpace space = FixtureSpace.bare(new byte[500], ReadOptions.defaults());
        assertThrows(MalformedFileException.class, () -> ChunkIndexes.of(space.space(), wrong));
    }
}
