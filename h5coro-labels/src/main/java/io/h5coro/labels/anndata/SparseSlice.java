// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.anndata;

import io.h5coro.labels.stored.RowRange;
import io.h5coro.labels.stored.Starts;
import io.h5coro.model.H5Array;
import java.util.Arrays;

/**
 * Some rows of a sparse matrix, or some columns of one that is stored by columns; "row" stands for both. Values that
 * are not listed are zero. Immutable.
 *
 * <pre>{@code
 * SparseSlice rows = cells.x().sparseRows(1000, 1100);
 * double[] dense = new double[(int) rows.width()];
 * for (int row = 0; row < rows.length(); row++) {
 *     rows.copyRow(row, dense);
 * }
 * }</pre>
 */
public final class SparseSlice {
    private final RowRange range;
    private final long width;
    private final Starts starts;
    private final Elements elements;

    SparseSlice(RowRange range, long width, Starts starts, Elements elements) {
        this.range = range;
        this.width = width;
        this.starts = starts;
        this.elements = elements;
    }

    /** The elements that are stored, row after row. */
    record Elements(H5Array indices, H5Array values) {}

    /** Returns the index in the matrix of the first row. */
    public long first() {
        return range.from();
    }

    /** Returns the number of rows. */
    public int length() {
        return starts.length();
    }

    /** Returns the length of a row. */
    public long width() {
        return width;
    }

    /**
     * Returns where the stored elements of a row begin in {@link #indices()} and {@link #values()}; those of the row
     * before end there.
     *
     * @param row from 0 to {@link #length()}, both included
     */
    public int offset(int row) {
        return starts.offset(row);
    }

    /** Returns the column of each stored element, in the order of the file. */
    public H5Array indices() {
        return elements.indices;
    }

    /** Returns the stored elements, in the order of the file. */
    public H5Array values() {
        return elements.values;
    }

    /**
     * Copies a row with its zeros. Elements that are stored twice are added, as scipy does.
     *
     * @param row from 0 to {@link #length()}, the latter excluded
     * @param target as long as the matrix is wide
     * @throws IllegalArgumentException when it has another length
     */
    public void copyRow(int row, double[] target) {
        if (target.length != width) {
            throw new IllegalArgumentException("a row has " + width + " elements, and the array " + target.length);
        }
        Arrays.fill(target, 0);
        for (int i = offset(row); i < offset(row + 1); i++) {
            target[(int) elements.indices.getLong(i)] += elements.values.getDouble(i);
        }
    }

    /** Returns the rows, their length and the number of stored elements. */
    @Override
    public String toString() {
        return "rows " + range.from() + ":" + range.to() + " of " + width + ", " + elements.values.length()
                + " elements";
    }
}
