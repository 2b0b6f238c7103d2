// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.model.Shape;

/** The pieces in which h5dump reads a dataset: its counting of rows starts anew with each. */
final class Strips {
    /** Bytes of a piece in h5dump (H5TOOLS_BUFSIZE). */
    private static final long BYTES = 32L << 20;

    /*
     * A dataset of 3 x 10,000,000 elements of 4 bytes: a strip has at most 33,554,432 / 4 = 8,388,608 elements of
     * the last dimension, and then 1 of the first. The strips are
     *   row 0: 8,388,608 and 1,611,392 elements; row 1: the same; row 2: the same
     * A dataset of 100,000 x 100 of them: all 100 of the last dimension, and 33,554,432 / 400 = 83,886 rows, so
     *   8,388,600 and 1,611,400 elements
     */

    private final Shape shape;
    /** Greatest length of a strip in each dimension. Invariant: 1 in each dimension before one that is cut. */
    private final long[] most;
    /** Where the next strip begins. Invariant: within the shape; at its start again behind the last strip. */
    private final long[] offset;

    Strips(Shape shape, int elementBytes) {
        this.shape = shape;
        this.most = new long[shape.rank()];
        this.offset = new long[shape.rank()];
        long bytes = Math.max(1, elementBytes);
        for (int i = shape.rank() - 1; i >= 0; i--) {
            most[i] = Math.min(shape.dimension(i), Math.max(1, BYTES / bytes));
            bytes *= most[i];
        }
    }

    /** The number of elements of the next piece. */
    long next() {
        long count = 1;
        for (int i = 0; i < most.length; i++) {
            count *= Math.min(shape.dimension(i) - offset[i], most[i]);
        }
        for (int i = most.length - 1; i >= 0; i--) {
            offset[i] += Math.min(shape.dimension(i) - offset[i], most[i]);
            if (offset[i] < shape.dimension(i)) {
                break;
            }
            offset[i] = 0;
        }
        return count;
    }
}
