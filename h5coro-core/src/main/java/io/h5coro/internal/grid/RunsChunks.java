// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Picked runs, by the chunks of a grid. Immutable. */
final class RunsChunks implements PickedChunks {
    private final Shape space;
    private final long[] chunk;
    private final long[] chunks;
    private final long chunkElements;
    private final PickedSegments segments;
    private final long touched;

    RunsChunks(Shape space, ChunkGrid grid, PickedSegments segments) {
        this.space = space;
        this.chunk = grid.chunk();
        this.chunks = grid.chunks();
        this.chunkElements = grid.chunkElements();
        this.segments = segments;
        long count = 0;
        for (int run = 0; run < segments.count(); run = behind(chunkOf(run))) {
            count++;
        }
        this.touched = count;
    }

    private long chunkOf(int run) {
        return segments.start(run) / chunkElements;
    }

    /** The first run behind a chunk. */
    private int behind(long number) {
        return segments.from((number + 1) * chunkElements);
    }

    private long number(long[] coordinate) {
        long number = 0;
        for (int d = 0; d < chunks.length; d++) {
            number = number * chunks[d] + coordinate[d];
        }
        return number;
    }

    private void coordinate(long number, long[] coordinate) {
        long rest = number;
        for (int d = chunks.length - 1; d >= 0; d--) {
            coordinate[d] = rest % chunks[d];
            rest /= chunks[d];
        }
    }

    @Override
    public long touched() {
        return touched;
    }

    @Override
    public boolean has(long[] coordinate) {
        long number = number(coordinate);
        int run = segments.from(number * chunkElements);
        return run < segments.count() && chunkOf(run) == number;
    }

    @Override
    public ElementCopy copy(long[] coordinate) {
        long base = number(coordinate) * chunkElements;
        return new ListedCopy(segments, segments.from(base), segments.from(base + chunkElements), base);
    }

    @Override
    public long count(long[] coordinate) {
        long base = number(coordinate) * chunkElements;
        long count = 0;
        int end = segments.from(base + chunkElements);
        for (int run = segments.from(base); run < end; run++) {
            count += segments.length(run);
        }
        return count;
    }

    @Override
    public Box bounds() {
        long[] low = new long[chunk.length];
        long[] high = new long[chunk.length];
        Arrays.fill(low, Long.MAX_VALUE);
        long[] coordinate = new long[chunk.length];
        for (int run = 0; run < segments.count(); run = behind(chunkOf(run))) {
            coordinate(chunkOf(run), coordinate);
            for (int d = 0; d < chunk.length; d++) {
                low[d] = Math.min(low[d], coordinate[d]);
                high[d] = Math.max(high[d], coordinate[d]);
            }
        }
        return box(low, high);
    }

    /** The elements of the dataset in the chunks from one to another. */
    private Box box(long[] first, long[] last) {
        long[] start = new long[chunk.length];
        long[] count = new long[chunk.length];
        for (int d = 0; d < chunk.length; d++) {
            start[d] = first[d] * chunk[d];
            count[d] = Math.min(space.dimension(d), (last[d] + 1) * chunk[d]) - start[d];
        }
        return Box.of(start, count);
    }

    @Override
    public List<Box> boxes() {
        Box bounds = bounds();
        double between = 1;
        for (int d = 0; d < chunk.length; d++) {
            between *= (bounds.last(d) / chunk[d]) - (bounds.start()[d] / chunk[d]) + 1;
        }
        return between <= MOST_PASSED_OVER * (double) touched ? List.of(bounds) : rows();
    }

    /** A box for each run of chunks that are neighbours in the last dimension. */
    private List<Box> rows() {
        List<Box> boxes = new ArrayList<>();
        long width = chunks.length == 0 ? 1 : chunks[chunks.length - 1];
        long first = chunkOf(0);
        long last = first;
        for (int run = behind(first); run <= segments.count(); run = behind(last)) {
            boolean ends = run == segments.count();
            long next = ends ? -1 : chunkOf(run);
            if (ends || next != last + 1 || next % width == 0) {
                long[] from = new long[chunks.length];
                long[] to = new long[chunks.length];
                coordinate(first, from);
                coordinate(last, to);
                boxes.add(box(from, to));
                first = next;
            }
            if (ends) {
                break;
            }
            last = next;
        }
        return boxes;
    }
}
