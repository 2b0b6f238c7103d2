// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.array;

import io.h5coro.model.Shape;

/**
 * Where the elements of an array go in a greater one of the same rank, at its beginning in each dimension. Immutable.
 */
record Placement(Shape part, Shape whole) {
    /** Takes elements that lie side by side in both arrays. */
    interface Run {
        void copy(int from, int to, int count);
    }

    void forEachRun(Run run) {
        int rank = part.rank();
        int total = Math.toIntExact(part.elementCount());
        int count = rank == 0 ? 1 : Math.toIntExact(part.dimension(rank - 1));
        for (int from = 0; from < total; from += count) {
            run.copy(from, target(from), count);
        }
    }

    /** The index in the whole of an element of the part. */
    private int target(int index) {
        long rest = index;
        long target = 0;
        long step = 1;
        for (int axis = part.rank() - 1; axis >= 0; axis--) {
            target += rest % part.dimension(axis) * step;
            rest /= part.dimension(axis);
            step *= whole.dimension(axis);
        }
        return Math.toIntExact(target);
    }
}
