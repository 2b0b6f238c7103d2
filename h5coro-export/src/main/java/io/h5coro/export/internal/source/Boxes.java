// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import java.util.NoSuchElementException;

/**
 * Cuts a shape into boxes of bounded size, in row-major order, so that the elements of one box behind the other are
 * those of the shape in row-major order. Confined to one thread.
 *
 * <p>Example: a shape of 1,000 x 200 x 50 elements of 8 bytes in boxes of 1,000,000 bytes. The last two dimensions have
 * 80,000 bytes and fit; the first is cut at every 12 indices. In boxes of 10,000 bytes the second is cut at every 25
 * indices, and each box has one index of the first.
 */
final class Boxes {
    private final long[] lengths;
    /** The dimension that is cut: boxes have length 1 in those before, and all of those behind. */
    private final int cut;

    private final long step;
    private final Borders borders;
    private final long[] next;
    private boolean over;

    /**
     * Where boxes along the first dimension end by preference: at {@code multiple * n - offset}, the borders of chunks.
     *
     * @param multiple rows of a chunk, or 1
     * @param offset row of the dataset that is the first selected one
     */
    record Borders(long multiple, long offset) {
        static final Borders NONE = new Borders(1, 0);

        /** Returns the end of a box that would end at {@code end}: the last border behind its start, if any. */
        private long end(long start, long end) {
            long border = (end + offset) / multiple * multiple - offset;
            return border > start ? border : end;
        }
    }

    /**
     * A part of a shape.
     *
     * @param from first index of each dimension
     * @param to index behind the last of each dimension
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, and compared by nobody.
    record Box(long[] from, long[] to) {
        long elements() {
            long elements = 1;
            for (int i = 0; i < from.length; i++) {
                elements *= to[i] - from[i];
            }
            return elements;
        }

        long rows() {
            return from.length == 0 ? 1 : to[0] - from[0];
        }
    }

    /**
     * Cuts a shape.
     *
     * @param lengths its dimensions
     * @param elementBytes of one element
     * @param boxBytes of a box at most; one element is a box all the same
     * @param borders of the first dimension
     */
    Boxes(long[] lengths, long elementBytes, long boxBytes, Borders borders) {
        this.lengths = lengths.clone();
        long inner = Math.max(1, elementBytes);
        int dimension = lengths.length - 1;
        while (dimension > 0 && lengths[dimension] <= boxBytes / inner) {
            inner *= Math.max(1, lengths[dimension]);
            dimension--;
        }
        this.cut = Math.max(0, dimension);
        this.step = Math.max(1, boxBytes / inner);
        this.borders = cut == 0 && borders.multiple() <= step ? borders : Borders.NONE;
        this.next = new long[lengths.length];
        for (long length : lengths) {
            over |= length == 0;
        }
    }

    boolean hasNext() {
        return !over;
    }

    Box next() {
        if (over) {
            throw new NoSuchElementException();
        }
        long[] from = next.clone();
        long[] to = lengths.clone();
        if (lengths.length == 0) {
            over = true;
            return new Box(from, to);
        }
        for (int i = 0; i < cut; i++) {
            to[i] = from[i] + 1;
        }
        long left = lengths[cut] - from[cut];
        to[cut] = step >= left ? lengths[cut] : borders.end(from[cut], from[cut] + step);
        advance(to[cut]);
        return new Box(from, to);
    }

    private void advance(long behind) {
        next[cut] = behind;
        for (int i = cut; i >= 0; i--) {
            if (next[i] < lengths[i]) {
                return;
            }
            next[i] = 0;
            if (i > 0) {
                next[i - 1]++;
            }
        }
        over = true;
    }
}
