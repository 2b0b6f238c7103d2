// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.stored;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;

/**
 * Where lists begin in the elements that are stored one list behind the other: list i has the elements
 * {@code [start(i), start(i + 1))}. What a VectorIndex of NWB and the indptr of a sparse matrix say. Immutable.
 */
public final class Starts {
    private final long first;
    private final int[] offsets;

    private Starts(long first, int... offsets) {
        this.first = first;
        this.offsets = offsets;
    }

    /**
     * Checks starts.
     *
     * @param first the first start
     * @param stored holds the others
     * @param skipped number of elements of {@code stored} that are none of them
     * @param elements number of elements that there are
     * @throws MalformedFileException when a start is less than the one before it, or beyond the elements
     */
    public static Starts of(Where where, long first, H5Array stored, int skipped, long elements) {
        if (!(stored.type() instanceof IntegerType)) {
            throw new MalformedFileException(where, "is " + stored.type().shortName() + ", expected whole numbers");
        }
        int[] offsets = new int[stored.length() - skipped + 1];
        long before = check(where, 0, first, elements);
        for (int i = skipped; i < stored.length(); i++) {
            long start = stored.getBits(i);
            if (start < before) {
                throw new MalformedFileException(
                        where, "says that elements begin at " + start + " behind those that begin at " + before);
            }
            before = check(where, before, start, elements);
            if (start - first > Integer.MAX_VALUE) {
                throw new LimitExceededException(
                        where, (start - first) + " elements are more than an array holds: read fewer rows");
            }
            offsets[i - skipped + 1] = (int) (start - first);
        }
        return new Starts(first, offsets);
    }

    private static long check(Where where, long before, long start, long elements) {
        if (start < before || start > elements) {
            throw new MalformedFileException(
                    where, "says that elements begin or end at " + start + ", and there are " + elements);
        }
        return start;
    }

    /** Returns the number of lists. */
    public int length() {
        return offsets.length - 1;
    }

    /** Returns where a list begins, from the start of the first one; also where the last one ends. */
    public int offset(int list) {
        return offsets[list];
    }

    /** Returns the stored elements of all lists. */
    public RowRange elements() {
        return new RowRange(first, first + offsets[offsets.length - 1]);
    }
}
