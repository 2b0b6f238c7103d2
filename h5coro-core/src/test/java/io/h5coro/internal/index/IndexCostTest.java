// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.Where;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ChunkGrid;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One chunk of a million costs the path to one leaf; all of them cost each node once. */
final class IndexCostTest {
    private static final int COUNT = MillionChunks.COUNT;

    /** An index and the file that it reads. */
    private record Opened(FixtureSpace file, DatasetDescriptor dataset, ChunkIndex index, int openingReads) {
        static Opened of(FixtureSpace file, DatasetDescriptor dataset) {
            ChunkIndex index = ChunkIndexes.of(file.space(), dataset);
            int reads = file.reads().size();
            file.forget();
            return new Opened(file, dataset, index, reads);
        }

        List<ChunkRecord> find(long[] first, long[] last) {
            file.forget();
            return index.find(first, last);
        }

        long bytesRead() {
            return file.reads().stream().mapToLong(ByteRange::length).sum();
        }

        void assertReads(int reads, long leastBytes, long mostBytes) {
            assertEquals(reads, file.reads().size(), file.reads().toString());
            assertEquals(reads, file.waves(), "each read depends on the one before");
            assertTrue(bytesRead() >= leastBytes && bytesRead() <= mostBytes, bytesRead() + " bytes");
        }

        /** Nodes or pages of some KiB each, and not many of them. */
        void assertPart(int least, int most, int mostWaves) {
            assertTrue(
                    file.reads().size() >= least && file.reads().size() <= most,
                    file.reads().size() + " reads");
            assertTrue(bytesRead() >= least * 1000L && bytesRead() <= most * 8196L, bytesRead() + " bytes");
            assertTrue(file.waves() <= mostWaves, file.waves() + " waves");
        }

        void assertEachPieceReadOnce(int mostWaves) {
            assertEquals(new TreeSet<>(file.reads()).size(), file.reads().size());
            assertTrue(file.waves() <= mostWaves, file.waves() + " waves");
        }
    }

    private static void assertChunks(List<ChunkRecord> found, long columns, long first, long count) {
        assertEquals(count, found.size());
        TreeSet<Long> numbers = new TreeSet<>();
        for (ChunkRecord chunk : found) {
            long number =
                    columns == 0 ? chunk.coordinate()[0] : chunk.coordinate()[0] * columns + chunk.coordinate()[1];
            assertEquals(MillionChunks.address(number), chunk.address());
            assertEquals(MillionChunks.CHUNK, chunk.storedSize());
            numbers.add(number);
        }
        assertEquals(count, numbers.size());
        assertEquals(first, numbers.first());
        assertEquals(first + count - 1, numbers.last());
    }

    private static long[] at(long... coordinate) {
        return coordinate;
    }

    @Test
    void bTreeOfVersion1() {
        MillionChunks million = new MillionChunks();
        Layout.Index index = million.bTree1();
        Opened opened = Opened.of(million.space(), MillionChunks.dataset(index, COUNT, 0, Dataspace.UNLIMITED));
        assertEquals(0, opened.openingReads());
        for (long chunk : new long[] {0, 63, 64, 654_321, COUNT - 1}) {
            assertChunks(opened.find(at(chunk), at(chunk)), 0, chunk, 1);
            opened.assertReads(4, 4 * 24, 4 * 2096);
        }
        assertChunks(opened.find(at(640), at(703)), 0, 640, 64);
        opened.assertReads(4, 4 * 24, 4 * 2096);
        assertChunks(opened.find(at(0), at(COUNT - 1)), 0, 0, COUNT);
        opened.assertEachPieceReadOnce(12);
        assertEquals(List.of(), opened.find(at(COUNT), at(COUNT + 5)));
    }

    @Test
    void bTreeOfVersion2() {
        MillionChunks million = new MillionChunks();
        Layout.Index index = million.bTree2();
        Opened opened = Opened.of(million.space(), MillionChunks.dataset(index, 1000, 1000, Dataspace.UNLIMITED));
        assertEquals(1, opened.openingReads());
        // A leaf record, and one that stands in an internal node of each level: what is behind it is not read.
        for (int chunk : new int[] {0, 654_321, COUNT - 1}) {
            assertChunks(opened.find(at(chunk / 1000, chunk % 1000), at(chunk / 1000, chunk % 1000)), 1000, chunk, 1);
            opened.assertReads(4, 4 * 2048, 4 * 2048);
        }
        assertChunks(opened.find(at(0, 84), at(0, 84)), 1000, 84, 1);
        opened.assertReads(3, 3 * 2048, 3 * 2048);
        assertChunks(opened.find(at(0, 0), at(999, 999)), 1000, 0, COUNT);
        opened.assertEachPieceReadOnce(12);
        // A column: a record of each row, at most a leaf and its parents for each.
        assertEquals(1000, opened.find(at(0, 500), at(999, 500)).size());
        assertTrue(
                opened.file().reads().size() < 1000 + 200, opened.file().reads().size() + " reads");
        assertTrue(opened.file().waves() <= 12);
    }

    @Test
    void fixedArray() {
        MillionChunks million = new MillionChunks();
        Layout.Index index = million.fixedArray();
        Opened opened = Opened.of(million.space(), MillionChunks.dataset(index, 1000, 1000, 1000));
        assertEquals(2, opened.openingReads());
        assertChunks(opened.find(at(654, 321), at(654, 321)), 1000, 654_321, 1);
        opened.assertReads(1, 8196, 8196);
        assertChunks(opened.find(at(999, 999), at(999, 999)), 1000, 999_999, 1);
        opened.assertReads(1, 8, 8196);
        assertEquals(List.of(), opened.find(at(3, 500), at(3, 600)), "a page that was never written");
        opened.assertReads(0, 0, 0);
        assertEquals(COUNT - 98 * 1024, opened.find(at(0, 0), at(999, 999)).size());
        opened.assertEachPieceReadOnce(3);
    }

    @Test
    void extensibleArray() {
        MillionChunks million = new MillionChunks();
        Layout.Index index = million.extensibleArray();
        Opened opened = Opened.of(million.space(), MillionChunks.dataset(index, 1000, 1000, Dataspace.UNLIMITED));
        assertEquals(2, opened.openingReads());
        assertChunks(opened.find(at(0, 3), at(0, 3)), 1000, 3, 1);
        opened.assertReads(0, 0, 0);
        assertChunks(opened.find(at(0, 100), at(0, 100)), 1000, 100, 1);
        opened.assertReads(1, 32 * 8, 32 * 8 + 22);
        assertChunks(opened.find(at(654, 321), at(654, 321)), 1000, 654_321, 1);
        opened.assertReads(2, 8196, 16_384);
        assertChunks(opened.find(at(654, 322), at(654, 322)), 1000, 654_322, 1);
        opened.assertReads(1, 8196, 8196);
        assertChunks(opened.find(at(0, 0), at(999, 999)), 1000, 0, COUNT);
        opened.assertEachPieceReadOnce(6);
    }

    /** Ten elements, 100,000 chunks apart. */
    private static int stepped(Opened opened) {
        Shape shape = opened.dataset().space().shape();
        ChunkGrid grid = new ChunkGrid(shape, ((Layout.Chunked) opened.dataset().layout()).chunkShape());
        Hyperslab.Range apart =
                shape.rank() == 1 ? Hyperslab.Range.of(5, COUNT * 4L, 400_000) : Hyperslab.Range.of(7, 1000, 100);
        Hyperslab slice = shape.rank() == 1 ? Hyperslab.of(apart) : Hyperslab.of(apart, Hyperslab.Range.of(9, 10));
        Box box = Selection.of(shape, List.of(slice), Where.source("test"))
                .boxes()
                .get(0);
        opened.file().forget();
        TreeSet<Long> addresses = new TreeSet<>();
        opened.index().find(ChunkBox.of(grid, box), (coordinate, address, size, mask) -> addresses.add(address));
        long first = shape.rank() == 1 ? 1 : 7 * 1000 + 2;
        for (long number = first; number < COUNT; number += 100_000) {
            assertTrue(addresses.contains(MillionChunks.address(number)), "chunk " + number);
        }
        return addresses.size();
    }

    @Test
    void aStepReadsThePartOfTheIndexThatHoldsTheChunksItTouches() {
        MillionChunks million = new MillionChunks();
        Layout.Index index = million.bTree1();
        Opened tree1 = Opened.of(million.space(), MillionChunks.dataset(index, COUNT, 0, Dataspace.UNLIMITED));
        assertEquals(10, stepped(tree1));
        tree1.assertPart(1 + 2 * 10, 1 + 3 * 10, 4);

        million = new MillionChunks();
        index = million.bTree2();
        Opened tree2 = Opened.of(million.space(), MillionChunks.dataset(index, 1000, 1000, Dataspace.UNLIMITED));
        assertEquals(10, stepped(tree2));
        tree2.assertPart(1 + 2 * 10, 1 + 3 * 10, 4);

        million = new MillionChunks();
        index = million.fixedArray();
        Opened fixed = Opened.of(million.space(), MillionChunks.dataset(index, 1000, 1000, 1000));
        assertEquals(10, stepped(fixed));
        fixed.assertPart(10, 10, 1);

        million = new MillionChunks();
        index = million.extensibleArray();
        Opened growing = Opened.of(million.space(), MillionChunks.dataset(index, 1000, 1000, Dataspace.UNLIMITED));
        assertEquals(10, stepped(growing));
        growing.assertPart(12, 10 + 10, 2);
    }
}
