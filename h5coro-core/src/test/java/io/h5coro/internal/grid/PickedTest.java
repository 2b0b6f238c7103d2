// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.DataSelection;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementSelection.Axis;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with an oracle that looks at every element on its own. */
final class PickedTest {
    private static final Where HERE = Where.source("test");
    private static final long UNSET = -1;

    private static Shape space(Random random, int rank) {
        long[] dimensions = new long[rank];
        Arrays.setAll(dimensions, d -> 1 + random.nextInt(rank > 2 ? 6 : 30));
        return Shape.of(dimensions);
    }

    private static Picked picked(RandomSelection random, Shape space) {
        Selection selection = Selection.of(space, random.selection(), HERE, bytes -> {});
        assertEquals(random.result(), selection.result(), () -> random.selection() + " of " + space);
        assertEquals(random.elements().length, selection.elementCount());
        Picked picked = selection.picked();
        assertNotNull(picked);
        return picked;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void eachChunkHasTheElementsThatAreInIt(int rank) {
        Random random = new Random(rank);
        for (int n = 0; n < 400; n++) {
            Shape space = space(random, rank);
            RandomSelection selection = RandomSelection.of(random, space);
            Picked picked = picked(selection, space);
            if (selection.elements().length == 0) {
                continue;
            }
            long[] chunk = new long[rank];
            Arrays.setAll(chunk, d -> 1 + random.nextInt((int) space.dimension(d) + 2));
            String label = n + ": " + selection.selection() + " of " + space + " in " + Arrays.toString(chunk);
            ChunkGrid grid = new ChunkGrid(space, chunk);
            PickedChunks chunks = picked.in(grid, bytes -> {});
            long[] result = new long[selection.elements().length];
            Arrays.fill(result, UNSET);
            Set<List<Long>> asked = chunksOf(grid, chunks.boxes(), label);
            long touched = 0;
            for (long[] coordinate : allChunks(grid, space)) {
                boolean has = chunks.has(coordinate);
                if (has) {
                    touched++;
                    assertTrue(asked.contains(Arrays.stream(coordinate).boxed().toList()), label);
                    long count = copied(chunks.copy(coordinate), elements(coordinate, chunk, space), result);
                    assertEquals(chunks.count(coordinate), count, label);
                }
            }
            assertEquals(touched, chunks.touched(), label);
            assertTrue(asked.size() <= Math.pow(PickedChunks.MOST_PASSED_OVER, Math.max(1, rank)) * touched, label);
            assertArrayEquals(Arrays.stream(selection.elements()).asLongStream().toArray(), result, label);
        }
    }

    /** The chunks that boxes are in; no chunk is in two of them. */
    private static Set<List<Long>> chunksOf(ChunkGrid grid, List<Box> boxes, String label) {
        Set<List<Long>> chunks = new HashSet<>();
        long[] chunk = grid.chunk();
        for (Box box : boxes) {
            Set<List<Long>> here = new HashSet<>();
            here.add(List.of());
            for (int d = 0; d < box.rank(); d++) {
                Set<List<Long>> longer = new HashSet<>();
                for (List<Long> prefix : here) {
                    for (long i = 0; i < box.count()[d]; i++) {
                        List<Long> coordinate = new ArrayList<>(prefix);
                        coordinate.add((box.start()[d] + i * box.step()[d]) / chunk[d]);
                        longer.add(coordinate);
                    }
                }
                here = longer;
            }
            int before = chunks.size();
            chunks.addAll(here);
            assertEquals(before + here.size(), chunks.size(), label);
        }
        return chunks;
    }

    private static List<long[]> allChunks(ChunkGrid grid, Shape space) {
        Box whole = Box.whole(space.dimensions());
        long[] last = grid.last(whole);
        List<long[]> all = new ArrayList<>();
        long[] at = new long[last.length];
        int d;
        do {
            all.add(at.clone());
            for (d = at.length - 1; d >= 0 && ++at[d] > last[d]; d--) {
                at[d] = 0;
            }
        } while (d >= 0);
        return all;
    }

    /** For each place of a stored chunk the number of its element in the dataset; unset behind the edge. */
    private static long[] elements(long[] coordinate, long[] chunk, Shape space) {
        long count = Arrays.stream(chunk).reduce(1, (a, b) -> a * b);
        long[] elements = new long[(int) count];
        for (int i = 0; i < elements.length; i++) {
            long rest = i;
            long element = 0;
            long stride = 1;
            for (int d = chunk.length - 1; d >= 0; d--) {
                long index = coordinate[d] * chunk[d] + rest % chunk[d];
                rest /= chunk[d];
                element += index < space.dimension(d) ? index * stride : Long.MIN_VALUE / 8;
                stride *= space.dimension(d);
            }
            elements[i] = element;
        }
        return elements;
    }

    /** Copies; answers how many places were set. */
    private static long copied(ElementCopy copy, long[] source, long[] result) {
        Set<Long> places = new HashSet<>();
        copy.forEachRun((from, to) -> {
            for (long i = 0; i < copy.runLength(); i++) {
                long at = from + i * copy.sourceStep();
                long into = to + i * copy.destinationStep();
                assertTrue(at >= copy.sourceStart() && at < copy.sourceStart() + copy.sourceExtent());
                assertTrue(result[(int) into] == UNSET || result[(int) into] == source[(int) at]);
                result[(int) into] = source[(int) at];
                places.add(into);
            }
        });
        return places.size();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void partsHaveNoLongHolesAndAreNotLong(int rank) {
        Random random = new Random(10 + rank);
        for (int n = 0; n < 400; n++) {
            Shape space = space(random, rank);
            RandomSelection selection = RandomSelection.of(random, space);
            Picked picked = picked(selection, space);
            if (selection.elements().length == 0) {
                continue;
            }
            long gap = random.nextInt(6);
            long extent = 1 + random.nextInt(20);
            String label = selection.selection() + " of " + space + " gap " + gap + " extent " + extent;
            long[] all = new long[(int) space.elementCount()];
            Arrays.setAll(all, i -> i);
            long[] result = new long[selection.elements().length];
            Arrays.fill(result, UNSET);
            picked.whole(bytes -> {}).split(gap, extent, part -> {
                assertTrue(part.sourceExtent() <= extent, label);
                int start = (int) part.sourceStart();
                boolean[] wanted = new boolean[(int) part.sourceExtent()];
                copied(part, all, result);
                ElementCopy moved = part.fromSourceStart();
                assertEquals(0, moved.sourceStart(), label);
                moved.forEachRun((from, to) -> {
                    for (long i = 0; i < moved.runLength(); i++) {
                        int at = (int) (from + i * moved.sourceStep());
                        wanted[at] = true;
                        assertEquals(result[(int) (to + i * moved.destinationStep())], start + at, label);
                    }
                });
                assertTrue(wanted[0] && wanted[wanted.length - 1], label);
                assertFalse(hole(wanted) > gap, label);
            });
            assertArrayEquals(Arrays.stream(selection.elements()).asLongStream().toArray(), result, label);
        }
    }

    private static int hole(boolean[] wanted) {
        int longest = 0;
        int hole = 0;
        for (boolean one : wanted) {
            hole = one ? 0 : hole + 1;
            longest = Math.max(longest, hole);
        }
        return longest;
    }

    @Test
    void rowsAreInOrderAndInOneRowEach() {
        Random random = new Random(20);
        for (int n = 0; n < 400; n++) {
            Shape space = space(random, 1 + random.nextInt(3));
            RandomSelection selection = RandomSelection.of(random, space);
            Picked picked = picked(selection, space);
            if (selection.elements().length == 0) {
                continue;
            }
            PickedSegments rows = picked.rows(bytes -> {});
            long width = space.dimension(space.rank() - 1);
            int[] result = new int[selection.elements().length];
            for (int run = 0; run < rows.count(); run++) {
                assertTrue(run == 0 || rows.start(run - 1) <= rows.start(run));
                assertEquals(rows.start(run) / width, (rows.start(run) + rows.length(run) - 1) / width);
                for (int i = 0; i < rows.length(run); i++) {
                    result[rows.place(run) + i] = (int) rows.start(run) + i;
                }
            }
            assertArrayEquals(selection.elements(), result);
        }
    }

    /** Ten rows that are far apart are ten look-ups, and not one of all rows between; a column list is one. */
    @Test
    void anIndexIsAskedForWhatIsWanted() {
        ChunkGrid grid = new ChunkGrid(Shape.of(1_000_000, 100), new long[] {10, 10});
        Shape space = Shape.of(1_000_000, 100);
        long[] rows = new long[10];
        Arrays.setAll(rows, i -> i * 100_000L);
        PickedChunks far = Selection.of(space, ElementSelection.axes(Axis.of(rows)), HERE, bytes -> {})
                .picked()
                .in(grid, bytes -> {});
        assertEquals(100, far.touched());
        assertEquals(10, far.boxes().size());
        PickedChunks column = Selection.of(space, ElementSelection.parse("[..., [3, 99, 3]]"), HERE, bytes -> {})
                .picked()
                .in(grid, bytes -> {});
        assertEquals(200_000, column.touched());
        assertEquals(2, column.boxes().size());
        PickedChunks corners = Selection.of(
                        space,
                        ElementSelection.points(2, 0, 0, 999_999, 99, 0, 99, 500, 11, 500, 19, 500, 20),
                        HERE,
                        bytes -> {})
                .picked()
                .in(grid, bytes -> {});
        assertEquals(5, corners.touched());
        assertEquals(4, corners.boxes().size(), "chunks 1 and 2 of row 50 are neighbours");
    }

    /** Shapes as h5py's guess_shape gives them, by hand. */
    @Test
    void regionsHaveTheShapeThatH5pyGives() {
        Shape space = Shape.of(10, 10);
        assertEquals(space, region(space, new DataSelection.All()));
        assertEquals(Shape.of(0, 0), region(space, new DataSelection.None()));
        assertEquals(Shape.scalar(), region(Shape.scalar(), new DataSelection.All()));
        assertEquals(Shape.of(0), region(Shape.scalar(), new DataSelection.None()));
        List<Long> zero = List.of(0L, 0L);
        assertEquals(Shape.of(1, 1), region(space, blocks(zero, zero)));
        // Rows 0 to 1 of columns 0 to 1 and 4 to 5: a pattern of 2 x 4.
        assertEquals(Shape.of(2, 4), region(space, blocks(zero, List.of(1L, 1L), List.of(0L, 4L), List.of(1L, 5L))));
        // Two of row 0, three of row 1.
        assertEquals(Shape.of(5), region(space, blocks(zero, List.of(0L, 1L), List.of(1L, 4L), List.of(1L, 6L))));
        assertEquals(
                Shape.of(2), region(space, new DataSelection.Points(2, List.of(List.of(9L, 9L), List.of(0L, 3L)))));
        assertThrows(MalformedFileException.class, () -> region(space, blocks(zero, List.of(1L, 1L), zero, zero)));
        assertThrows(SelectionException.class, () -> region(space, blocks(zero, List.of(10L, 0L))));
        assertThrows(SelectionException.class, () -> region(Shape.of(10), blocks(zero, zero)));
        List<Long> endless = List.of(DataSelection.UNLIMITED, 1L);
        assertThrows(
                UnsupportedFeatureException.class,
                () -> region(space, new DataSelection.Regular(zero, List.of(1L, 1L), endless, List.of(1L, 1L))));
    }

    /** Half of 10^8 rows: nothing is allocated for them when the memory is refused. */
    @Test
    void rowsOfARegionTakeTheirMemoryBeforeTheyAreListed() {
        Shape space = Shape.of(100_000_000, 2);
        DataSelection column = blocks(List.of(0L, 0L), List.of(49_999_999L, 0L));
        List<Long> asked = new ArrayList<>();
        assertThrows(
                LimitExceededException.class,
                () -> Selection.of(space, new ElementSelection.Region(column, 0), HERE, bytes -> {
                    asked.add(bytes);
                    throw new LimitExceededException(HERE, "memory");
                }));
        assertEquals(List.of(50_000_000L * 32), asked);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // nobody keeps or changes the array
    private static DataSelection blocks(List<Long>... corners) {
        return new DataSelection.Blocks(2, List.of(corners));
    }

    private static Shape region(Shape space, DataSelection region) {
        return Selection.of(space, new ElementSelection.Region(region, 0), HERE, bytes -> {})
                .result();
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        Shape space = Shape.of(3, 4);
        for (ElementSelection selection : List.of(
                ElementSelection.parse("[[0, 3]]"),
                ElementSelection.parse("[[-4]]"),
                ElementSelection.parse("[0:2, [4]]"),
                ElementSelection.parse("[[0], 0:5]"),
                ElementSelection.parse("[[0], 0, 0]"),
                ElementSelection.points(2, 0, 0, 2, 4),
                ElementSelection.points(2, -4, 0),
                ElementSelection.points(1, 0),
                ElementSelection.axes(Axis.mask(true, false)),
                ElementSelection.mask(Shape.of(4, 3), new boolean[12]))) {
            SelectionException e = assertThrows(
                    SelectionException.class,
                    () -> Selection.of(space, selection, HERE, bytes -> {}),
                    selection.toString());
            assertTrue(String.valueOf(e.getMessage()).contains("(3, 4)"), e.getMessage());
        }
    }
}
