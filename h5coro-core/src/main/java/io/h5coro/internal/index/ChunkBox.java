// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ChunkGrid;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A box of the chunk grid, both corners inclusive, and its place in the row-major order of all chunks; without the
 * chunks that a selection's steps pass over. Confined to one task, but for what changes nothing: any thread may ask for
 * places, coordinates and the number of chunks.
 *
 * <p>Example: elements 5, 30, 55 and 80 of chunks of 10 elements are a box of the chunks 0, 3, 5 and 8. Elements 5, 9
 * and 13 are the chunks 0 and 1: a step that is no longer than a chunk passes over none.
 */
public final class ChunkBox {
    /** Up to this many places a bit each is cheaper than a set of the places seen (8 MiB). */
    private static final long MOST_BITS = 1 << 26;

    private final long[] first;
    private final long[] last;

    /** The elements that are wanted of each dimension; null when all chunks of the box are. */
    private final @Nullable Elements elements;

    /**
     * Elements that stand for the chunks in which they are.
     *
     * @param box start, count and step in each dimension
     * @param chunk elements of a chunk
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    private record Elements(Box box, long[] chunk) {
        boolean skips(int d) {
            return box.step()[d] > chunk[d];
        }

        /** The number of the first element that is in a chunk or behind it. */
        long from(int d, long coordinate) {
            long distance = coordinate * chunk[d] - box.start()[d];
            return distance <= 0 ? 0 : 1 + (distance - 1) / box.step()[d];
        }

        long chunkOf(int d, long number) {
            return (box.start()[d] + number * box.step()[d]) / chunk[d];
        }
    }

    /** Chunks of the box; {@link Long#MAX_VALUE} stands for as many and more. */
    private final long places;

    /**
     * Invariant: of this and {@link #seen} only one is used: the bits when the box has at most {@link #MOST_BITS}
     * places.
     */
    private final @Nullable BitSet seenBits;

    private final Set<Long> seen = new HashSet<>();

    /** Whether chunks are noted, so that one that comes twice is noticed. */
    private final boolean noting;

    /** All chunks between two corners, both inclusive. */
    public ChunkBox(long[] first, long[] last) {
        this(first, last, null, true);
    }

    /** The chunks of a grid that hold an element of a box, which is not empty. */
    public static ChunkBox of(ChunkGrid grid, Box box) {
        return new ChunkBox(grid.first(box), grid.last(box), new Elements(box, grid.chunk()), true);
    }

    /** Every chunk that there can be. None is noted: their places have no numbers. */
    static ChunkBox everywhere(int rank) {
        long[] last = new long[rank];
        Arrays.fill(last, Long.MAX_VALUE - 1);
        return new ChunkBox(new long[rank], last, null, false);
    }

    private ChunkBox(long[] first, long[] last, @Nullable Elements elements, boolean noting) {
        this.elements = elements;
        this.noting = noting;
        if (first.length != last.length) {
            throw new IllegalArgumentException("corners of rank " + first.length + " and " + last.length);
        }
        this.first = first.clone();
        this.last = last.clone();
        long volume = 1;
        for (int d = 0; d < first.length; d++) {
            if (first[d] < 0) {
                throw new IllegalArgumentException("box starts at chunk " + first[d]);
            }
            long length = last[d] < first[d] ? 0 : length(d);
            boolean overflows = Math.multiplyHigh(volume, length) != 0 || volume * length < 0;
            volume = overflows ? Long.MAX_VALUE : volume * length;
        }
        this.places = volume;
        this.seenBits = volume <= MOST_BITS ? new BitSet() : null;
    }

    boolean isEmpty() {
        return places == 0;
    }

    /** Chunks of the box; {@link Long#MAX_VALUE} stands for as many and more. */
    public long size() {
        return places;
    }

    /** Whether the box passes over no chunk between its first and last one of a dimension. */
    boolean isDense(int dimension) {
        return elements == null || !elements.skips(dimension);
    }

    /** Chunks of the box in a dimension. */
    private long length(int d) {
        return elements == null || isDense(d)
                ? last[d] - first[d] + 1
                : elements.box().count()[d];
    }

    /**
     * The first coordinate of the box in a dimension that is not before another one.
     *
     * @param coordinate not behind the last one
     */
    long next(int d, long coordinate) {
        if (coordinate <= first[d]) {
            return first[d];
        }
        return elements == null || isDense(d) ? coordinate : elements.chunkOf(d, elements.from(d, coordinate));
    }

    /** Number of dimensions. */
    public int rank() {
        return first.length;
    }

    long first(int dimension) {
        return first[dimension];
    }

    long last(int dimension) {
        return last[dimension];
    }

    /**
     * Whether a chunk is in the box.
     *
     * @param coordinate one number for each dimension; more are ignored
     */
    public boolean contains(long[] coordinate) {
        for (int d = 0; d < first.length; d++) {
            if (coordinate[d] < first[d] || coordinate[d] > last[d]) {
                return false;
            }
            if (elements != null && elements.skips(d) && next(d, coordinate[d]) != coordinate[d]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The number of a chunk of the box among all of them, row-major; wraps for boxes of more than 2^63 chunks, of which
     * no file has more than a sliver.
     *
     * @param coordinate a chunk inside of the box
     */
    public long place(long[] coordinate) {
        long place = 0;
        for (int d = 0; d < first.length; d++) {
            long at = elements == null || isDense(d) ? coordinate[d] - first[d] : elements.from(d, coordinate[d]);
            place = place * length(d) + at;
        }
        return place;
    }

    /** The chunk at a place, as {@link #place} numbers them. */
    public void at(long place, long[] coordinate) {
        long rest = place;
        for (int d = first.length - 1; d >= 0; d--) {
            long length = length(d);
            long at = rest % length;
            rest /= length;
            coordinate[d] = elements == null || isDense(d) ? first[d] + at : elements.chunkOf(d, at);
        }
    }

    /**
     * Notes a chunk of the box; false when it was noted before.
     *
     * @param coordinate a chunk inside of the box
     */
    public boolean enter(long[] coordinate) {
        if (!noting) {
            return true;
        }
        long place = place(coordinate);
        if (seenBits == null) {
            return seen.add(place);
        }
        boolean fresh = !seenBits.get((int) place);
        seenBits.set((int) place);
        return fresh;
    }

    /**
     * Whether a chunk of the box stands between two places of the row-major order of all chunks. A subtree of a B-tree
     * covers such an interval. Example: chunks [1, 5] to [3, 6]; the interval from [1, 7] to [2, 4] holds none of them,
     * that from [1, 7] to [2, 6] holds [2, 5].
     *
     * @param low lower bound, null for none
     * @param lowIncluded whether the bound itself belongs to the interval
     * @param high upper bound, excluded; null for none
     */
    boolean meets(long @Nullable [] low, boolean lowIncluded, long @Nullable [] high) {
        if (isEmpty()) {
            return false;
        }
        long[] next = first.clone();
        if (low != null && !advance(next, low, lowIncluded)) {
            return false;
        }
        return high == null || compare(next, high) < 0;
    }

    /** Sets {@code next} to the first chunk of the box that is not before a bound; false when there is none. */
    private boolean advance(long[] next, long[] low, boolean lowIncluded) {
        for (int d = 0; d < first.length; d++) {
            if (low[d] < first[d]) {
                return true;
            }
            if (low[d] > last[d]) {
                return carry(next, d - 1);
            }
            next[d] = next(d, low[d]);
            if (next[d] != low[d]) {
                return true;
            }
        }
        return lowIncluded || carry(next, first.length - 1);
    }

    /** Steps to the next prefix {@code [0, dimension]}; what follows it starts anew. */
    private boolean carry(long[] next, int dimension) {
        for (int d = dimension; d >= 0; d--) {
            if (next[d] < last[d]) {
                next[d] = next(d, next[d] + 1);
                System.arraycopy(first, d + 1, next, d + 1, first.length - d - 1);
                return true;
            }
        }
        return false;
    }

    /** Row-major order of two chunks: negative when {@code a} comes first, 0 when they are the same. */
    static int compare(long[] a, long[] b) {
        for (int d = 0; d < a.length; d++) {
            int order = Long.compare(a[d], b[d]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
