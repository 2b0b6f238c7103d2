// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Cuts a slice into slabs of bounded size, in row-major order. Confined to one thread. */
final class Slabs implements Iterator<Hyperslab> {
    /*
     * A slice of 1,000 x 200 x 50 elements of 8 bytes, in slabs of 1,000,000 bytes: the last dimension has 400 bytes,
     * the last two 80,000, and the first does not fit: it is cut (cut = 0) at every 1,000,000 / 80,000 = 12 indices
     * (step). In slabs of 10,000 bytes the second dimension is cut (cut = 1) at every 25 indices, and slabs are
     * 1 x 25 x 50.
     */

    private final List<Hyperslab.Range> ranges;
    /** Indices that the slice has in each dimension. */
    private final long[] counts;
    /** The dimension that is cut: slabs have one index of those before, and all of those behind. */
    private final int cut;

    private final long step;
    /** Length of a chunk in the dimension that is cut: a slab ends with a chunk where it has several. */
    private final long chunk;
    /** Where the next slab begins, in indices of the slice, up to {@link #cut}. */
    private final long[] at;

    private boolean more;

    /**
     * Cuts a slice.
     *
     * @param shape of the dataset
     * @param chunk of its chunks; "()" where it has none
     * @param slice what is read of it
     * @param elements that a slab may have; one has at least one
     * @throws IllegalArgumentException when the slice does not fit the shape
     */
    Slabs(Shape shape, Shape chunk, Hyperslab slice, long elements) {
        this.ranges = slice.within(shape);
        this.counts = ranges.stream().mapToLong(Slabs::count).toArray();
        long inner = 1;
        int dimension = counts.length - 1;
        while (dimension > 0 && counts[dimension] <= elements / inner) {
            inner *= Math.max(1, counts[dimension]);
            dimension--;
        }
        this.cut = Math.max(0, dimension);
        this.step = Math.max(1, elements / inner);
        this.chunk = chunk.rank() > cut ? chunk.dimension(cut) : 1;
        this.at = new long[Math.min(counts.length, cut + 1)];
        this.more = true;
        for (long count : counts) {
            more &= count > 0;
        }
    }

    /** Returns the number of indices of a range whose bounds are known. */
    static long count(Hyperslab.Range range) {
        long length = stop(range) - start(range);
        return length / range.step() + (length % range.step() > 0 ? 1 : 0);
    }

    static long start(Hyperslab.Range range) {
        return range.start() == null ? 0 : range.start();
    }

    static long stop(Hyperslab.Range range) {
        return range.stop() == null ? 0 : range.stop();
    }

    /** Returns the number of elements of the last dimension of the slice; 1 for a single value. */
    long rowLength() {
        return counts.length == 0 ? 1 : counts[counts.length - 1];
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public Hyperslab next() {
        if (!more) {
            throw new NoSuchElementException();
        }
        if (counts.length == 0) {
            more = false;
            return Hyperslab.all();
        }
        long end = end();
        List<Hyperslab.Range> slab = new ArrayList<>(ranges);
        for (int d = 0; d < cut; d++) {
            slab.set(d, part(ranges.get(d), at[d], at[d] + 1));
        }
        slab.set(cut, part(ranges.get(cut), at[cut], end));
        advance(end);
        return new Hyperslab(slab);
    }

    /** Returns where the slab ends in the dimension that is cut, in indices of the slice. */
    private long end() {
        long end = at[cut] > counts[cut] - step ? counts[cut] : at[cut] + step;
        Hyperslab.Range range = ranges.get(cut);
        if (end < counts[cut] && range.step() == 1) {
            long aligned = end - (start(range) + end) % chunk;
            end = aligned > at[cut] ? aligned : end;
        }
        return end;
    }

    private void advance(long end) {
        at[cut] = end;
        if (end < counts[cut]) {
            return;
        }
        at[cut] = 0;
        int dimension = cut - 1;
        while (dimension >= 0 && ++at[dimension] == counts[dimension]) {
            at[dimension] = 0;
            dimension--;
        }
        more = dimension >= 0;
    }

    /** Returns the indices {@code [from, to)} of a range. */
    static Hyperslab.Range part(Hyperslab.Range range, long from, long to) {
        long start = start(range) + from * range.step();
        return Hyperslab.Range.of(start, start + (to - from - 1) * range.step() + 1, range.step());
    }
}
