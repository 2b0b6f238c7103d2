// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines and their breaks: h5dump's rules, of which {@code H5dumpOptionsTest} has many more lines. */
final class PageTest {
    private static final Style STYLE = Style.of(80, Written.elements(false, false, false));

    private static H5Array counted(long... shape) {
        Shape of = Shape.of(shape);
        int[] values = IntStream.range(0, (int) of.elementCount()).toArray();
        return new IntArray(IntegerType.of(4, Order.LITTLE_ENDIAN, true), of, values);
    }

    @Test
    void linesStandWhereTheirBlockIs() {
        String text = Written.sink(sink -> {
            Page page = new Page(sink, STYLE, 3);
            page.line("GROUP {");
            page.deeper();
            page.line("a");
            page.deeper();
            page.line("b");
            page.back();
            page.back();
            page.line("}");
        });
        assertEquals("\nGROUP {\n   a\n      b\n}", text);
    }

    @Test
    void anEmptyBlockLeavesNoLine() {
        String text = Written.sink(sink -> {
            Page page = new Page(sink, STYLE, 3);
            page.line("{");
            page.newLine();
            page.newLine();
            page.line("}");
        });
        assertEquals("\n{\n}", text);
    }

    @Test
    void moreBackThanDeeperIsTheMargin() {
        String text = Written.sink(sink -> {
            Page page = new Page(sink, STYLE, 0);
            page.back();
            page.back();
            page.line("x");
            page.backTo(6);
            page.line("y");
        });
        assertEquals("x\n   y", text);
    }

    @Test
    void aLineEndsWhereTheNextElementDoesNotFit() {
        assertEquals("0, 1, 2, 3, 4,\n5, 6, 7", Written.lines(counted(8), 16, false));
        assertEquals("(0): 0, 1, 2, 3,\n(4): 4, 5, 6, 7", Written.lines(counted(8), 18, true));
    }

    @Test
    void aLineEndsWithARow() {
        assertEquals("(0,0): 0, 1, 2,\n(1,0): 3, 4, 5", Written.lines(counted(2, 3), 80, true));
        assertEquals("0, 1, 2,\n3, 4, 5", Written.lines(counted(2, 3), 80, false));
    }

    @Test
    void indicesAreThoseOfTheFirstElementOfTheLine() {
        String text = Written.lines(counted(2, 2, 12), 30, true);
        assertEquals("(0,0,0): 0, 1, 2, 3, 4, 5, 6,", text.lines().findFirst().orElseThrow());
        assertTrue(text.contains("\n(1,1,0): 36, "), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 30), text);
        assertEquals(
                counted(2, 2, 12).length(),
                text.lines()
                        .flatMap(line -> java.util.Arrays.stream(
                                line.replaceFirst("^.*: ", "").split(",")))
                        .count());
    }

    @Test
    void aScalarHasOneIndex() {
        H5Array scalar = new IntArray(IntegerType.of(4, Order.LITTLE_ENDIAN, true), Shape.scalar(), new int[] {7});
        assertEquals("(0): 7", Written.lines(scalar, 80, true));
    }

    @Test
    void aWidthOfZeroIsOneElementALine() {
        assertEquals("0,\n1,\n2", Written.lines(counted(3), 0, false));
    }

    @Test
    void anElementThatIsTooLongStandsAlone() {
        int[] values = {1, 1_000_000_000, 2};
        H5Array array = new IntArray(IntegerType.of(4, Order.LITTLE_ENDIAN, true), Shape.of(3), values);
        assertEquals("1,\n1000000000,\n2", Written.lines(array, 5, false));
    }

    @Test
    void anElementMayBreakWhereItSaysSo() {
        String text = Written.sink(sink -> {
            Page page = new Page(sink, Style.of(11, Written.elements(false, false, false)), 0);
            page.newLine();
            page.put(new ByteText().add("(0,0)," + Page.OPTIONAL_BREAK + "(1,1)," + Page.OPTIONAL_BREAK + "(2,2)"));
        });
        assertEquals("(0,0),\n(1,1),\n(2,2)", text.replace(" ", ""));
    }

    @Test
    void aCopyGoesOnWithoutItsOriginal() {
        String text = Written.sink(sink -> {
            Page page = new Page(sink, STYLE, 3);
            page.line("a");
            Page copy = page.copy();
            copy.deeper();
            copy.line("b");
            page.line("c");
        });
        assertEquals("\na\n   b\nc", text);
    }

    @Test
    void whatGoesNowhereIsNotLaidOut() {
        Page page = new Page(Sink.nowhere(), STYLE, 0);
        page.line("a");
        assertFalse(page.isFull());
        assertTrue(page.put(new ByteText().add("x".repeat(500)), 3, 3));
    }

    @Test
    void aPageIsFullAtItsLastColumn() {
        Written.sink(sink -> {
            Page page = new Page(sink, Style.of(4, Written.elements(false, false, false)), 0);
            page.line("abc");
            assertFalse(page.isFull());
            page.line("abcd");
            assertTrue(page.isFull());
        });
    }
}
