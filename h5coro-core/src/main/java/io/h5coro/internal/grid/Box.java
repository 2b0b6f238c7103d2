// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

/**
 * The elements {@code start + i * step}, {@code 0 <= i < count}, in each dimension of a dataset. Immutable.
 *
 * <p>Invariant: the three arrays have the dataset's rank as their length. A scalar's box has rank 0 and one element.
 *
 * @param start first index, a number for each dimension
 * @param count number of indices; 0 in any dimension makes the box empty
 * @param step distance of the indices, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // made by Selection, never changed
public record Box(long[] start, long[] count, long[] step) {
    /** The box of all elements. */
    static Box whole(long[] dimensions) {
        return of(new long[dimensions.length], dimensions.clone());
    }

    /** The box of all elements from a corner on. */
    public static Box of(long[] start, long[] count) {
        long[] step = new long[start.length];
        java.util.Arrays.fill(step, 1);
        return new Box(start, count, step);
    }

    /** The number of dimensions. */
    public int rank() {
        return start.length;
    }

    /** Whether no element is in it. */
    public boolean isEmpty() {
        for (long c : count) {
            if (c == 0) {
                return true;
            }
        }
        return false;
    }

    /** The last index of a dimension; the box is not empty. */
    public long last(int dimension) {
        return start[dimension] + (count[dimension] - 1) * step[dimension];
    }
}
