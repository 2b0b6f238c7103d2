// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RowRangesTest {
    private static final Where WHERE = Where.object("a.h5", "/d");

    private static RowRanges of(Shape shape, long chunkRows, Hyperslab slice, BlockOptions options) {
        return new RowRanges(new RowRanges.Rows(WHERE, shape, chunkRows, 4), slice, options);
    }

    /** A budget for blocks of so many bytes, read one ahead: a third of the budget is one block. */
    private static BlockOptions blockOf(long bytes) {
        return new BlockOptions(0, 3 * bytes, 1);
    }

    private static List<String> all(RowRanges ranges) {
        List<String> slices = new ArrayList<>();
        while (ranges.hasNext()) {
            slices.add(ranges.next().toString());
        }
        return slices;
    }

    @Test
    void blocksEndWhereChunksEnd() {
        Shape shape = Shape.of(100, 10);
        Hyperslab rows = Hyperslab.of(Range.of(5, 73));
        assertEquals(
                List.of("[5:20, :]", "[20:40, :]", "[40:60, :]", "[60:73, :]"),
                withoutInner(all(of(shape, 20, rows, blockOf(25 * 40)))));
        assertEquals(List.of("[5:40, :]", "[40:73, :]"), withoutInner(all(of(shape, 20, rows, blockOf(45 * 40)))));
        // Less than a chunk fits, so chunks are cut.
        assertEquals(
                List.of("[5:20, :]", "[20:35, :]", "[35:50, :]", "[50:65, :]", "[65:73, :]"),
                withoutInner(all(of(shape, 20, rows, blockOf(15 * 40)))));
    }

    private static List<String> withoutInner(List<String> slices) {
        return slices.stream().map(slice -> slice.replace("0:10", ":")).toList();
    }

    @Test
    void rowsThatAreAskedForAreNotAligned() {
        BlockOptions options = new BlockOptions(30, 1 << 20, 1);
        assertEquals(
                List.of("[5:35]", "[35:65]", "[65:73]"),
                all(of(Shape.of(100), 20, Hyperslab.of(Range.of(5, 73)), options)));
        assertEquals(
                List.of("[5:65:2]", "[65:73:2]"),
                all(of(Shape.of(100), 20, Hyperslab.of(Range.of(5, 73, 2)), options)));
    }

    @Test
    void aScalarIsOneBlock() {
        RowRanges ranges = of(Shape.scalar(), 1, Hyperslab.all(), blockOf(100));
        assertTrue(ranges.hasNext());
        assertEquals(0, ranges.firstRow());
        assertEquals(Hyperslab.all(), ranges.next());
        assertFalse(ranges.hasNext());
    }

    @Test
    void noRowsAreNoBlocks() {
        assertFalse(of(Shape.of(0), 1, Hyperslab.all(), blockOf(1)).hasNext());
        assertFalse(of(Shape.of(9), 1, Hyperslab.of(Range.of(4, 4)), blockOf(1)).hasNext());
        assertFalse(of(Shape.of(0, 1_000_000), 1, Hyperslab.all(), blockOf(1)).hasNext(), "nothing to fit");
        RowRanges empty = of(Shape.of(7, 0), 1, Hyperslab.all(), blockOf(1));
        assertTrue(empty.hasNext(), "rows without an element are rows");
        assertEquals("[0:1, 0:0]", empty.next().toString());
    }

    @Test
    void aRowThatDoesNotFitIsALimit() {
        LimitExceededException one =
                assertThrows(LimitExceededException.class, () -> of(Shape.of(9, 11), 1, Hyperslab.all(), blockOf(43)));
        assertEquals(
                "1 row of 44 bytes do not fit into the 43 bytes that a block has of the budget of 129:"
                        + " raise the budget, or read a slice",
                one.problem());
        assertTrue(of(Shape.of(9, 11), 1, Hyperslab.all(), blockOf(44)).hasNext());
        LimitExceededException many = assertThrows(
                LimitExceededException.class,
                () -> of(Shape.of(9, 11), 1, Hyperslab.all(), new BlockOptions(5, 3 * 219, 1)));
        assertTrue(many.problem().startsWith("5 rows of 44 bytes do not fit into the 219 bytes"), many.problem());
        LimitExceededException huge = assertThrows(
                LimitExceededException.class,
                () -> of(
                        Shape.of(2, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4),
                        1,
                        Hyperslab.all(),
                        blockOf(Long.MAX_VALUE / 8)));
        assertTrue(huge.problem().startsWith("1 row of 9223372036854775807 bytes"), huge.problem());
    }

    @Test
    void aSliceThatDoesNotFitTheShapeIsRefused() {
        SelectionException failure = assertThrows(
                SelectionException.class, () -> of(Shape.of(9), 1, Hyperslab.of(Range.of(0, 10)), blockOf(100)));
        assertEquals(
                "slice [0:10] of shape (9,): dimension 0: range 0:10 reaches over the length 9", failure.problem());
    }

    @Test
    void theEndOfTheRowsMayBeTheGreatestNumber() {
        RowRanges ranges = of(
                Shape.of(Long.MAX_VALUE),
                1 << 20,
                Hyperslab.of(Range.of(Long.MAX_VALUE - 10, Long.MAX_VALUE, Long.MAX_VALUE - 3)),
                blockOf(1 << 20));
        assertEquals(List.of("[9223372036854775797:9223372036854775807:9223372036854775804]"), all(ranges));
    }

    @Test
    void everySelectedRowIsInOneBlockInOrder() {
        Random random = new Random(12);
        for (int round = 0; round < 3_000; round++) {
            int length = 1 + random.nextInt(200);
            int start = random.nextInt(length);
            int stop = start + random.nextInt(length - start + 1);
            int step = 1 + random.nextInt(random.nextBoolean() ? 3 : 50);
            int chunkRows = 1 + random.nextInt(40);
            int blockRows = 1 + random.nextInt(60);
            boolean asked = random.nextBoolean();
            BlockOptions options = asked ? new BlockOptions(blockRows, 1 << 20, 1) : blockOf(4L * blockRows);
            Shape shape = Shape.of(length);
            RowRanges ranges = of(shape, chunkRows, Hyperslab.of(Range.of(start, stop, step)), options);
            TreeSet<Long> rows = new TreeSet<>();
            String what = start + ":" + stop + ":" + step + " in chunks of " + chunkRows + ", blocks of " + blockRows;
            while (ranges.hasNext()) {
                long first = ranges.firstRow();
                Range range = ranges.next().within(shape).get(0);
                assertEquals(first, range.start(), what);
                int count = 0;
                for (long row = range.start(); row < range.stop(); row += step) {
                    assertTrue(rows.isEmpty() || row > rows.last(), what);
                    rows.add(row);
                    count++;
                }
                assertTrue(count >= 1 && count <= blockRows, what + ": " + count);
                boolean aligned = range.stop() % chunkRows == 0 || range.stop() == stop;
                boolean whole = !asked && (long) blockRows * step >= 2L * chunkRows;
                assertTrue(aligned || !whole, what + " ends at " + range.stop());
            }
            TreeSet<Long> expected = new TreeSet<>();
            for (long row = start; row < stop; row += step) {
                expected.add(row);
            }
            assertEquals(expected, rows, what);
        }
    }
}
