// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * Places in a flat array, in an order: element (i, j, …) stands at {@code first + i * steps[0] + j * steps[1] + …}.
 * Immutable.
 *
 * <p>Example: the transpose of an array of shape (2, 3) has lengths 3, 2 and steps 1, 3: places 0, 3, 1, 4, 2, 5.
 *
 * @param first place of the first element
 * @param lengths lengths of the dimensions, slowest first
 * @param steps distance of neighbours in each dimension
 */
@SuppressWarnings("ArrayRecordComponent") // made here, never changed
record Places(int first, int[] lengths, int[] steps) implements ArrayCopies.Order {
    /** All places of an array, in their order. */
    static Places all(Shape shape) {
        int rank = shape.rank();
        int[] lengths = new int[rank];
        int[] steps = new int[rank];
        boolean empty = shape.elementCount() == 0;
        int step = 1;
        for (int d = rank - 1; d >= 0; d--) {
            lengths[d] = Math.toIntExact(shape.dimension(d));
            steps[d] = empty ? 0 : step;
            step = empty ? 0 : step * lengths[d];
        }
        return new Places(0, lengths, steps);
    }

    /**
     * The place of an element in an array of some shape.
     *
     * @throws IllegalArgumentException when there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException when an index is outside of its dimension
     */
    static int position(Shape shape, int... indices) {
        if (indices.length != shape.rank()) {
            throw new IllegalArgumentException(
                    "indices " + Arrays.toString(indices) + " of an array of shape " + shape);
        }
        long place = 0;
        for (int d = 0; d < indices.length; d++) {
            place = place * shape.dimension(d) + Objects.checkIndex((long) indices[d], shape.dimension(d));
        }
        return (int) place;
    }

    @Override
    public int count() {
        if (Arrays.stream(lengths).anyMatch(length -> length == 0)) {
            return 0;
        }
        int count = 1;
        for (int length : lengths) {
            count = Math.multiplyExact(count, length);
        }
        return count;
    }

    /** Place of element i, in row-major order of the lengths. */
    int at(int i) {
        int place = first;
        int rest = i;
        for (int d = lengths.length - 1; d >= 0; d--) {
            place += rest % lengths[d] * steps[d];
            rest /= lengths[d];
        }
        return place;
    }

    /** Whether element i + 1 always stands right behind element i. */
    boolean isDense() {
        int step = 1;
        for (int d = lengths.length - 1; d >= 0; d--) {
            if (lengths[d] == 0) {
                return true;
            }
            if (lengths[d] > 1 && steps[d] != step) {
                return false;
            }
            step *= lengths[d];
        }
        return true;
    }

    /** All places in their order, as few runs as the last dimensions that continue one another make. */
    @Override
    public void forEachRun(ArrayCopies.Run run) {
        int count = count();
        if (count == 0) {
            return;
        }
        int outer = lengths.length;
        int length = 1;
        int step = 1;
        while (outer > 0 && (length == 1 || lengths[outer - 1] == 1 || steps[outer - 1] == length * step)) {
            outer--;
            if (lengths[outer] > 1) {
                step = length == 1 ? steps[outer] : step;
                length *= lengths[outer];
            }
        }
        int[] index = new int[outer];
        int from = first;
        for (int into = 0; into < count; into += length) {
            run.accept(from, step, length, into);
            for (int d = outer - 1; d >= 0; d--) {
                from += steps[d];
                index[d]++;
                if (index[d] < lengths[d]) {
                    break;
                }
                from -= index[d] * steps[d];
                index[d] = 0;
            }
        }
    }

    @Override
    public Places parts(int each) {
        int rank = lengths.length;
        int[] longer = Arrays.copyOf(lengths, rank + 1);
        int[] wider = Arrays.copyOf(steps, rank + 1);
        for (int d = 0; d < rank; d++) {
            wider[d] = Math.multiplyExact(wider[d], each);
        }
        longer[rank] = each;
        wider[rank] = 1;
        return new Places(Math.multiplyExact(first, each), longer, wider);
    }

    /** Every step-th index of {@code [from, to)} of a dimension, {@code 0 <= from <= to <= length}. */
    Places within(int d, int from, int to, long step) {
        int count = to == from ? 0 : (int) ((to - from - 1) / step) + 1;
        int[] shorter = lengths.clone();
        int[] wider = steps.clone();
        shorter[d] = count;
        wider[d] = count > 1 ? Math.toIntExact(steps[d] * step) : steps[d];
        return new Places(count == 0 ? first : first + from * steps[d], shorter, wider);
    }

    /** One index of a dimension, without the dimension. */
    Places without(int d, int index) {
        int place = first + Objects.checkIndex(index, lengths[d]) * steps[d];
        return new Places(place, removed(lengths, d), removed(steps, d));
    }

    private static int[] removed(int[] values, int d) {
        int[] fewer = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, d + 1, fewer, d, fewer.length - d);
        return fewer;
    }

    /** The dimensions in another order. */
    Places ordered(int[] order) {
        int[] otherLengths = new int[order.length];
        int[] otherSteps = new int[order.length];
        for (int d = 0; d < order.length; d++) {
            otherLengths[d] = lengths[order[d]];
            otherSteps[d] = steps[order[d]];
        }
        return new Places(first, otherLengths, otherSteps);
    }

    @Override
    public Shape shape() {
        return Shape.of(Arrays.stream(lengths).asLongStream().toArray());
    }
}
