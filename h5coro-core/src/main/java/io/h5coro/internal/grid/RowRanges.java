// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a slice of a dataset into slices of whole rows, in ascending order. Confined to one thread at a time.
 *
 * <p>Example: rows [100, 5000) of chunks of 1000 rows, 2500 rows in the budget: [100, 2000), [2000, 4000), [4000,
 * 5000).
 */
public final class RowRanges {
    private final List<Hyperslab.Range> inner;
    /** Whether the dataset is a scalar, which gives one slice of everything. */
    private final boolean single;
    /** End of the rows, exclusive. Invariant: {@link #at} never exceeds it. */
    private final long stop;

    private final long step;
    /** Rows of the dataset from the start of a slice to its end, before alignment; saturates at 2^63 - 1. */
    private final long span;
    /** Slices end at multiples of this: a chunk's rows when a slice holds at least those, so none is read twice. */
    private final long align;

    private long at;

    /**
     * What is cut.
     *
     * @param where the dataset, for messages
     * @param shape its shape
     * @param chunkRows rows of a chunk; 1 when it has none
     * @param elementBytes bytes of an element in memory while it is read
     */
    public record Rows(Where where, Shape shape, long chunkRows, long elementBytes) {}

    /**
     * Ranges of a slice.
     *
     * @throws SelectionException when the slice does not fit the shape
     * @throws LimitExceededException when one row, or the rows asked for, take more than the budget has for a block
     */
    public RowRanges(Rows rows, Hyperslab slice, BlockOptions options) {
        Shape shape = rows.shape();
        List<Hyperslab.Range> ranges = ranges(rows, slice);
        this.single = shape.rank() == 0;
        this.inner = single ? List.of() : ranges.subList(1, ranges.size());
        Hyperslab.Range outer = single ? Hyperslab.Range.all() : ranges.get(0);
        long length = single ? 1 : shape.dimension(0);
        this.at = start(outer);
        this.stop = stop(outer, length);
        this.step = outer.step();
        long each = rowsOfABlock(rows, options);
        boolean whole = options.rows() == 0 && each * (double) step >= rows.chunkRows();
        this.align = whole ? rows.chunkRows() : 1;
        this.span = each > Long.MAX_VALUE / step ? Long.MAX_VALUE : each * step;
    }

    private static List<Hyperslab.Range> ranges(Rows rows, Hyperslab slice) {
        try {
            return slice.within(rows.shape());
        } catch (IllegalArgumentException e) {
            throw new SelectionException(rows.where(), String.valueOf(e.getMessage()), e);
        }
    }

    private static long start(Hyperslab.Range range) {
        Long start = range.start();
        return start == null ? 0 : start;
    }

    private static long stop(Hyperslab.Range range, long length) {
        Long stop = range.stop();
        return stop == null ? length : stop;
    }

    /**
     * The number of selected rows in a slice, at least 1: as many as the options ask for, else as the budget holds.
     *
     * @throws LimitExceededException when the budget holds fewer than were asked for, or not even one
     */
    private long rowsOfABlock(Rows rows, BlockOptions options) {
        long most = options.blockBytes() / Math.max(1, rowBytes(rows));
        long wanted = Math.max(1, options.rows());
        if (wanted > most && at < stop) {
            throw new LimitExceededException(
                    rows.where(),
                    wanted + (wanted == 1 ? " row" : " rows") + " of " + rowBytes(rows) + " bytes do not fit into the "
                            + options.blockBytes() + " bytes that a block has of the budget of "
                            + options.budgetBytes() + ": raise the budget, or read a slice");
        }
        return options.rows() > 0 ? options.rows() : Math.max(1, most);
    }

    /** Bytes of the selected elements of a row; saturates. */
    private long rowBytes(Rows rows) {
        double bytes = rows.elementBytes();
        for (int i = 1; i < rows.shape().rank(); i++) {
            Hyperslab.Range range = i <= inner.size() ? inner.get(i - 1) : Hyperslab.Range.all();
            long selected = stop(range, rows.shape().dimension(i)) - start(range);
            bytes *= Math.ceil(Math.max(0, selected) / (double) range.step());
        }
        return (long) bytes;
    }

    /** Whether there are rows left. */
    public boolean hasNext() {
        return at < stop;
    }

    /** The first row of the next slice. */
    public long firstRow() {
        return at;
    }

    /**
     * The next slice.
     *
     * <p>Called only when {@link #hasNext} says so. The slice keeps the selection of the inner dimensions and the step
     * of the outer one. The slice after it begins at the next selected row, so the phase of the step is kept.
     */
    public Hyperslab next() {
        long end = span >= stop - at ? stop : at + span;
        if (end < stop && align > 1 && end / align * align > at) {
            end = end / align * align;
        }
        long first = at;
        // The next selected row; the step may pass over the end.
        long skipped = Math.floorMod(first - end, step);
        at = skipped >= stop - end ? stop : end + skipped;
        if (single) {
            return Hyperslab.all();
        }
        List<Hyperslab.Range> ranges = new ArrayList<>();
        ranges.add(Hyperslab.Range.of(first, end, step));
        ranges.addAll(inner);
        return new Hyperslab(ranges);
    }
}
