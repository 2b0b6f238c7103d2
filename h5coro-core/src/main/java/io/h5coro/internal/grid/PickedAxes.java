// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.model.Shape;
import java.util.function.LongConsumer;

/** Elements each of whose indices is picked along its dimension. Immutable. */
final class PickedAxes extends Picked {
    private final PickedAxis[] axes;

    /** Picked indices of each dimension; not changed. */
    PickedAxes(Shape space, PickedAxis[] axes) {
        super(space, result(axes));
        this.axes = axes;
    }

    private static Shape result(PickedAxis[] axes) {
        long[] lengths = new long[axes.length];
        for (int d = 0; d < axes.length; d++) {
            lengths[d] = axes[d].count();
        }
        return Shape.of(lengths);
    }

    @Override
    public PickedChunks in(ChunkGrid grid, LongConsumer memory) {
        return new AxesChunks(axes, grid.chunk(), result().dimensions());
    }

    @Override
    boolean areSingle() {
        return false;
    }

    @Override
    void forEach(Visitor visitor) {
        ElementCopy all = whole(bytes -> {});
        int each = all.isDense() ? (int) all.runLength() : 1;
        long runs = all.runLength() / each;
        all.forEachRun((source, place) -> {
            for (long i = 0; i < runs; i++) {
                visitor.run(source + i * all.sourceStep(), each, (int) (place + i * all.destinationStep()));
            }
        });
    }
}
