// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Views show the elements of their array where numpy's would, and copy none. */
final class ArrayViewTest {
    private static IntArray numbers(long... dimensions) {
        int[] values =
                IntStream.range(0, (int) Shape.of(dimensions).elementCount()).toArray();
        return new IntArray(IntegerType.of(4, Order.LITTLE_ENDIAN, true), Shape.of(dimensions), values);
    }

    @Test
    void aTransposeHasColumnsForRows() {
        IntArray matrix = numbers(2, 3);
        ArrayView view = matrix.transpose();
        assertEquals(Shape.of(3, 2), view.shape());
        assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5}, view.toInts());
        assertEquals(5, view.getDouble(2, 1));
        assertFalse(view.isContiguous());
        matrix.values()[5] = 50;
        assertEquals(50, view.getLong(5));
        assertEquals("view (3, 2) of int32 (2, 3) [0, 1, 2, 3, 4, 50]", view.toString());
    }

    /** numpy: arange(24).reshape(2,3,4).transpose(1,2,0)[1:, ::2].ravel() is 4 16 6 18 8 20 10 22. */
    /** The product of the first two lengths is no int: numpy has such arrays, of no element. */
    @Test
    void anArrayWithoutElementsHasViewsHoweverLongItsOtherDimensionsAre() {
        IntArray none = new IntArray(numbers(1).type(), Shape.of(70_000, 70_000, 0), new int[0]);
        assertEquals(0, none.view().length());
        assertEquals(Shape.of(10, 70_000, 0), none.slice("[0:10]").copy().shape());
        assertEquals(Shape.of(0), none.reshape(-1).shape());
    }

    @Test
    void aShapeOfMoreElementsThanThereAreNumbersIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> numbers(4).reshape(1L << 40, 1L << 40));
        assertThrows(IllegalArgumentException.class, () -> numbers(4).reshape(1L << 40, 1L << 40, -1));
        assertThrows(IllegalArgumentException.class, () -> numbers(4).reshape(-1, -1));
    }

    @Test
    void viewsOfViewsAreViews() {
        ArrayView view = numbers(2, 3, 4).transpose(1, 2, 0).slice("[1:, ::2]");
        assertEquals(Shape.of(2, 2, 2), view.shape());
        assertArrayEquals(new long[] {4, 16, 6, 18, 8, 20, 10, 22}, view.toLongs());
        assertArrayEquals(new int[] {8, 10}, view.pick(0, 1).pick(1, 0).toInts());
        assertSame(view, view.view());
    }

    @Test
    void reshapeNeedsElementsOneAfterTheOther() {
        IntArray matrix = numbers(4, 6);
        assertArrayEquals(
                new int[] {12, 13, 14},
                matrix.slice("[2:]").reshape(-1, 3).pick(0, 0).toInts());
        assertEquals(Shape.of(8, 3), matrix.reshape(-1, 3).shape());
        UnsupportedOperationException e = assertThrows(
                UnsupportedOperationException.class, () -> matrix.transpose().reshape(24));
        assertTrue(e.getMessage().contains("copy()"), e.getMessage());
        assertEquals(6, matrix.transpose().copy().reshape(24).getLong(1));
        assertThrows(IllegalArgumentException.class, () -> matrix.reshape(5, 5));
        assertThrows(IllegalArgumentException.class, () -> matrix.reshape(-1, 7));
        assertThrows(IllegalArgumentException.class, () -> matrix.reshape(-1, -1));
        assertThrows(IllegalArgumentException.class, () -> matrix.transpose(0, 0));
        assertThrows(IllegalArgumentException.class, () -> matrix.transpose(1));
        assertThrows(IllegalArgumentException.class, () -> matrix.slice("[0:5]"));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.view().pick(2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.view().pick(1, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.view().getLong(24));
    }

    @Test
    void buffersShareTheMemoryOfContiguousViews() {
        IntArray matrix = numbers(4, 6);
        assertEquals(6, matrix.slice("[1:3]").asIntBuffer().get(0));
        assertEquals(12, matrix.slice("[1:3]").asIntBuffer().remaining());
        matrix.slice("[1:3]").asIntBuffer().put(0, 60);
        assertEquals(60, matrix.values()[6]);
        assertThrows(
                UnsupportedOperationException.class,
                () -> matrix.slice("[:, 1:3]").asIntBuffer());
        assertThrows(UnsupportedOperationException.class, matrix::asFloatBuffer);
        assertEquals(0, matrix.slice("[4:]").asIntBuffer().remaining());
    }

    @Test
    void scalarsAndEmptyArraysHaveViews() {
        assertEquals(0, numbers().view().getLong(0));
        assertEquals(1, numbers().reshape(1, 1).length());
        assertEquals(0, numbers().transpose().getLong(new int[0]));
        ArrayView none = numbers(0, 3).transpose();
        assertEquals(Shape.of(3, 0), none.shape());
        assertEquals(0, none.toDoubles().length);
        assertEquals(3, none.toNested(int[][].class).length);
        assertTrue(none.isContiguous());
        assertEquals(0, numbers(5).slice("[2:2]").toInts().length);
    }

    static java.util.stream.Stream<H5Array> arrays() {
        return ArraysTest.arrays();
    }

    /** Elements 3, 2, 1, 0 are the last ones of a transpose; each class of arrays copies them as it copies one. */
    @ParameterizedTest
    @MethodSource("arrays")
    void everyClassOfArraysHasViews(H5Array array) {
        ArrayView view = array.withShape(Shape.of(2, 2)).transpose();
        H5Array copy = view.copy();
        assertEquals(array.getClass(), copy.getClass());
        assertEquals(array.type(), copy.type());
        assertEquals(Shape.of(2, 2), copy.shape());
        int[] order = {0, 2, 1, 3};
        for (int i = 0; i < 4; i++) {
            H5Array expected = array.copyOfRange(order[i], order[i] + 1);
            assertEquals(expected.toString(), copy.copyOfRange(i, i + 1).toString());
        }
        assertEquals(array.toString(), array.view().copy().toString());
        assertEquals(4, view.length());
    }

    /** Against the same steps made one element at a time, on lists of indices. */
    @Test
    void randomViewsHaveTheElementsThatTheirIndicesSay() {
        Random random = new Random(14);
        for (int round = 0; round < 2000; round++) {
            int rank = 1 + random.nextInt(4);
            long[] dimensions = random.longs(rank, 0, 5).toArray();
            ArrayView view = numbers(dimensions).view();
            List<int[]> indices = indices(Shape.of(dimensions));
            int[] places = IntStream.range(0, indices.size()).toArray();
            for (int step = 0; step < 3; step++) {
                Shape before = view.shape();
                int[] order = shuffled(rank, random);
                List<Hyperslab.Range> ranges = new ArrayList<>();
                for (int d = 0; d < rank; d++) {
                    long length = before.dimension(order[d]);
                    long from = random.nextInt((int) length + 1);
                    long to = from + random.nextInt((int) (length - from) + 1);
                    ranges.add(Hyperslab.Range.of(from, to, 1 + random.nextInt(3)));
                }
                view = view.transpose(order).slice(new Hyperslab(ranges));
                int[] old = places;
                places = indices(view.shape()).stream()
                        .mapToInt(index -> old[placeBefore(index, before, order, ranges)])
                        .toArray();
                assertArrayEquals(places, view.toInts());
                for (int i = 0; i < places.length; i++) {
                    assertEquals(places[i], view.getLong(i));
                }
            }
        }
    }

    private static int placeBefore(int[] index, Shape before, int[] order, List<Hyperslab.Range> ranges) {
        long[] old = new long[index.length];
        for (int d = 0; d < index.length; d++) {
            Hyperslab.Range range = ranges.get(d);
            old[order[d]] = Objects.requireNonNull(range.start()) + index[d] * range.step();
        }
        long place = 0;
        for (int d = 0; d < old.length; d++) {
            place = place * before.dimension(d) + old[d];
        }
        return (int) place;
    }

    private static int[] shuffled(int rank, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<int[]> indices(Shape shape) {
        List<int[]> all = new ArrayList<>(List.of(new int[shape.rank()]));
        for (int d = 0; d < shape.rank(); d++) {
            List<int[]> more = new ArrayList<>();
            for (int[] index : all) {
                for (int i = 0; i < shape.dimension(d); i++) {
                    int[] next = index.clone();
                    next[d] = i;
                    more.add(next);
                }
            }
            all = more;
        }
        return all;
    }
}
