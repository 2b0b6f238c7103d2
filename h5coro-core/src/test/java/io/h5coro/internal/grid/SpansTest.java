// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpansTest {
    /** Selected coordinates in row-major order, found the slow way. */
    private static List<List<Long>> naive(List<Spans.Progression> dimensions) {
        List<List<Long>> all = List.of(List.of());
        for (Spans.Progression p : dimensions) {
            List<List<Long>> longer = new ArrayList<>();
            for (List<Long> before : all) {
                for (long k = 0; k < p.count(); k++) {
                    List<Long> next = new ArrayList<>(before);
                    next.add(p.start() + k / p.block() * p.stride() + k % p.block());
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    private static List<List<Long>> visited(Spans spans, long from, long length) {
        List<List<Long>> all = new ArrayList<>();
        spans.visit(from, length, (coordinate, run) -> {
            for (long i = 0; i < run; i++) {
                List<Long> one = new ArrayList<>();
                for (long c : coordinate) {
                    one.add(c);
                }
                one.set(one.size() - 1, one.get(one.size() - 1) + i);
                all.add(one);
            }
        });
        return all;
    }

    private static void checkWithin(Spans spans, List<List<Long>> elements, Box box) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            long position = 0;
            boolean inside = true;
            for (int d = 0; d < box.rank(); d++) {
                long distance = elements.get(i).get(d) - box.start()[d];
                inside &= distance >= 0 && distance % box.step()[d] == 0 && distance / box.step()[d] < box.count()[d];
                position = position * box.count()[d] + distance / box.step()[d];
            }
            if (inside) {
                expected.add(i + " at " + position);
            }
        }
        List<String> found = new ArrayList<>();
        spans.within(box, (ordinal, position, length) -> {
            for (long i = 0; i < length; i++) {
                found.add((ordinal + i) + " at " + (position + i));
            }
        });
        assertEquals(expected, found);
    }

    private static Box box(Random random, int rank) {
        Box box = new Box(new long[rank], new long[rank], new long[rank]);
        for (int d = 0; d < rank; d++) {
            box.start()[d] = random.nextInt(6);
            box.count()[d] = 1 + random.nextInt(6);
            box.step()[d] = 1 + random.nextInt(3);
        }
        return box;
    }

    @Test
    void numbersElementsOfProgressions() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            int rank = 1 + random.nextInt(4);
            List<Spans.Progression> dimensions = new ArrayList<>();
            for (int d = 0; d < rank; d++) {
                long block = 1 + random.nextInt(3);
                dimensions.add(new Spans.Progression(
                        random.nextInt(4), block + random.nextInt(3), block, 1 + random.nextInt(5)));
            }
            List<List<Long>> expected = naive(dimensions);
            Spans spans = Spans.regular(dimensions);
            assertEquals(expected.size(), spans.count());
            assertEquals(expected, visited(spans, 0, spans.count()));
            int from = random.nextInt(expected.size());
            assertEquals(expected.subList(from, expected.size()), visited(spans, from, expected.size() - from));
            checkWithin(spans, expected, box(random, rank));
        }
    }

    @Test
    void numbersElementsOfBlocksRowByRow() {
        // An L of two blocks: rows 0-1 of columns 0-1, row 2 of columns 0-3.
        Spans spans = Spans.blocks(2, List.of(List.of(2L, 0L), List.of(2L, 3L), List.of(0L, 0L), List.of(1L, 1L)));
        List<List<Long>> expected = List.of(
                List.of(0L, 0L),
                List.of(0L, 1L),
                List.of(1L, 0L),
                List.of(1L, 1L),
                List.of(2L, 0L),
                List.of(2L, 1L),
                List.of(2L, 2L),
                List.of(2L, 3L));
        assertEquals(expected, visited(spans, 0, spans.count()));
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            checkWithin(spans, expected, box(random, 2));
        }
    }

    @Test
    void countsIndicesBelowAnExtent() {
        Spans.Progression p = new Spans.Progression(2, 4, 2, 100);
        assertEquals(
                List.of(0L, 0L, 1L, 2L, 2L, 2L, 3L, 4L, 4L),
                Arrays.stream(new long[] {0, 2, 3, 4, 5, 6, 7, 8, 10})
                        .mapToObj(p::below)
                        .toList());
    }

    @Test
    void refusesBlocksThatOverlap() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Spans.blocks(1, List.of(List.of(0L), List.of(3L), List.of(2L), List.of(5L))));
    }
}
