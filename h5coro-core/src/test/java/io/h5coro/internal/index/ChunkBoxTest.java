// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ChunkGrid;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Boxes and numbers of chunks against an enumeration of all chunks of a small grid. */
final class ChunkBoxTest {
    private static final int SIDE = 4;

    private static List<long[]> grid(int rank) {
        List<long[]> all = new ArrayList<>();
        for (long i = 0; i < Math.round(Math.pow(SIDE, rank)); i++) {
            long[] at = new long[rank];
            long rest = i;
            for (int d = rank - 1; d >= 0; d--) {
                at[d] = rest % SIDE;
                rest /= SIDE;
            }
            all.add(at);
        }
        return all;
    }

    private static ChunkBox box(Random random, int rank) {
        long[] first = new long[rank];
        long[] last = new long[rank];
        for (int d = 0; d < rank; d++) {
            first[d] = random.nextInt(SIDE);
            last[d] = first[d] + random.nextInt((int) (SIDE - first[d]));
        }
        return new ChunkBox(first, last);
    }

    @Test
    void meetsAnIntervalExactlyWhenAChunkOfTheBoxIsInIt() {
        Random random = new Random(5);
        int met = 0;
        for (int i = 0; i < 20_000; i++) {
            int rank = 1 + random.nextInt(4);
            List<long[]> grid = grid(rank);
            ChunkBox box = random.nextBoolean() ? box(random, rank) : stepped(random, rank);
            int from = random.nextInt(grid.size());
            int to = from + random.nextInt(grid.size() - from);
            boolean included = random.nextBoolean();
            boolean open = random.nextInt(5) == 0;
            boolean expected =
                    grid.subList(included ? from : from + 1, open ? grid.size() : Math.max(to, from + 1)).stream()
                            .filter(at -> open || ChunkBox.compare(at, grid.get(to)) < 0)
                            .anyMatch(box::contains);
            assertEquals(expected, box.meets(grid.get(from), included, open ? null : grid.get(to)));
            met += expected ? 1 : 0;
        }
        assertTrue(met > 2000 && met < 18_000, "both answers occur: " + met);
    }

    /** A selection of a grid of {@link #SIDE} chunks a dimension, with steps that may pass over chunks. */
    private static ChunkBox stepped(Random random, int rank) {
        long[] shape = new long[rank];
        long[] chunk = new long[rank];
        List<Hyperslab.Range> ranges = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            chunk[d] = 1 + random.nextInt(3);
            shape[d] = SIDE * chunk[d];
            long start = random.nextInt((int) shape[d]);
            ranges.add(Hyperslab.Range.of(
                    start, start + 1 + random.nextInt((int) (shape[d] - start)), 1 + random.nextInt(6)));
        }
        Hyperslab slice = Hyperslab.of(ranges.toArray(new Hyperslab.Range[0]));
        Box box = Selection.of(Shape.of(shape), List.of(slice), Where.source("test"))
                .boxes()
                .get(0);
        ChunkBox chunks = ChunkBox.of(new ChunkGrid(Shape.of(shape), chunk), box);
        for (long[] at : grid(rank)) {
            boolean holds = true;
            for (int d = 0; d < rank; d++) {
                boolean any = false;
                for (long i = 0; i < box.count()[d]; i++) {
                    any |= (box.start()[d] + i * box.step()[d]) / chunk[d] == at[d];
                }
                holds &= any;
            }
            assertEquals(holds, chunks.contains(at), slice + " of chunks of " + Arrays.toString(chunk));
        }
        return chunks;
    }

    @Test
    void aBoxWithStepsHasTheChunksThatHoldAnElement() {
        Random random = new Random(9);
        for (int i = 0; i < 3000; i++) {
            int rank = 1 + random.nextInt(3);
            ChunkBox box = stepped(random, rank);
            List<long[]> inside = grid(rank).stream().filter(box::contains).toList();
            assertEquals(inside.size(), box.size());
            for (int place = 0; place < inside.size(); place++) {
                assertEquals(place, box.place(inside.get(place)));
                long[] at = new long[rank];
                box.at(place, at);
                assertEquals(Shape.of(inside.get(place)), Shape.of(at));
            }
        }
    }

    @Test
    void entersEachChunkOnce() {
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            ChunkBox box = box(random, 3);
            for (long[] at : grid(3)) {
                if (box.contains(at)) {
                    assertTrue(box.enter(at));
                    assertFalse(box.enter(at));
                }
            }
        }
        ChunkBox wide = new ChunkBox(new long[3], new long[] {1L << 30, 1L << 30, 5});
        assertTrue(wide.enter(new long[] {1L << 30, 7, 3}));
        assertTrue(wide.enter(new long[] {1L << 30, 7, 4}));
        assertFalse(wide.enter(new long[] {1L << 30, 7, 3}));
    }

    private static ChunkSpace chunks(long[] maximum) {
        return chunks(maximum, FixtureSpace.bare(new byte[10], ReadOptions.defaults()));
    }

    private static ChunkSpace chunks(long[] maximum, FixtureSpace file) {
        long[] chunk = new long[maximum.length];
        Arrays.fill(chunk, 2);
        DatasetDescriptor dataset = new DatasetDescriptor(
                "/d",
                0,
                new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(new long[maximum.length]), maximum),
                IntegerType.of(1, ElementType.Order.LITTLE_ENDIAN, true),
                new Layout.Chunked(chunk, new Layout.ImplicitIndex(0), true),
                List.of(),
                FillValue.zeros());
        return new ChunkSpace(file.space(), dataset, (Layout.Chunked) dataset.layout());
    }

    @Test
    void numbersAreRowMajorOverTheMaximumWithTheUnlimitedDimensionFirst() {
        // Maximum of 7 elements: 4 chunks of 2.
        ChunkNumbering plain = ChunkNumbering.rowMajor(chunks(new long[] {7, 7, 7}));
        ChunkNumbering swizzled = ChunkNumbering.unlimitedFirst(chunks(new long[] {7, Dataspace.UNLIMITED, 7}));
        List<long[]> grid = grid(3);
        for (int i = 0; i < grid.size(); i++) {
            long[] at = grid.get(i);
            assertEquals(Shape.of(at), Shape.of(plain.coordinate(i)));
            long number = at[1] * SIDE * SIDE + at[0] * SIDE + at[2];
            assertEquals(Shape.of(at), Shape.of(swizzled.coordinate(number)));
        }
    }

    @Test
    void runsAreTheNumbersOfTheBoxUpToTheLimit() {
        Random random = new Random(8);
        for (int i = 0; i < 3000; i++) {
            int rank = 1 + random.nextInt(4);
            long[] maximum = new long[rank];
            Arrays.fill(maximum, 7);
            maximum[random.nextInt(rank)] = Dataspace.UNLIMITED;
            ChunkNumbering numbering = ChunkNumbering.unlimitedFirst(chunks(maximum));
            ChunkBox box = random.nextBoolean() ? box(random, rank) : stepped(random, rank);
            long limit = random.nextInt(300);
            List<Long> expected = new ArrayList<>();
            for (long number = 0; number < limit; number++) {
                if (box.contains(numbering.coordinate(number))) {
                    expected.add(number);
                }
            }
            List<Long> found = new ArrayList<>();
            long end = -1;
            for (ChunkNumbering.Run run : numbering.runs(box, limit)) {
                assertTrue(run.start() > end, "ascending and as long as possible");
                end = run.end();
                for (long number = run.start(); number < run.end(); number++) {
                    found.add(number);
                }
            }
            assertEquals(expected, found);
        }
    }

    @Test
    void aBoxOfMoreRowsThanMemoryHoldsIsRefused() {
        ChunkNumbering numbering = ChunkNumbering.unlimitedFirst(chunks(new long[] {Dataspace.UNLIMITED, 7}));
        ChunkBox box = new ChunkBox(new long[2], new long[] {1L << 40, 1});
        assertThrows(LimitExceededException.class, () -> numbering.runs(box, 1L << 60));
        assertEquals(500, numbering.runs(box, 2000).size(), "what exists bounds it as well");
    }

    @Test
    void rowsThatFollowEachOtherAreOneRunHoweverManyThereAre() {
        ChunkNumbering numbering = ChunkNumbering.unlimitedFirst(chunks(new long[] {Dataspace.UNLIMITED, 7, 7}));
        ChunkBox whole = new ChunkBox(new long[3], new long[] {1L << 40, 3, 3});
        assertEquals(List.of(new ChunkNumbering.Run(0, 16 * ((1L << 40) + 1))), numbering.runs(whole, 1L << 60));
        assertEquals(List.of(new ChunkNumbering.Run(0, 77)), numbering.runs(whole, 77));
        ChunkBox plane = new ChunkBox(new long[] {0, 1, 0}, new long[] {1, 2, 3});
        assertEquals(
                List.of(new ChunkNumbering.Run(4, 12), new ChunkNumbering.Run(20, 28)),
                numbering.runs(plane, 1L << 60));
    }

    @Test
    void chunksThatCostTheFileNothingAreCountedBeforeTheyAreMade() {
        ReadOptions options = ReadOptions.builder().metadataBudgetBytes(1 << 20).build();
        ChunkSpace chunks = chunks(new long[] {1 << 20}, FixtureSpace.bare(new byte[1 << 20], options));
        ImplicitIndex index = new ImplicitIndex(chunks, 0);
        assertEquals(1000, index.find(new long[1], new long[] {999}).size());
        assertThrows(LimitExceededException.class, () -> index.find(new long[1], new long[] {100_000}));
    }
}
