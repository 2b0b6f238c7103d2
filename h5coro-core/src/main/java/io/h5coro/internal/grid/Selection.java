// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Slices of a dataset that were checked against its shape: one box each, laid one behind the other along the first
 * dimension of the result. Immutable.
 *
 * <p>Rules: missing dimensions are whole, open ends are the bounds of the dimension, an empty range is legal, a bound
 * behind the end is an error unless the slice is clipped. No slice at all means everything. A selection of picked
 * elements has no boxes.
 */
public final class Selection {
    private final List<Box> boxes;
    private final Shape result;

    /** Index in the flat result of each box's first element; the sums are made once, there may be 100,000 boxes. */
    private final long[] destinations;

    private final @Nullable Picked picked;

    private Selection(List<Box> boxes, Shape result) {
        this.boxes = boxes;
        this.result = result;
        this.destinations = destinations(boxes, result);
        this.picked = null;
    }

    private Selection(Picked picked) {
        this.boxes = List.of();
        this.result = picked.result();
        this.destinations = new long[0];
        this.picked = picked;
    }

    /**
     * Checks a selection that is no slice against a shape.
     *
     * @param where what is read, for messages
     * @param space the dataset's shape
     * @param memory takes the bytes of memory that finding the elements needs, before they are allocated; throws when
     *     it is too much
     * @throws SelectionException when it does not fit the shape, or an index is outside of it
     * @throws LimitExceededException when the dataset or the result has more than 2^63 - 1 elements
     */
    public static Selection of(Shape space, ElementSelection selection, Where where, LongConsumer memory) {
        return of(Picks.of(selection, space, where, memory), where);
    }

    /** The selection of elements that were checked before. */
    public static Selection of(Picked picked, Where where) {
        Shape unused = counted(picked.result(), where);
        return new Selection(picked);
    }

    /** The elements where they are no boxes; null where they are. */
    public @Nullable Picked picked() {
        return picked;
    }

    private static long[] destinations(List<Box> boxes, Shape result) {
        long each = 1;
        for (int d = 1; d < result.rank(); d++) {
            each *= result.dimension(d);
        }
        long[] destinations = new long[boxes.size()];
        for (int i = 1; i < destinations.length; i++) {
            destinations[i] = destinations[i - 1] + boxes.get(i - 1).count()[0] * each;
        }
        return destinations;
    }

    /**
     * Checks slices against a shape.
     *
     * @param where what is read, for messages
     * @param space the dataset's shape
     * @param slices in the order in which they follow each other in the result; empty for everything
     * @throws SelectionException when a slice has more dimensions than the dataset or a bound behind its end, or when
     *     several slices cannot be laid one behind the other
     * @throws LimitExceededException when the result has more than 2^63 - 1 elements
     */
    public static Selection of(Shape space, List<Hyperslab> slices, Where where) {
        if (slices.isEmpty()) {
            return new Selection(List.of(Box.whole(space.dimensions())), counted(space, where));
        }
        if (slices.size() > 1 && space.rank() == 0) {
            throw new SelectionException(where, "several slices " + slices + " of a scalar");
        }
        List<Box> boxes = new ArrayList<>(slices.size());
        for (Hyperslab slice : slices) {
            boxes.add(box(space, slice, where));
        }
        return new Selection(List.copyOf(boxes), counted(joined(boxes, slices, space, where), where));
    }

    private static Box box(Shape space, Hyperslab slice, Where where) {
        List<Hyperslab.Range> ranges;
        try {
            ranges = slice.within(space);
        } catch (IllegalArgumentException e) {
            throw new SelectionException(where, String.valueOf(e.getMessage()), e);
        }
        Box box = Box.whole(space.dimensions());
        for (int d = 0; d < ranges.size(); d++) {
            Hyperslab.Range range = ranges.get(d);
            long start = Objects.requireNonNull(range.start());
            long stop = Objects.requireNonNull(range.stop());
            box.start()[d] = start;
            box.step()[d] = range.step();
            box.count()[d] = stop <= start ? 0 : 1 + (stop - 1 - start) / range.step();
        }
        return box;
    }

    /** The sum of the boxes' lengths in dimension 0, and their common lengths in the others. */
    private static Shape joined(List<Box> boxes, List<Hyperslab> slices, Shape space, Where where) {
        long[] dimensions = boxes.get(0).count().clone();
        for (Box box : boxes.subList(1, boxes.size())) {
            for (int d = 1; d < dimensions.length; d++) {
                if (box.count()[d] != dimensions[d]) {
                    throw new SelectionException(
                            where,
                            "slices " + slices + " of shape " + space + " differ in length in dimension " + d
                                    + ": read them as separate requests");
                }
            }
            long sum = dimensions[0] + box.count()[0];
            if (sum < 0) {
                throw tooMany(where);
            }
            dimensions[0] = sum;
        }
        return Shape.of(dimensions);
    }

    private static Shape counted(Shape shape, Where where) {
        try {
            shape.elementCount();
            return shape;
        } catch (ArithmeticException overflow) {
            throw tooMany(where);
        }
    }

    private static LimitExceededException tooMany(Where where) {
        return new LimitExceededException(where, "the result has more than 2^63 - 1 elements: read it in slices");
    }

    /** The boxes in the order of the slices; at least one. Elements that were picked have none: not to be asked for. */
    public List<Box> boxes() {
        if (picked != null) {
            throw new IllegalStateException("picked elements are no boxes");
        }
        return boxes;
    }

    /** The shape of the result. */
    public Shape result() {
        return result;
    }

    /** The number of elements of the result. */
    public long elementCount() {
        return result.elementCount();
    }

    /**
     * Index in the flat result of the first element of a box.
     *
     * @param box index in {@link #boxes()}
     */
    public long destination(int box) {
        return destinations[box];
    }
}
