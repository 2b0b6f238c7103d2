// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.stored;

import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.Hyperslab;
import java.util.List;

/**
 * Rows {@code [from, to)}. Immutable.
 *
 * @param from index of the first row
 * @param to index behind the last row
 */
public record RowRange(long from, long to) {
    /**
     * Returns a range of so many rows.
     *
     * @throws SelectionException when the range is not within them
     */
    public static RowRange of(long from, long to, long rows, Where where) {
        if (from < 0 || to < from || to > rows) {
            throw new SelectionException(where, "has no rows " + from + ":" + to + ": there are " + rows);
        }
        return new RowRange(from, to);
    }

    /** Returns the number of rows. */
    public long count() {
        return to - from;
    }

    /** Returns the slice of these rows, whole in all other dimensions. */
    public Hyperslab slice() {
        return new Hyperslab(List.of(Hyperslab.Range.of(from, to)), 1, false);
    }
}
