// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A box of the chunk grid, both corners inclusive, and its place in the row-major order of all chunks. Confined to one
 * task.
 */
final class ChunkBox {
    /** Up to this many places a bit each is cheaper than a set of the places seen (2 MiB). */
    private static final long MOST_BITS = 1 << 24;

    private final long[] first;
    private final long[] last;

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

    ChunkBox(long[] first, long[] last) {
        this(first, last, true);
    }

    /** Every chunk that there can be. None is noted: their places have no numbers. */
    static ChunkBox everywhere(int rank) {
        long[] last = new long[rank];
        Arrays.fill(last, Long.MAX_VALUE - 1);
        return new ChunkBox(new long[rank], last, false);
    }

    private ChunkBox(long[] first, long[] last, boolean noting) {
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
            long length = last[d] < first[d] ? 0 : last[d] - first[d] + 1;
            boolean overflows = Math.multiplyHigh(volume, length) != 0 || volume * length < 0;
            volume = overflows ? Long.MAX_VALUE : volume * length;
        }
        this.places = volume;
        this.seenBits = volume <= MOST_BITS ? new BitSet() : null;
    }

    boolean isEmpty() {
        return places == 0;
    }

    int rank() {
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
    boolean contains(long[] coordinate) {
        for (int d = 0; d < first.length; d++) {
            if (coordinate[d] < first[d] || coordinate[d] > last[d]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Notes a chunk of the box; false when it was noted before.
     *
     * @param coordinate a chunk inside of the box
     */
    boolean enter(long[] coordinate) {
        if (!noting) {
            return true;
        }
        long place = 0;
        for (int d = 0; d < first.length; d++) {
            // Wraps for boxes of more than 2^63 places, of which no file has more than a sliver.
            place = place * (last[d] - first[d] + 1) + (coordinate[d] - first[d]);
        }
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
            next[d] = low[d];
        }
        return lowIncluded || carry(next, first.length - 1);
    }

    /** Steps to the next prefix {@code [0, dimension]}; what follows it starts anew. */
    private boolean carry(long[] next, int dimension) {
        for (int d = dimension; d >= 0; d--) {
            if (next[d] < last[d]) {
                next[d]++;
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
