// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowsTest {
    private static final Range THREE = Range.of(0, 3);

    @Test
    void cutsARowThatIsLargerThanAWindow() {
        Slices slices =
                new Slices(new long[] {4, 9}, new long[] {1, 1}, List.of(Range.of(1, 3), Range.of(5, 10), THREE));
        List<List<Hyperslab>> expected = new ArrayList<>();
        for (long row : List.of(4L, 9L)) {
            for (long one : List.of(1L, 2L)) {
                for (Range part : List.of(Range.of(5, 7), Range.of(7, 9), Range.of(9, 10))) {
                    Range single = Range.of(one, one + 1);
                    expected.add(List.of(new Hyperslab(List.of(Range.of(row, row + 1), single, part, THREE))));
                }
            }
        }
        List<List<Hyperslab>> found = new ArrayList<>();
        new Windows(slices, 7, 1).forEachRemaining(found::add);
        assertEquals(expected, found);
    }

    @Test
    void makesNoMoreWindowsThanAreAskedFor() {
        Range all = Range.of(0, 1L << 60);
        Windows windows = new Windows(new Slices(new long[] {0}, new long[] {1}, List.of(all)), 1 << 19, 1);
        for (long at = 0; at < 3; at++) {
            Range part = Range.of(at << 19, (at + 1) << 19);
            assertEquals(List.of(new Hyperslab(List.of(Range.of(0, 1), part))), windows.next());
        }
    }

    @Test
    void refusesSlicesOfMoreRowsThanCanBeCounted() {
        long rows = 1L << 62;
        Slices slices = new Slices(new long[3], new long[] {rows, rows, rows}, List.of());
        assertEquals(
                400,
                assertThrows(WireException.class, () -> slices.within(Shape.of(rows)))
                        .status());
    }
}
