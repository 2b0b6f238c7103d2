// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/** Checks selections that are no slices against the shape of a dataset. Pure. */
final class Picks {
    private final Shape space;
    private final Where where;

    private Picks(Shape space, Where where) {
        this.space = space;
        this.where = where;
    }

    /**
     * Finds the elements of a selection.
     *
     * @param memory takes the bytes of memory that listing the rows of a region needs, before they are allocated
     * @throws SelectionException when it does not fit the shape, or an index is outside of it
     * @throws LimitExceededException when the dataset has more than 2^63 - 1 elements
     */
    static Picked of(ElementSelection selection, Shape space, Where where, LongConsumer memory) {
        Picks picks = new Picks(space, where);
        if (selection instanceof ElementSelection.Axes axes) {
            return picks.axes(axes);
        }
        picks.checkCount();
        if (selection instanceof ElementSelection.Points points) {
            return picks.points(points);
        }
        if (selection instanceof ElementSelection.Mask mask) {
            return picks.mask(mask);
        }
        return new Regions(space, where, memory).of(((ElementSelection.Region) selection).selection());
    }

    private void checkCount() {
        try {
            space.elementCount();
        } catch (ArithmeticException overflow) {
            throw new LimitExceededException(
                    where, "elements of a dataset of shape " + space + ", of more than 2^63 - 1", overflow);
        }
    }

    private Picked axes(ElementSelection.Axes selection) {
        List<Hyperslab.Range> ranges;
        try {
            ranges = selection.slab().within(space);
        } catch (IllegalArgumentException e) {
            throw new SelectionException(where, selection + ": " + e.getMessage(), e);
        }
        int trailing = space.rank() - selection.axes().size();
        PickedAxis[] axes = new PickedAxis[space.rank()];
        for (int d = 0; d < axes.length; d++) {
            int given = d < selection.leading() ? d : d - trailing;
            boolean isList = given >= 0
                    && (d < selection.leading() || given >= selection.leading())
                    && given < selection.axes().size()
                    && selection.axes().get(given).isList();
            axes[d] = isList ? list(selection, given, d) : range(ranges.get(d));
        }
        return new PickedAxes(space, axes);
    }

    static PickedAxis range(Hyperslab.Range range) {
        long start = Objects.requireNonNull(range.start());
        long stop = Objects.requireNonNull(range.stop());
        return PickedAxis.of(start, stop <= start ? 0 : 1 + (stop - 1 - start) / range.step(), range.step());
    }

    private PickedAxis list(ElementSelection.Axes selection, int given, int d) {
        ElementSelection.Axis axis = selection.axes().get(given);
        long length = space.dimension(d);
        if (axis.length() >= 0 && axis.length() != length) {
            throw new SelectionException(
                    where, "mask of " + axis.length() + " indices for dimension " + d + " of shape " + space);
        }
        long[] indices = new long[axis.count()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index(axis.index(i), length, "index " + axis.index(i), d);
        }
        return PickedAxis.of(indices);
    }

    /** The same index counted from the start. */
    private long index(long given, long length, String what, int d) {
        long index = given < 0 ? given + length : given;
        if (index < 0 || index >= length) {
            throw new SelectionException(where, what + " is outside of dimension " + d + " of shape " + space);
        }
        return index;
    }

    private Picked points(ElementSelection.Points points) {
        if (points.rank() != space.rank()) {
            throw new SelectionException(where, "points of rank " + points.rank() + " in a dataset of shape " + space);
        }
        long[] lengths = space.dimensions();
        for (int i = 0; i < points.count(); i++) {
            for (int d = 0; d < lengths.length; d++) {
                long given = points.index(i, d);
                if (given >= lengths[d] || given < -lengths[d]) {
                    long unused = index(given, lengths[d], "index " + given + " of point " + i, d);
                }
            }
        }
        return PickedRuns.points(space, points);
    }

    private Picked mask(ElementSelection.Mask mask) {
        if (!mask.shape().equals(space)) {
            throw new SelectionException(where, "mask of shape " + mask.shape() + " for a dataset of shape " + space);
        }
        return PickedRuns.mask(space, mask);
    }
}
