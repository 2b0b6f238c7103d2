// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.Where;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with an oracle that looks at every element on its own. */
final class ChunkGridTest {
    private static final Where HERE = Where.source("test");
    private static final long UNSET = -1;

    /** A random case: a shape, chunks, and slices. */
    private record Case(Shape space, long[] chunk, List<Hyperslab> slices) {
        static Case random(Random random, int rank) {
            long[] dimensions = new long[rank];
            long[] chunk = new long[rank];
            for (int d = 0; d < rank; d++) {
                dimensions[d] = 1 + random.nextInt(rank > 3 ? 5 : 14);
                chunk[d] = 1 + random.nextInt((int) dimensions[d] + 3);
            }
            Shape space = Shape.of(dimensions);
            List<Hyperslab> slices = new ArrayList<>();
            slices.add(slice(random, space));
            int more = rank > 0 ? random.nextInt(3) : 0;
            for (int i = 0; i < more; i++) {
                List<Hyperslab.Range> ranges = new ArrayList<>(slices.get(0).ranges());
                ranges.set(0, range(random, dimensions[0]));
                slices.add(new Hyperslab(ranges));
            }
            return new Case(space, chunk, slices);
        }

        private static Hyperslab slice(Random random, Shape space) {
            List<Hyperslab.Range> ranges = new ArrayList<>();
            for (int d = 0; d < space.rank(); d++) {
                ranges.add(range(random, space.dimension(d)));
            }
            return new Hyperslab(ranges);
        }

        private static Hyperslab.Range range(Random random, long length) {
            long start = random.nextInt((int) length + 1);
            long stop = start + random.nextInt((int) (length - start) + 1);
            return random.nextInt(3) == 0
                    ? Hyperslab.Range.all()
                    : Hyperslab.Range.of(start, stop, 1 + random.nextInt(4));
        }

        Selection selection() {
            return Selection.of(space, slices, HERE);
        }
    }

    /** For each element of the result: its flat index in the dataset. */
    private static long[] oracle(Selection selection, Shape space) {
        List<Long> indices = new ArrayList<>();
        for (Box box : selection.boxes()) {
            long elements = Arrays.stream(box.count()).reduce(1, (a, b) -> a * b);
            for (long i = 0; i < elements; i++) {
                long rest = i;
                long flat = 0;
                long stride = 1;
                for (int d = box.rank() - 1; d >= 0; d--) {
                    flat += (box.start()[d] + rest % box.count()[d] * box.step()[d]) * stride;
                    rest /= box.count()[d];
                    stride *= space.dimension(d);
                }
                indices.add(flat);
            }
        }
        return indices.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] coordinates(long flat, long[] dimensions) {
        long[] at = new long[dimensions.length];
        for (int d = at.length - 1; d >= 0; d--) {
            at[d] = flat % dimensions[d];
            flat /= dimensions[d];
        }
        return at;
    }

    /** Writes what a copy moves, each destination once. */
    private static void apply(StridedCopy copy, long[] values, long[] result) {
        long[] moved = {0};
        copy.forEachRun((source, destination) -> {
            for (long i = 0; i < copy.runLength(); i++) {
                int to = (int) (destination + i * copy.destinationStep());
                assertEquals(UNSET, result[to], "destination written twice");
                result[to] = values[(int) (source + i * copy.sourceStep())];
                moved[0]++;
            }
        });
        assertEquals(copy.elementCount(), moved[0]);
    }

    @Test
    void chunksTogetherGiveTheSelection() {
        Random random = new Random(42);
        for (int i = 0; i < 4000; i++) {
            Case c = Case.random(random, i % 6);
            check(c);
        }
    }

    private static void check(Case c) {
        Selection selection = c.selection();
        ChunkGrid grid = new ChunkGrid(c.space(), c.chunk());
        long[] expected = oracle(selection, c.space());
        long[] result = new long[expected.length];
        Arrays.fill(result, UNSET);
        for (int b = 0; b < selection.boxes().size(); b++) {
            Box box = selection.boxes().get(b);
            StridedCopy.Target target =
                    new StridedCopy.Target(selection.result().dimensions(), selection.destination(b));
            if (box.isEmpty()) {
                continue;
            }
            long touched = 0;
            for (long[] chunk : chunks(grid.first(box), grid.last(box))) {
                StridedCopy copy = grid.copy(chunk, box, target);
                touched += copy.isEmpty() ? 0 : 1;
                long whole = grid.wholeChunks(box, target).destination(chunk);
                if (!copy.isEmpty() && whole >= 0) {
                    assertEquals(
                            copy.toString(),
                            grid.wholeChunks(box, target).copyTo(whole).toString());
                }
                apply(copy, chunkValues(c, chunk), result);
            }
            assertEquals(touched, grid.touched(box));
        }
        assertArrayEquals(expected, result, c.toString());
    }

    private static List<long[]> chunks(long[] first, long[] last) {
        List<long[]> all = new ArrayList<>();
        all.add(first.clone());
        for (int d = 0; d < first.length; d++) {
            List<long[]> more = new ArrayList<>();
            for (long[] at : all) {
                for (long k = first[d]; k <= last[d]; k++) {
                    long[] next = at.clone();
                    next[d] = k;
                    more.add(next);
                }
            }
            all = more;
        }
        return all;
    }

    /** A chunk whose elements are their flat indices in the dataset; those over the edge are never wanted. */
    private static long[] chunkValues(Case c, long[] chunk) {
        long elements = Arrays.stream(c.chunk()).reduce(1, (a, b) -> a * b);
        long[] values = new long[(int) elements];
        boolean over = false;
        for (int i = 0; i < values.length; i++) {
            long[] inside = coordinates(i, c.chunk());
            long flat = 0;
            boolean edge = false;
            for (int d = 0; d < inside.length; d++) {
                long index = chunk[d] * c.chunk()[d] + inside[d];
                edge |= index >= c.space().dimension(d);
                flat = flat * c.space().dimension(d) + index;
            }
            over |= edge;
            values[i] = edge ? -7 : flat;
        }
        assertEquals(over, new ChunkGrid(c.space(), c.chunk()).reachesOver(chunk));
        return values;
    }

    @Test
    void partsTogetherGiveTheWholeAndKeepTheirBounds() {
        Random random = new Random(7);
        for (int i = 0; i < 4000; i++) {
            Case c = Case.random(random, i % 6);
            Selection selection = c.selection();
            Box box = selection.boxes().get(0);
            StridedCopy.Target target =
                    new StridedCopy.Target(selection.result().dimensions(), 0);
            StridedCopy copy = ChunkGrid.wholeCopy(c.space(), box, target);
            long gap = random.nextInt(6);
            long extent = 1 + random.nextInt(20);
            long[] result = new long[(int) copy.elementCount()];
            Arrays.fill(result, UNSET);
            for (StridedCopy part : copy.split(gap, extent)) {
                assertTrue(part.sourceExtent() <= extent, part + " is longer than " + extent);
                assertNoHole(part, gap);
                long[] bytes = new long[(int) part.sourceExtent()];
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = part.sourceStart() + k;
                }
                apply(part.fromSourceStart(), bytes, result);
            }
            assertArrayEquals(
                    oracle(Selection.of(c.space(), c.slices().subList(0, 1), HERE), c.space()), result, c.toString());
        }
    }

    private static void assertNoHole(StridedCopy part, long gap) {
        List<Long> sources = new ArrayList<>();
        part.forEachRun((source, destination) -> {
            for (long i = 0; i < part.runLength(); i++) {
                sources.add(source + i * part.sourceStep());
            }
        });
        for (int i = 1; i < sources.size(); i++) {
            long hole = sources.get(i) - sources.get(i - 1) - 1;
            assertTrue(hole <= gap, part + " has a hole of " + hole);
        }
    }

    @Test
    void wholeChunkIsOneRun() {
        ChunkGrid grid = new ChunkGrid(Shape.of(8, 10, 10), new long[] {2, 10, 10});
        Box box = Selection.of(Shape.of(8, 10, 10), List.of(), HERE).boxes().get(0);
        StridedCopy copy = grid.copy(new long[] {1, 0, 0}, box, new StridedCopy.Target(new long[] {8, 10, 10}, 0));
        assertEquals(200, copy.runLength());
        assertTrue(copy.isDense());
        copy.forEachRun((source, destination) -> assertEquals(200, destination));
    }

    @Test
    void densePartsAreCutOnlyByLength() {
        Box box = Selection.of(Shape.of(100, 100), List.of(), HERE).boxes().get(0);
        StridedCopy copy =
                ChunkGrid.wholeCopy(Shape.of(100, 100), box, new StridedCopy.Target(new long[] {100, 100}, 0));
        assertEquals(10, copy.split(0, 1000).size());
        assertEquals(1, copy.split(0, 10_000).size());
    }

    @Test
    void refusesImpossibleChunks() {
        assertThrows(IllegalArgumentException.class, () -> new ChunkGrid(Shape.of(5), new long[] {0}));
        assertThrows(IllegalArgumentException.class, () -> new ChunkGrid(Shape.of(5), new long[] {1, 1}));
        assertThrows(
                IllegalArgumentException.class, () -> new ChunkGrid(Shape.of(5, 5), new long[] {1L << 32, 1L << 32}));
    }
}
