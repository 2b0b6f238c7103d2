// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.model.Shape;

/** The pieces in which h5dump reads a dataset: its counting of rows starts anew with each. */
final class Strips {
    /** Bytes of a piece in h5dump (H5TOOLS_BUFSIZE). */
    private static final long BYTES = 32L << 20;

    private final Shape shape;
    private final long[] most;
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
