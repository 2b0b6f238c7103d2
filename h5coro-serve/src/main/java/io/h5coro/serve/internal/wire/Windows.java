// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Cuts a selection into windows: lists of slabs whose values, one list behind the other, are those of the selection in
 * their order. A window holds many small ranges, or a part of a large one. Confined to one thread.
 *
 * <p>Of elements of 8 bytes and windows of 800 bytes, the ranges 0:30 and 50:300 of a single dimension give the windows
 * [0:30, 50:120], [120:220] and [220:300].
 */
final class Windows implements Iterator<List<Hyperslab>> {
    private static final int MOST_SLABS = 100_000;

    private final Slices slices;
    private final long rowElements;
    private final long windowElements;
    private final long chunkRows;

    /** Of a row that is larger than a window, how far each dimension has come. */
    private final long[] inside;

    private int next;
    private long done;

    /**
     * Cuts a selection that is not scalar.
     *
     * @param windowElements about how many elements a window has, at least 1
     * @param chunkRows rows of a chunk, to whose multiples a large range is cut; 1 without chunks
     */
    Windows(Slices slices, long windowElements, long chunkRows) {
        this.slices = slices;
        this.inside = new long[1 + slices.rest().size()];
        this.rowElements = slices.rest().stream().mapToLong(Windows::length).reduce(1, Math::multiplyExact);
        this.windowElements = windowElements;
        this.chunkRows = chunkRows;
    }

    @Override
    public boolean hasNext() {
        while (next < slices.starts().length && slices.counts()[next] == 0) {
            next++;
        }
        return rowElements > 0 && next < slices.starts().length;
    }

    @Override
    public List<Hyperslab> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (rowElements > windowElements) {
            return part();
        }
        List<Hyperslab> window = new ArrayList<>();
        long rows = windowElements / rowElements;
        while (hasNext() && rows > 0 && window.size() < MOST_SLABS) {
            long start = slices.starts()[next] + done;
            long stop = slices.starts()[next] + slices.counts()[next];
            if (stop - start > rows) {
                stop = cut(start, start + rows);
            }
            window.add(slices.slab(start, stop));
            rows -= stop - start;
            advance(stop - start);
        }
        return window;
    }

    /** The last boundary of chunks that is not behind a place, where there is one. */
    private long cut(long start, long stop) {
        long boundary = stop - stop % chunkRows;
        return boundary > start ? boundary : stop;
    }

    private void advance(long rows) {
        done += rows;
        if (done == slices.counts()[next]) {
            next++;
            done = 0;
        }
    }

    /**
     * The next part of a row that is larger than a window. Parts are made one by one, since a file says how many there
     * are.
     */
    private List<Hyperslab> part() {
        int split = split();
        long step = Math.max(1, windowElements / below(split));
        long row = slices.starts()[next] + done;
        List<Range> ranges = new ArrayList<>(List.of(Range.of(row, row + 1)));
        ranges.addAll(slices.rest());
        boolean isLast = true;
        for (int d = split; d > 0; d--) {
            Range whole = ranges.get(d);
            long length = Math.min(d == split ? step : 1, length(whole) - inside[d]);
            long start = start(whole) + inside[d];
            ranges.set(d, Range.of(start, start + length));
            if (isLast) {
                isLast = inside[d] + length == length(whole);
                inside[d] = isLast ? 0 : inside[d] + length;
            }
        }
        if (isLast) {
            advance(1);
        }
        return List.of(new Hyperslab(ranges));
    }

    /** The first dimension of which one index has no more elements than a window. */
    private int split() {
        int d = 1;
        while (below(d) > windowElements) {
            d++;
        }
        return d;
    }

    /** Elements of one index of a dimension other than the first. */
    private long below(int d) {
        return slices.rest().subList(d, slices.rest().size()).stream()
                .mapToLong(Windows::length)
                .reduce(1, Math::multiplyExact);
    }

    private static long start(Range range) {
        return range.start() == null ? 0 : range.start();
    }

    private static long length(Range range) {
        return (range.stop() == null ? 0 : range.stop()) - start(range);
    }
}
