// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an array a column has: all, or some in ascending order. Immutable.
 *
 * @param count number of rows
 * @param indexes their indexes in the array; null for all
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and read for each value.
public record Picked(int count, int @Nullable [] indexes) {
    /** Picks all rows. */
    public static Picked all(int count) {
        return new Picked(count, null);
    }

    /** Picks the rows whose bit is set. */
    public static Picked of(BitSet rows, int count) {
        int picked = rows.cardinality();
        return picked == count ? all(count) : new Picked(picked, rows.stream().toArray());
    }

    /** Returns whether every row of the array is picked. */
    public boolean isAll() {
        return indexes == null;
    }

    /** Returns the index in the array of a row of the column. */
    public int index(int row) {
        return indexes == null ? row : indexes[row];
    }
}
