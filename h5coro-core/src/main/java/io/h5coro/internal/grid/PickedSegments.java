// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.model.Shape;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs of picked elements, each of which lies in one row of one chunk, in the order of the chunks and of the elements
 * in them: in primitive arrays, since there may be ten million. Immutable.
 *
 * <p>An element has the number {@code chunk number * elements of a chunk + its place in the chunk}. Example: of a
 * dataset of 4 x 6 elements in chunks of 2 x 3, element (2, 4) is in chunk 3, where it is at place 1: number 19.
 */
public final class PickedSegments {
    private final long[] start;
    private final int @Nullable [] length;
    private final int @Nullable [] place;
    private final int[] order;

    private PickedSegments(long[] start, int @Nullable [] length, int @Nullable [] place) {
        this.start = start;
        this.length = length;
        this.place = place;
        this.order = AscendingOrder.of(start);
    }

    /**
     * A copy of runs that are in order.
     *
     * @param start first element of each in the source
     * @param length elements of each
     * @param place index in the result of the first one
     */
    public static ElementCopy copy(long[] start, int[] length, int[] place) {
        return new ListedCopy(new PickedSegments(start, length, place), 0, start.length, 0);
    }

    /**
     * Cuts runs where chunks or their rows end.
     *
     * @param memory takes the bytes of memory that this needs, before they are allocated
     */
    static PickedSegments of(Picked picked, ChunkGrid grid, LongConsumer memory) {
        Cut cut = new Cut(picked.space(), grid);
        if (picked.areSingle()) {
            long count = picked.result().elementCount();
            memory.accept(count * (Long.BYTES + 2 * Integer.BYTES));
            long[] start = new long[Math.toIntExact(count)];
            picked.forEach((first, length, place) -> start[place] = cut.number(first));
            return new PickedSegments(start, null, null);
        }
        long[] count = new long[1];
        picked.forEach((first, length, place) -> cut.cut(first, length, (number, part, at) -> count[0]++));
        memory.accept(count[0] * (Long.BYTES + 4 * Integer.BYTES));
        int size = (int) Math.min(count[0], JavaArray.MOST);
        long[] start = new long[size];
        int[] length = new int[size];
        int[] place = new int[size];
        int[] next = new int[1];
        picked.forEach((first, run, into) -> cut.cut(first, run, (number, part, at) -> {
            start[next[0]] = number;
            length[next[0]] = part;
            place[next[0]++] = into + at;
        }));
        return new PickedSegments(start, length, place);
    }

    /** Cuts runs of a dataset into parts that lie in one row of one chunk. Confined to one task. */
    private static final class Cut {
        private final long[] lengths;
        private final long[] chunk;
        private final long[] chunks;
        private final long chunkElements;

        /** Whether all elements are in one chunk, in their order. */
        private final boolean isWhole;

        Cut(Shape space, ChunkGrid grid) {
            this.lengths = space.dimensions();
            this.chunk = grid.chunk();
            this.chunks = grid.chunks();
            this.chunkElements = grid.chunkElements();
            boolean whole = true;
            for (int d = 0; d < chunk.length; d++) {
                whole &= chunk[d] == lengths[d];
            }
            this.isWhole = whole;
        }

        /** Takes a part of a run: its number, its length, and its place in the run. */
        private interface Part {
            void part(long number, int length, int at);
        }

        void cut(long first, int length, Part part) {
            if (isWhole) {
                part.part(first, length, 0);
                return;
            }
            int last = lengths.length - 1;
            for (int at = 0; at < length; ) {
                long index = (first + at) % lengths[last];
                long end = Math.min(lengths[last], (index / chunk[last] + 1) * chunk[last]);
                int here = (int) Math.min(end - index, length - at);
                part.part(number(first + at), here, at);
                at += here;
            }
        }

        /** The number of an element of the dataset, by its row-major number there. */
        long number(long element) {
            if (isWhole) {
                return element;
            }
            long rest = element;
            long number = 0;
            long place = 0;
            long chunkStride = 1;
            long placeStride = 1;
            for (int d = lengths.length - 1; d >= 0; d--) {
                long index = rest % lengths[d];
                rest /= lengths[d];
                long coordinate = index / chunk[d];
                number += coordinate * chunkStride;
                place += (index - coordinate * chunk[d]) * placeStride;
                chunkStride *= chunks[d];
                placeStride *= chunk[d];
            }
            return number * chunkElements + place;
        }
    }

    /** The number of runs. */
    public int count() {
        return order.length;
    }

    /** Whether there are runs of more than one element. */
    boolean hasLengths() {
        return length != null;
    }

    /**
     * The number of a run's first element.
     *
     * @param run in ascending order
     */
    public long start(int run) {
        return start[order[run]];
    }

    /** Elements of a run. */
    public int length(int run) {
        return length == null ? 1 : length[order[run]];
    }

    /** Index in the flat result of a run's first element. */
    public int place(int run) {
        return place == null ? order[run] : place[order[run]];
    }

    /** The first run that does not begin before an element; {@link #count()} when there is none. */
    public int from(long number) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(middle) < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
