// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunk indexes built by hand, of datasets of any rank, against a walk over all their chunks. */
final class BuiltIndexesTest {
    private static final int DATA = 4096;

    /** A grid of chunks of two elements of four bytes in each dimension, all of whose chunks have a number. */
    private record Grid(int[] chunks, boolean[] unlimited) {
        int count() {
            return Arrays.stream(chunks).reduce(1, (a, b) -> a * b);
        }

        /** Row-major, with the unlimited dimension, if there is one, as the slowest. */
        int number(long[] coordinate) {
            int number = 0;
            for (int d = 0; d < chunks.length; d++) {
                number = unlimited[d] ? (int) coordinate[d] : number;
            }
            for (int d = 0; d < chunks.length; d++) {
                number = unlimited[d] ? number : number * chunks[d] + (int) coordinate[d];
            }
            return number;
        }

        long plainSize() {
            return 4L << chunks.length;
        }

        DatasetDescriptor dataset(Layout.Index index) {
            return dataset(index, 0);
        }

        /** With a filter when stored sizes have a width. */
        DatasetDescriptor dataset(Layout.Index index, int sizeWidth) {
            long[] shape = new long[chunks.length];
            long[] maximum = new long[chunks.length];
            long[] chunk = new long[chunks.length];
            for (int d = 0; d < chunks.length; d++) {
                chunk[d] = 2;
                shape[d] = 2L * chunks[d] - 1;
                maximum[d] = unlimited[d] ? Dataspace.UNLIMITED : shape[d];
            }
            return new DatasetDescriptor(
                    "/built",
                    0,
                    new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(shape), maximum),
                    IntegerType.of(4, Order.LITTLE_ENDIAN, true),
                    new Layout.Chunked(chunk, index, true),
                    sizeWidth > 0 ? List.of(new FilterDescription(1, "deflate", false, new int[] {6})) : List.of(),
                    FillValue.zeros());
        }

        static Grid random(Random random, boolean grows) {
            int rank = 1 + random.nextInt(4);
            int[] chunks = new int[rank];
            for (int d = 0; d < rank; d++) {
                chunks[d] = 1 + random.nextInt(rank == 1 ? 300 : 6);
            }
            boolean[] unlimited = new boolean[rank];
            unlimited[random.nextInt(rank)] = grows;
            return new Grid(chunks, unlimited);
        }
    }

    private static List<BuiltIndex.Stored> chunks(Random random, Grid grid, int sizeWidth) {
        List<BuiltIndex.Stored> chunks = new ArrayList<>();
        int density = random.nextInt(4);
        boolean hole = false;
        for (int i = 0; i < grid.count(); i++) {
            hole = random.nextInt(12) == 0 ? random.nextInt(4) >= density : hole;
            long size = sizeWidth == 0 ? grid.plainSize() : random.nextInt(200);
            chunks.add(hole ? null : new BuiltIndex.Stored(random.nextInt(DATA), size, sizeWidth == 0 ? 0 : i % 3));
        }
        return chunks;
    }

    private static TreeSet<String> found(List<ChunkRecord> records) {
        TreeSet<String> text = new TreeSet<>();
        for (ChunkRecord record : records) {
            text.add(Arrays.toString(record.coordinate()) + " " + record.address() + " " + record.storedSize() + " "
                    + record.filterMask());
        }
        assertEquals(records.size(), text.size(), "each chunk once");
        return text;
    }

    private static TreeSet<String> expected(Grid grid, List<BuiltIndex.Stored> chunks, long[] first, long[] last) {
        TreeSet<String> text = new TreeSet<>();
        long[] at = new long[first.length];
        for (int i = 0; i < grid.count(); i++) {
            int rest = i;
            boolean inside = true;
            for (int d = first.length - 1; d >= 0; d--) {
                at[d] = rest % grid.chunks[d];
                rest /= grid.chunks[d];
                inside &= at[d] >= first[d] && at[d] <= last[d];
            }
            int number = grid.number(at);
            BuiltIndex.Stored chunk = inside && number < chunks.size() ? chunks.get(number) : null;
            if (chunk != null) {
                text.add(Arrays.toString(at) + " " + chunk.address() + " " + chunk.size() + " " + chunk.mask());
            }
        }
        return text;
    }

    private static void compare(
            Random random, Grid grid, List<BuiltIndex.Stored> chunks, ChunkIndex index, String what) {
        int rank = grid.chunks.length;
        long[] first = new long[rank];
        long[] last = new long[rank];
        for (int d = 0; d < rank; d++) {
            last[d] = grid.chunks[d] - 1;
        }
        assertEquals(expected(grid, chunks, first, last), found(index.find(first, last)), what);
        assertEquals(expected(grid, chunks, first, last), found(ChunkTable.all(index, last)), what);
        for (int i = 0; i < 12; i++) {
            for (int d = 0; d < rank; d++) {
                first[d] = random.nextInt(grid.chunks[d]);
                last[d] = first[d] + random.nextInt(grid.chunks[d] - (int) first[d]);
            }
            assertEquals(
                    expected(grid, chunks, first, last),
                    found(index.find(first, last)),
                    what + " " + Arrays.toString(first) + " to " + Arrays.toString(last));
        }
        Arrays.fill(last, -1);
        assertEquals(List.of(), index.find(new long[rank], last));
    }

    private static void propertyOf(
            boolean grows, int sizeWidth, BiFunction<BuiltIndex, List<BuiltIndex.Stored>, Layout.Index> building) {
        Random random = new Random(17 + sizeWidth);
        for (int round = 0; round < 60; round++) {
            Grid grid = Grid.random(random, grows);
            List<BuiltIndex.Stored> chunks = chunks(random, grid, sizeWidth);
            BuiltIndex built = new BuiltIndex(sizeWidth);
            DatasetDescriptor dataset = grid.dataset(building.apply(built, chunks), sizeWidth);
            ChunkIndex index = ChunkIndexes.of(built.space(2 * DATA).space(), dataset);
            compare(random, grid, chunks, index, dataset.layout() + " " + Arrays.toString(grid.chunks));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 3", "0, 10", "1, 1", "2, 2", "3, 10", "8, 4"})
    void fixedArraysOfAnyPagesHoldEveryChunk(int sizeWidth, int pageBits) {
        propertyOf(false, sizeWidth, (built, chunks) -> built.fixedArray(chunks, pageBits));
    }

    @ParameterizedTest
    @CsvSource({
        // stored size, elements in the index block, least elements, least pointers, page bits
        "0, 4, 16, 4, 10",
        "0, 0, 1, 2, 1",
        "0, 1, 2, 2, 2",
        "0, 3, 4, 8, 5",
        "0, 255, 1, 2, 8",
        "2, 4, 2, 2, 2",
        "4, 1, 8, 4, 5",
        "8, 0, 1, 4, 2",
    })
    void extensibleArraysOfAnyFormHoldEveryChunk(int sizeWidth, int inIndex, int least, int pointers, int pageBits) {
        BuiltIndex.Extensible form = new BuiltIndex.Extensible(inIndex, least, pointers, pageBits);
        propertyOf(true, sizeWidth, (built, chunks) -> built.extensibleArray(chunks, form));
    }

    @Test
    void implicitIndexesHoldEveryChunk() {
        Random random = new Random(4);
        for (int round = 0; round < 60; round++) {
            Grid grid = Grid.random(random, false);
            List<BuiltIndex.Stored> chunks = new ArrayList<>();
            for (int i = 0; i < grid.count(); i++) {
                chunks.add(new BuiltIndex.Stored(100 + i * grid.plainSize(), grid.plainSize(), 0));
            }
            int end = 100 + (int) (grid.count() * grid.plainSize());
            FixtureSpace exact = FixtureSpace.bare(new byte[end], ReadOptions.defaults());
            DatasetDescriptor dataset = grid.dataset(new Layout.ImplicitIndex(100));
            compare(random, grid, chunks, ChunkIndexes.of(exact.space(), dataset), Arrays.toString(grid.chunks));
        }
    }

    /** Columns of a grid of 5 x 4 chunks are no run, so the first chunk outside is not the next one. */
    @ParameterizedTest
    @CsvSource({"0, 4, 0", "0, 4, 3", "3, 4, 2", "4, 4, 0"})
    void chunksBehindTheEndOfTheFileAreNotTakenForUnwritten(int firstRow, int lastRow, int column) {
        Grid grid = new Grid(new int[] {5, 4}, new boolean[2]);
        DatasetDescriptor dataset = grid.dataset(new Layout.ImplicitIndex(100));
        // Room for the chunks 0 to 10; the last row begins with 16.
        FixtureSpace space = FixtureSpace.bare(new byte[100 + 11 * 16], ReadOptions.defaults());
        ChunkIndex index = ChunkIndexes.of(space.space(), dataset);
        MalformedFileException failure = assertThrows(
                MalformedFileException.class,
                () -> index.find(new long[] {firstRow, column}, new long[] {lastRow, column}));
        assertTrue(
                failure.problem().contains("does not lie in the file, which ends at 0x114")
                        || failure.problem().endsWith("of which the file has room for 11"),
                failure.getMessage());
        assertEquals("/built", failure.where().object());
        assertEquals(
                2, index.find(new long[] {0, column}, new long[] {1, column}).size());
    }

    @ParameterizedTest
    @ValueSource(longs = {201, 217, 1_000, Long.MAX_VALUE - 16})
    void anImplicitIndexBehindTheEndOfTheFileHasNoChunkThatIsUnwritten(long address) {
        DatasetDescriptor dataset = new Grid(new int[] {3}, new boolean[1]).dataset(new Layout.ImplicitIndex(address));
        ChunkIndex index = ChunkIndexes.of(
                FixtureSpace.bare(new byte[200], ReadOptions.defaults()).space(), dataset);
        assertThrows(MalformedFileException.class, () -> index.find(new long[1], new long[] {2}));
        assertThrows(MalformedFileException.class, () -> index.find(new long[] {2}, new long[] {2}));
        assertThrows(MalformedFileException.class, () -> ChunkTable.all(index, new long[] {2}));
    }

    @ParameterizedTest
    @CsvSource({"10, 0", "10, 10", "17, 3", "19, 10"})
    void aFixedArrayOfTooFewElementsIsNotTakenForUnwrittenChunks(int elements, int pageBits) {
        Grid grid = new Grid(new int[] {5, 4}, new boolean[2]);
        List<BuiltIndex.Stored> chunks = new ArrayList<>();
        for (int i = 0; i < elements; i++) {
            chunks.add(new BuiltIndex.Stored(i, 16, 0));
        }
        BuiltIndex built = new BuiltIndex(0);
        DatasetDescriptor dataset = grid.dataset(built.fixedArray(chunks, pageBits));
        ChunkIndex index = ChunkIndexes.of(built.space(DATA).space(), dataset);
        for (int column = 0; column < 4; column++) {
            long[] first = {0, column};
            long[] last = {4, column};
            if (16 + column >= elements) {
                MalformedFileException failure =
                        assertThrows(MalformedFileException.class, () -> index.find(first, last));
                assertEquals("fixed array of " + elements + " elements has none for a chunk", failure.problem());
            } else {
                assertEquals(5, index.find(first, last).size());
            }
        }
    }

    @Test
    void anImplicitIndexOfMoreChunksThanTheBudgetIsALimit() {
        ReadOptions few = ReadOptions.builder().metadataBudgetBytes(160).build();
        DatasetDescriptor dataset = new Grid(new int[] {300}, new boolean[1]).dataset(new Layout.ImplicitIndex(0));
        ChunkIndex index =
                ChunkIndexes.of(FixtureSpace.bare(new byte[5000], few).space(), dataset);
        assertEquals(10, index.find(new long[] {290}, new long[] {299}).size());
        LimitExceededException failure =
                assertThrows(LimitExceededException.class, () -> index.find(new long[] {289}, new long[] {299}));
        assertEquals("more chunks than the limit metadataBudgetBytes allows", failure.problem());
    }

    private static void refusesDamage(BuiltIndex built, DatasetDescriptor dataset, Grid grid) {
        int rank = grid.chunks.length;
        long[] last = new long[rank];
        for (int d = 0; d < rank; d++) {
            last[d] = grid.chunks[d] - 1;
        }
        TreeSet<String> intact =
                found(ChunkIndexes.of(built.space(DATA).space(), dataset).find(new long[rank], last));
        int refused = 0;
        for (int at = 64; at < built.size(); at++) {
            try {
                ChunkIndex index = ChunkIndexes.of(built.damaged(DATA, at, 0x21).space(), dataset);
                assertEquals(intact, found(index.find(new long[rank], last)), "damaged at " + at);
            } catch (H5Exception e) {
                refused++;
            }
        }
        assertTrue(refused > 50, refused + " of " + built.size());
        for (int length = 64; length < built.size(); length++) {
            int cut = length;
            try {
                ChunkIndex index = ChunkIndexes.of(built.cut(cut).space(), dataset);
                assertEquals(intact, found(index.find(new long[rank], last)), "cut at " + length);
            } catch (MalformedFileException e) {
                assertEquals("bytes", e.where().source());
            }
        }
    }

    @Test
    void everyDamagedByteOfAnArrayIsNoticedOrChangesNothing() {
        Random random = new Random(8);
        for (int sizeWidth : new int[] {0, 2}) {
            Grid fixed = new Grid(new int[] {3, 9}, new boolean[2]);
            BuiltIndex array = new BuiltIndex(sizeWidth);
            Layout.Index index = array.fixedArray(chunks(random, fixed, sizeWidth), 2);
            refusesDamage(array, fixed.dataset(index, sizeWidth), fixed);
            Grid growing = new Grid(new int[] {40}, new boolean[] {true});
            BuiltIndex extensible = new BuiltIndex(sizeWidth);
            index = extensible.extensibleArray(
                    chunks(random, growing, sizeWidth), new BuiltIndex.Extensible(2, 1, 2, 1));
            refusesDamage(extensible, growing.dataset(index, sizeWidth), growing);
        }
    }

    @Test
    void chunksNeedARankAndASizeThatCanBe() {
        FixtureSpace space = FixtureSpace.bare(new byte[200], ReadOptions.defaults());
        DatasetDescriptor plain = new Grid(new int[] {3, 3}, new boolean[2]).dataset(new Layout.ImplicitIndex(64));
        for (long[] shape : new long[][] {{2}, {2, 2, 2}, {0, 2}, {-1, 2}, {1L << 40, 1L << 40}, {1L << 61, 2}}) {
            DatasetDescriptor wrong = new DatasetDescriptor(
                    plain.path(),
                    0,
                    plain.space(),
                    plain.type(),
                    new Layout.Chunked(shape, new Layout.ImplicitIndex(64), true),
                    List.of(),
                    plain.fill());
            MalformedFileException failure =
                    assertThrows(MalformedFileException.class, () -> ChunkIndexes.of(space.space(), wrong));
            assertEquals(
                    shape.length == 2
                            ? "chunks of shape " + Arrays.toString(shape) + " and elements of 4 bytes"
                            : "chunks of rank " + shape.length + " in a dataset of rank 2",
                    failure.problem());
        }
        DatasetDescriptor contiguous = new DatasetDescriptor(
                "/c", 0, plain.space(), plain.type(), new Layout.Contiguous(0, 36), List.of(), plain.fill());
        IllegalArgumentException misuse =
                assertThrows(IllegalArgumentException.class, () -> ChunkIndexes.of(space.space(), contiguous));
        assertEquals("/c is not chunked", misuse.getMessage());
    }

    @Test
    void boxesHaveCornersOfOneRankWithinTheNumbers() {
        assertThrows(IllegalArgumentException.class, () -> new ChunkBox(new long[1], new long[2]));
        assertThrows(IllegalArgumentException.class, () -> new ChunkBox(new long[] {-1}, new long[] {2}));
        ChunkBox huge = new ChunkBox(new long[3], new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, 5});
        assertTrue(!huge.isEmpty() && huge.contains(new long[] {7, Long.MAX_VALUE - 1, 5}));
        assertTrue(huge.enter(new long[] {1, 2, 3}) && !huge.enter(new long[] {1, 2, 3}));
    }
}
