// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Boxes one behind the other are a shape in row-major order, and no larger than they may be. */
final class BoxesTest {
    private static List<Boxes.Box> all(Boxes boxes) {
        List<Boxes.Box> all = new ArrayList<>();
        while (boxes.hasNext()) {
            all.add(boxes.next());
        }
        return all;
    }

    /** The numbers of a box's elements in row-major order of the shape, added in row-major order of the box. */
    private static void add(long[] lengths, Boxes.Box box, List<Long> numbers) {
        long[] index = box.from().clone();
        while (true) {
            long number = 0;
            for (int i = 0; i < lengths.length; i++) {
                number = number * lengths[i] + index[i];
            }
            numbers.add(number);
            int i = lengths.length - 1;
            while (i >= 0 && ++index[i] == box.to()[i]) {
                index[i] = box.from()[i];
                i--;
            }
            if (i < 0) {
                return;
            }
        }
    }

    @Test
    void areTheShapeInRowMajorOrder() {
        Random random = new Random(14);
        for (int run = 0; run < 2_000; run++) {
            long[] lengths = random.longs(random.nextInt(5), 1, 8).toArray();
            long bytes = 1 + random.nextInt(200);
            long element = 1 + random.nextInt(9);
            Boxes.Borders borders = new Boxes.Borders(1 + random.nextInt(5), random.nextInt(9));
            List<Long> numbers = new ArrayList<>();
            for (Boxes.Box box : all(new Boxes(lengths, element, bytes, borders))) {
                int before = numbers.size();
                add(lengths, box, numbers);
                assertTrue(numbers.size() == before + 1 || (numbers.size() - before) * element <= bytes);
            }
            List<Long> expected = new ArrayList<>();
            add(lengths, new Boxes.Box(new long[lengths.length], lengths), expected);
            assertEquals(expected, numbers);
        }
    }

    @Test
    void cutTheFirstDimensionThatDoesNotFit() {
        List<Boxes.Box> wide = all(new Boxes(new long[] {1_000, 200, 50}, 8, 1_000_000, Boxes.Borders.NONE));
        assertEquals(84, wide.size());
        assertArrayEquals(new long[] {12, 200, 50}, wide.get(0).to());
        List<Boxes.Box> narrow = all(new Boxes(new long[] {1_000, 200, 50}, 8, 10_000, Boxes.Borders.NONE));
        assertEquals(8_000, narrow.size());
        assertArrayEquals(new long[] {0, 25, 0}, narrow.get(1).from());
        assertArrayEquals(new long[] {1, 50, 50}, narrow.get(1).to());
    }

    @Test
    void endWhereChunksEnd() {
        List<Boxes.Box> boxes = all(new Boxes(new long[] {4_900}, 4, 10_000, new Boxes.Borders(1_000, 100)));
        assertEquals(
                List.of(1_900L, 3_900L, 4_900L),
                boxes.stream().map(box -> box.to()[0]).toList());
    }

    @Test
    void ofNothingThereAreNone() {
        assertFalse(new Boxes(new long[] {3, 0}, 4, 100, Boxes.Borders.NONE).hasNext());
        assertEquals(1, all(new Boxes(new long[0], 4, 1, Boxes.Borders.NONE)).size());
    }
}
