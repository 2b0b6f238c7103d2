// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import java.util.ArrayList;
import java.util.List;

/**
 * How arrays of chunks number them: row-major over the chunks of the <em>maximum</em> extent; an extensible array first
 * moves its unlimited dimension to the front, so that a growing dataset never renumbers (H5Dnone.c, H5Dfarray.c,
 * H5Dearray.c; the specification says "current" for the implicit index and is wrong). Immutable.
 *
 * <p>Example: shape (4, 6), maximum (4, unlimited), chunks (2, 2). The second dimension comes first, then the first,
 * which has 2 chunks: chunk [1, 2] is number 2 * 2 + 1 = 5.
 */
final class ChunkNumbering {
    /*
     * Runs with numbers: 10 x 20 x 30 chunks have the steps 600, 30, 1. The box [2, 5, 0] to [3, 6, 29] has the last
     * dimension whole, so its rows are of two dimensions: numbers 1350 to 1409 for [2, 5] and [2, 6], which follow each
     * other and become the run [1350, 1410), and likewise [1950, 2010). The box [2, 5, 3] to [3, 6, 4] has four rows of
     * two chunks and gives four runs: [1353, 1355), [1383, 1385), [1953, 1955), [1983, 1985).
     */

    /**
     * Most runs of one look-up: half a gigabyte of them. A box of so many rows holds at least as many chunks; only a
     * file that claims more than it holds gets here with fewer.
     */
    private static final int MOST_RUNS = 1 << 24;

    private final ChunkSpace chunks;

    /** Dimensions, slowest first. Invariant: a permutation of the dimensions; only its first one may be unlimited. */
    private final int[] order;

    /**
     * Step of each dimension of {@link #order}. Invariant: {@code step[rank - 1]} is 1, and
     * {@code step[i - 1] / step[i]} the chunks of dimension {@code order[i]}.
     */
    private final long[] step;

    /**
     * Consecutive numbers.
     *
     * @param start the first
     * @param end the first behind the last
     */
    record Run(long start, long end) {}

    private ChunkNumbering(ChunkSpace chunks, int[] order, long[] step) {
        this.chunks = chunks;
        this.order = order;
        this.step = step;
    }

    /** Row-major over all dimensions. */
    static ChunkNumbering rowMajor(ChunkSpace chunks) {
        return of(chunks, 0);
    }

    /** The unlimited dimension first; that is the first of them should there be several. */
    static ChunkNumbering unlimitedFirst(ChunkSpace chunks) {
        for (int d = 0; d < chunks.rank(); d++) {
            if (chunks.unlimited(d)) {
                return of(chunks, d);
            }
        }
        return of(chunks, 0);
    }

    private static ChunkNumbering of(ChunkSpace chunks, int front) {
        int rank = chunks.rank();
        int[] order = new int[rank];
        int next = 1;
        order[0] = front;
        for (int d = 0; d < rank; d++) {
            if (d != front) {
                order[next++] = d;
            }
        }
        long[] step = new long[rank];
        long size = 1;
        for (int i = rank - 1; i >= 0; i--) {
            step[i] = size;
            if (i == 0) {
                break;
            }
            if (chunks.unlimited(order[i])) {
                throw chunks.malformed("this chunk index needs a bound of dimension " + order[i]);
            }
            long count = Math.max(1, chunks.maximumChunks(order[i]));
            if (Math.multiplyHigh(size, count) != 0 || size * count < 0) {
                throw chunks.malformed("more than 2^63 chunks in an array");
            }
            size *= count;
        }
        return new ChunkNumbering(chunks, order, step);
    }

    /**
     * The numbers of a box, ascending, as few runs as possible, without those from {@code limit} on. Costs in
     * proportion to the rows of the box that start below the limit; a dimension that the box has whole adds none.
     *
     * @throws io.h5coro.error.LimitExceededException when there are more than {@link #MOST_RUNS} rows
     */
    List<Run> runs(ChunkBox box, long limit) {
        List<Run> runs = new ArrayList<>();
        if (box.isEmpty()) {
            return runs;
        }
        int rank = order.length;
        int inner = rank - 1;
        while (inner > 0 && isWhole(box, inner)) {
            inner--;
        }
        // Where the box passes over chunks, each one starts a row.
        boolean dense = box.isDense(order[inner]);
        long length = dense ? runLength(box, inner, limit) : step[inner];
        int slower = dense ? inner : inner + 1;
        int rows = 0;
        long[] at = new long[rank];
        for (int i = 0; i < rank; i++) {
            at[i] = box.first(order[i]);
        }
        long start = -1;
        long end = -1;
        boolean more = true;
        while (more) {
            long row = numberOf(at);
            if (row < 0 || row >= limit) {
                break;
            }
            if (rows++ == MOST_RUNS) {
                throw chunks.tooMany("selection of more than " + MOST_RUNS + " rows of chunks");
            }
            long rowEnd = length > limit - row ? limit : row + length;
            if (row != end) {
                add(runs, start, end);
                start = row;
            }
            end = rowEnd;
            more = nextRow(at, box, slower);
        }
        add(runs, start, end);
        return runs;
    }

    private static void add(List<Run> runs, long start, long end) {
        if (end > start) {
            runs.add(new Run(start, end));
        }
    }

    /** Whether a box has all places of a dimension that is not the slowest, so that its rows follow each other. */
    private boolean isWhole(ChunkBox box, int i) {
        int d = order[i];
        return box.isDense(d) && box.first(d) == 0 && box.last(d) == step[i - 1] / step[i] - 1;
    }

    /** Chunks of one row of the box, from its first one on: places of the dimension times what one of them spans. */
    private long runLength(ChunkBox box, int i, long limit) {
        long places = box.last(order[i]) - box.first(order[i]) + 1;
        return places > limit / step[i] ? limit : places * step[i];
    }

    /**
     * Steps {@code at} to the next row of the box; false after the last one.
     *
     * @param rows the dimension in which rows lie; it and those behind it stay at their first place
     */
    private boolean nextRow(long[] at, ChunkBox box, int rows) {
        for (int i = rows - 1; i >= 0; i--) {
            if (at[i] < box.last(order[i])) {
                at[i] = box.next(order[i], at[i] + 1);
                return true;
            }
            at[i] = box.first(order[i]);
        }
        return false;
    }

    /** Whether a box has a chunk whose number is a limit or more; {@link #runs} leaves such chunks out. */
    boolean reaches(ChunkBox box, long limit) {
        long[] corner = new long[order.length];
        for (int i = 0; i < corner.length; i++) {
            corner[i] = box.last(order[i]);
        }
        long number = box.isEmpty() ? 0 : numberOf(corner);
        return !box.isEmpty() && (number < 0 || number >= limit);
    }

    /** The number of a place given in {@link #order}; negative past 2^63. */
    private long numberOf(long[] at) {
        long number = 0;
        for (int i = 0; i < at.length; i++) {
            if (Math.multiplyHigh(at[i], step[i]) != 0) {
                return -1;
            }
            long part = at[i] * step[i];
            number += part;
            if (part < 0 || number < 0) {
                return -1;
            }
        }
        return number;
    }

    /**
     * The chunk of a number.
     *
     * @return one number for each dimension of the dataset, in the dataset's order; the caller's own
     */
    long[] coordinate(long number) {
        long[] coordinate = new long[order.length];
        coordinate(number, coordinate);
        return coordinate;
    }

    /** The same into an array that is there. */
    void coordinate(long number, long[] coordinate) {
        long rest = number;
        for (int i = 0; i < order.length; i++) {
            coordinate[order[i]] = rest / step[i];
            rest %= step[i];
        }
    }
}
