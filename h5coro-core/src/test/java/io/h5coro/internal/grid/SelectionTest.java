// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SelectionTest {
    private static final Where HERE = Where.object("test", "/a");

    private static Selection select(Shape shape, String... slices) {
        return Selection.of(shape, Stream.of(slices).map(Hyperslab::parse).toList(), HERE);
    }

    private static SelectionException refused(Shape shape, String... slices) {
        return assertThrows(SelectionException.class, () -> select(shape, slices));
    }

    @Test
    void isWholeWithoutSlices() {
        assertEquals(Shape.of(3, 4), select(Shape.of(3, 4)).result());
        assertEquals(Shape.scalar(), select(Shape.scalar()).result());
        assertEquals(1, select(Shape.scalar()).elementCount());
        assertEquals(0, select(Shape.of(0, 4)).elementCount());
    }

    @Test
    void completesMissingDimensionsAndOpenEnds() {
        assertEquals(Shape.of(2, 4, 5), select(Shape.of(3, 4, 5), "[1:3]").result());
        Box box = select(Shape.of(3, 4, 5), "[:, 2:, :3]").boxes().get(0);
        assertArrayEquals(new long[] {0, 2, 0}, box.start());
        assertArrayEquals(new long[] {3, 2, 3}, box.count());
    }

    @Test
    void countsSteps() {
        assertEquals(Shape.of(4), select(Shape.of(10), "[0:10:3]").result());
        assertEquals(Shape.of(3), select(Shape.of(10), "[0:9:3]").result());
        assertEquals(Shape.of(1), select(Shape.of(10), "[9:10:100]").result());
    }

    @Test
    void allowsEmptyRangesUpToTheEnd() {
        assertEquals(Shape.of(0, 4), select(Shape.of(3, 4), "[3:3]").result());
        assertTrue(select(Shape.of(3, 4), "[3:]").boxes().get(0).isEmpty());
        assertEquals(Shape.of(0), select(Shape.of(0), "[0:0]").result());
    }

    @Test
    void refusesBoundsBehindTheEndNamingSliceAndShape() {
        String message = refused(Shape.of(10), "[5:11]").getMessage();
        assertTrue(message.contains("[5:11]") && message.contains("(10,)") && message.contains("/a"), message);
        refused(Shape.of(10), "[11:]");
        refused(Shape.of(10), "[10]");
        refused(Shape.of(10), "[11:11]");
        refused(Shape.of(0), "[0]");
    }

    @Test
    void refusesTooManyDimensions() {
        refused(Shape.of(10), "[0:1, 0:1]");
        refused(Shape.scalar(), "[0:1]");
        assertEquals(Shape.scalar(), select(Shape.scalar(), "[]").result());
    }

    @Test
    void laysSlicesBehindEachOther() {
        Selection s = select(Shape.of(10, 6), "[0:2, 1:4]", "[7:8, 0:6:2]", "[3:3, 0:3]", "[5:9, 3:]");
        assertEquals(Shape.of(7, 3), s.result());
        assertEquals(0, s.destination(0));
        assertEquals(6, s.destination(1));
        assertEquals(9, s.destination(2));
        assertEquals(9, s.destination(3));
    }

    @Test
    void refusesSlicesThatDoNotFitBehindEachOther() {
        refused(Shape.of(10, 6), "[0:2, 1:4]", "[0:2, 1:5]");
        assertThrows(
                SelectionException.class,
                () -> Selection.of(Shape.scalar(), List.of(Hyperslab.all(), Hyperslab.all()), HERE));
    }

    @Test
    void refusesResultsThatCannotBeCounted() {
        Shape huge = Shape.of(1L << 40, 1L << 40);
        assertThrows(LimitExceededException.class, () -> select(huge));
        assertEquals(1, select(huge, "[5, 1000000]").elementCount());
        assertThrows(LimitExceededException.class, () -> select(Shape.of(Long.MAX_VALUE), "[:]", "[:]"));
    }
}
