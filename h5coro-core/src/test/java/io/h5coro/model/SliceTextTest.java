// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SliceTextTest {
    /** What numpy gives of {@code arange(20).reshape(5, 4)}, with {@code [i:i+1]} for an index i. */
    private static final String NUMPY = """
             -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            ... -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            : -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            :: -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            1 -> (1,4) 4 5 6 7
            -1 -> (1,4) 16 17 18 19
            -5 -> (1,4) 0 1 2 3
            1:3 -> (2,4) 4 5 6 7 8 9 10 11
            -2: -> (2,4) 12 13 14 15 16 17 18 19
            -3:-1 -> (2,4) 8 9 10 11 12 13 14 15
            :-1 -> (4,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
            ::2 -> (3,4) 0 1 2 3 8 9 10 11 16 17 18 19
            1::2 -> (2,4) 4 5 6 7 12 13 14 15
            -4::3 -> (2,4) 4 5 6 7 16 17 18 19
            0:5:7 -> (1,4) 0 1 2 3
            3:3 -> (0,4)
            5: -> (0,4)
            5:5 -> (0,4)
            -5: -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            1,2 -> (1,1) 6
            -1,-1 -> (1,1) 19
            1,-2: -> (1,2) 6 7
            ...,0 -> (5,1) 0 4 8 12 16
            ...,-1 -> (5,1) 3 7 11 15 19
            ...,1:3 -> (5,2) 1 2 5 6 9 10 13 14 17 18
            2,... -> (1,4) 8 9 10 11
            2,...,1 -> (1,1) 9
            :,... -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            :,:,... -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            ...,:,: -> (5,4) 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            0:2,::3 -> (2,2) 0 3 4 7
             1 : 3 , -1  -> (2,1) 7 11
            1:2: -> (1,4) 4 5 6 7
            1:2:1 -> (1,4) 4 5 6 7
            -1:5 -> (1,4) 16 17 18 19
            :0 -> (0,4)
            -5:-5 -> (0,4)
            """;

    static List<String> numpy() {
        return NUMPY.lines().toList();
    }

    @ParameterizedTest
    @MethodSource("numpy")
    void selectsWhatNumpySelects(String line) {
        String[] sides = line.split("->");
        String[] expected = sides[1].strip().split(" ", 2);
        Hyperslab slab = Hyperslab.parse("[" + sides[0].strip() + "]");
        assertEquals(expected[0] + " " + (expected.length > 1 ? expected[1] : ""), selected(slab, 5, 4));
        assertEquals(slab, Hyperslab.parse(sides[0]));
        assertEquals(slab, Hyperslab.parse(slab.toString()));
        assertEquals(
                List.of(slab), DatasetRequest.parse("/g/x[" + sides[0] + "]").slices());
    }

    private static String selected(Hyperslab slab, long rows, long columns) {
        List<Hyperslab.Range> ranges = slab.within(Shape.of(rows, columns));
        List<Long> first = indices(ranges.get(0));
        List<Long> second = indices(ranges.get(1));
        List<String> elements = new ArrayList<>();
        first.forEach(i -> second.forEach(j -> elements.add(Long.toString(i * columns + j))));
        return "(" + first.size() + "," + second.size() + ") " + String.join(" ", elements);
    }

    private static List<Long> indices(Hyperslab.Range range) {
        List<Long> all = new ArrayList<>();
        for (long i = Objects.requireNonNull(range.start());
                i < Objects.requireNonNull(range.stop());
                i += range.step()) {
            all.add(i);
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "x[a] # 3",
                "x[0 # 4",
                "x[1.5] # 4",
                "x[1e1] # 4",
                "x[0x10] # 4",
                "x[0]] # 5",
                "x[,] # 3",
                "x[0,] # 5",
                "x[,0] # 3",
                "x[0,,1] # 5",
                "x[99999999999999999999] # 3",
                "x[9223372036854775807] # 3",
                "x[-9223372036854775809] # 3",
                "x[:99999999999999999999] # 4",
                "x[\u0661] # 3",
                "x[\uff11:2] # 3",
                "x[+1] # 3",
                "x[--1] # 4",
                "x[- 1] # 4",
                "x[1 2] # 5",
                "x[1:2:3:4] # 8",
                "x[::0] # 5",
                "x[::-1] # 5",
                "x[3:1] # 3",
                "x[-1:-3] # 3",
                "x[....] # 6",
                "x[...,...] # 7",
                "x[..] # 3",
                "x[... 1] # 7",
                "x] # 2",
                "x[0]y # 5",
                "x[0] [1] # 5",
                "x[ # 3",
                "x[[0] # 6",
                "x[[0,]] # 6",
                "x[[,0]] # 4",
                "x[[0:2]] # 5",
                "x[[a]] # 4",
                "x[[[0]]] # 4",
                "x[[0 1]] # 6",
                "x[[0][1]] # 6",
                "x[[0]][1] # 7",
                "x[1][[0]] # 5",
                "x[[99999999999999999999]] # 4",
                "x[0[1]] # 4",
                "x[0;1] # 4",
                "x[None] # 3",
                "x['a'] # 3",
                "x[0]] # 5",
                "x[0)] # 4",
                "x[\u2026] # 3",
                "x[\u22121] # 3",
                "x[1\u00a0] # 4",
                "x[0b1] # 4",
                "x[1_0] # 4",
                "x[1l] # 4",
                "/g[0]/x[a] # 9",
                "x[0:2][b] # 8",
                "\ud83c\udf0d[a] # 3"
            })
    void saysWhereATextIsNoSlice(String text, int column) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> DatasetRequest.parse(text));
        assertTrue(
                String.valueOf(e.getMessage()).startsWith("'" + text + "' at column " + column + ": "), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[6]",
                "[5]",
                "[-6]",
                "[0:6]",
                "[6:]",
                "[-6:]",
                "[:,5:]",
                "[0,0,0]",
                "[...,0,0,0]",
                "[4:-4]",
                "[-1:3]",
                "[:-6]",
                "[1:9223372036854775807]",
                "[-9223372036854775808]"
            })
    void refusesBoundsOutsideOfTheShape(String text) {
        Hyperslab slab = Hyperslab.parse(text);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> slab.within(Shape.of(5, 4)), text);
        assertTrue(String.valueOf(e.getMessage()).contains("(5, 4)"), e.getMessage());
    }

    /** As numpy selects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[3:100] | (2,4) 12 13 14 15 16 17 18 19", "[-100:1] | (1,4) 0 1 2 3", "[100:200] | (0,4) ",
                "[4:-4] | (0,4) ", ":-100 | (0,4) ", "[...,2:9] | (5,2) 2 3 6 7 10 11 14 15 18 19",
                "[-2:9223372036854775807] | (2,4) 12 13 14 15 16 17 18 19"
            })
    void clipsBoundsOnRequest(String text, String expected) {
        assertEquals(
                expected.strip(),
                selected(Hyperslab.parse(text).clipped(), 5, 4).strip());
    }

    @Test
    void anIndexOfADimensionWithoutElementsIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> Hyperslab.parse("-1").within(Shape.of(0)));
        assertThrows(IllegalArgumentException.class, () -> Hyperslab.parse("0").within(Shape.of(0)));
        assertThrows(IllegalArgumentException.class, () -> Hyperslab.parse("0").within(Shape.scalar()));
        assertEquals(List.of(), Hyperslab.parse("[...]").within(Shape.scalar()));
        assertEquals(List.of(), Hyperslab.parse("[]").within(Shape.scalar()));
    }

    @Test
    void namesWithBracketsCanBeAsked() {
        assertEquals("/x[1]", DatasetRequest.parse("/x\\[1\\]").path());
        assertEquals("/x[1]", DatasetRequest.parse("x\\[1\\][0:2]").path());
        assertEquals("/run[1]/x", DatasetRequest.parse("/run[1]/x[0]").path());
        assertEquals("/run[1]/x", DatasetRequest.parse("/run\\[1\\]/x[0]").path());
        assertEquals("/x\\", DatasetRequest.parse("/x\\\\[0]").path());
        assertEquals("/x\\y\\\\z", DatasetRequest.parse("/x\\y\\\\z").path());
        assertEquals("/x[0", DatasetRequest.of("/x[0").path());
        assertEquals(2, DatasetRequest.parse("/x[0:1][-1]").slices().size());
    }
}
