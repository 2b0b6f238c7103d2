// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Slabs hold each element of a slice once, in row-major order, and no more elements than allowed. */
final class SlabsTest {
    /** The row-major indices of a slice, element by element. */
    private static List<List<Long>> elements(Hyperslab slab, Shape shape) {
        List<List<Long>> all = List.of(List.of());
        for (Hyperslab.Range range : slab.within(shape)) {
            List<List<Long>> longer = new ArrayList<>();
            for (List<Long> before : all) {
                for (long i = range.start(); i < range.stop(); i += range.step()) {
                    List<Long> one = new ArrayList<>(before);
                    one.add(i);
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all;
    }

    @Test
    void everyElementComesOnceAndInOrder() {
        Random random = new Random(14);
        for (int n = 0; n < 2000; n++) {
            int rank = random.nextInt(4);
            long[] lengths = random.longs(rank, 0, 7).toArray();
            long[] chunks = random.longs(rank, 1, 5).toArray();
            Hyperslab.Range[] ranges = new Hyperslab.Range[rank];
            for (int d = 0; d < rank; d++) {
                long start = random.nextLong(lengths[d] + 1);
                ranges[d] = Hyperslab.Range.of(
                        start, start + random.nextLong(lengths[d] - start + 1), 1 + random.nextInt(3));
            }
            Shape shape = Shape.of(lengths);
            Hyperslab slice = Hyperslab.of(ranges);
            long most = 1 + random.nextInt(40);
            Slabs slabs = new Slabs(shape, random.nextBoolean() ? Shape.of(chunks) : Shape.scalar(), slice, most);
            List<List<Long>> found = new ArrayList<>();
            while (slabs.hasNext()) {
                Hyperslab slab = slabs.next();
                List<List<Long>> elements = elements(slab, shape);
                assertEquals(elements.size(), Wanted.elements(slab, shape));
                assertTrue(!elements.isEmpty() && elements.size() <= most, slab + " of " + shape);
                found.addAll(elements);
            }
            assertEquals(elements(slice, shape), found, slice + " of " + shape + " by " + most);
        }
    }

    @Test
    void slabsEndWithChunks() {
        Slabs slabs = new Slabs(Shape.of(100, 10), Shape.of(7, 10), Hyperslab.all(), 250);
        List<String> found = new ArrayList<>();
        slabs.forEachRemaining(slab -> found.add(slab.ranges().get(0).toString()));
        assertEquals(List.of("0:21", "21:42", "42:63", "63:84", "84:100"), found);
        assertEquals(10, slabs.rowLength());
    }
}
