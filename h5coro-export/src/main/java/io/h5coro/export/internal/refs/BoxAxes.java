// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.Dataset;
import io.h5coro.model.Shape;
import java.util.Arrays;

/**
 * Which dimensions of a virtual dataset and of a source belong together, for one box of both. Immutable.
 *
 * <pre>
 * box (1, 50, 60) of the virtual dataset, (50, 60) of the source: dimensions 0 and 1 of the source are 1 and 2 of the
 * other; no dimension of the source is its dimension 0, in which the box has one index
 * </pre>
 *
 * @param box of both
 * @param virtual for each dimension of the source that of the virtual dataset; -1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // made here, never changed
record BoxAxes(Dataset.SourceBox box, int[] virtual) {
    /**
     * Finds the dimensions.
     *
     * @throws RefusedException when the source's elements are in another shape
     */
    static BoxAxes of(Dataset.SourceBox box) {
        Shape own = box.shape();
        Shape there = box.sourceShape();
        int[] virtual = new int[there.rank()];
        if (own.equals(there)) {
            Arrays.setAll(virtual, d -> d);
            return new BoxAxes(box, virtual);
        }
        int at = next(own, 0);
        for (int d = 0; d < virtual.length; d++) {
            virtual[d] = -1;
            if (there.dimension(d) != 1) {
                if (at == own.rank() || own.dimension(at) != there.dimension(d)) {
                    throw new RefusedException("its sources have their values in another shape");
                }
                virtual[d] = at;
                at = next(own, at + 1);
            }
        }
        if (at < own.rank()) {
            throw new RefusedException("its sources have their values in another shape");
        }
        return new BoxAxes(box, virtual);
    }

    /** The next dimension that is longer than 1; the rank when there is none. */
    private static int next(Shape shape, int from) {
        int d = from;
        while (d < shape.rank() && shape.dimension(d) == 1) {
            d++;
        }
        return d;
    }

    /** A chunk of the source in the dimensions of the virtual dataset. */
    Shape toVirtual(Shape chunk) {
        long[] lengths = new long[box.shape().rank()];
        Arrays.fill(lengths, 1);
        for (int d = 0; d < virtual.length; d++) {
            if (virtual[d] >= 0) {
                lengths[virtual[d]] = chunk.dimension(d);
            }
        }
        return Shape.of(lengths);
    }

    /** A chunk of the virtual dataset in the dimensions of the source. */
    Shape toSource(Shape chunk) {
        long[] lengths = new long[virtual.length];
        for (int d = 0; d < virtual.length; d++) {
            lengths[d] = virtual[d] < 0 ? 1 : chunk.dimension(virtual[d]);
        }
        return Shape.of(lengths);
    }

    /** The index in the source of an element of the box. */
    long[] inSource(long[] element) {
        long[] index = new long[virtual.length];
        for (int d = 0; d < virtual.length; d++) {
            int v = virtual[d];
            index[d] = box.sourceOrigin().get(d)
                    + (v < 0 ? 0 : element[v] - box.origin().get(v));
        }
        return index;
    }
}
