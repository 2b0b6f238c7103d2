// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.model.Hyperslab.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of several datasets, one after the other. Immutable.
 *
 * <p>Example: datasets of 10, 0 and 5 rows. Rows [8, 13) with a step of 3 are row 8 of the first and row 1 of the
 * third.
 */
public final class RowFiles {
    /** First row of each dataset, and at the end the number of all rows. */
    private final long[] first;

    /**
     * Rows of datasets.
     *
     * @param lengths rows of each
     * @throws ArithmeticException when there are more than 2^63 - 1 together
     */
    public RowFiles(long... lengths) {
        first = new long[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            first[i + 1] = Math.addExact(first[i], lengths[i]);
        }
    }

    /**
     * Rows of one dataset.
     *
     * @param file index of the dataset
     * @param rows of that, counted from its first one; never empty
     */
    public record Part(int file, Range rows) {}

    /** The number of all rows. */
    public long rows() {
        return first[first.length - 1];
    }

    /** The number of rows of one dataset. */
    public long rows(int file) {
        return first[file + 1] - first[file];
    }

    /** The row of all that is the first one of a dataset. */
    public long firstRow(int file) {
        return first[file];
    }

    /**
     * The parts of a range, in their order.
     *
     * @param start first row
     * @param stop end, exclusive, at most {@link #rows()}
     * @param step distance between two rows, at least 1
     */
    public List<Part> parts(long start, long stop, long step) {
        List<Part> parts = new ArrayList<>();
        int found = Arrays.binarySearch(first, start);
        for (int file = found < 0 ? -found - 2 : found; file < first.length - 1 && first[file] < stop; file++) {
            long before = Math.max(0, first[file] - start);
            // The first selected row that is not before the dataset.
            long skipped = Math.floorMod(-before, step);
            long from = start + before;
            long end = Math.min(stop, first[file + 1]);
            if (skipped < end - from) {
                parts.add(new Part(file, new Range(from + skipped - first[file], end - first[file], step)));
            }
        }
        return parts;
    }
}
