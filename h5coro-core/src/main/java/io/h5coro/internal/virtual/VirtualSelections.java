// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.grid.Spans;
import io.h5coro.internal.grid.Spans.Progression;
import io.h5coro.model.DataSelection;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;

/** Turns stored selections into numbered elements. Pure. */
final class VirtualSelections {
    private VirtualSelections() {}

    /** A selection that has an end, of a dataset of some shape. */
    static Spans limited(DataSelection selection, Shape shape, Where where) {
        if (selection instanceof DataSelection.All) {
            List<Progression> dimensions = new ArrayList<>();
            for (long length : shape.dimensions()) {
                dimensions.add(new Progression(0, Math.max(1, length), Math.max(1, length), length));
            }
            return Spans.regular(dimensions);
        }
        if (selection instanceof DataSelection.None) {
            List<Progression> dimensions = new ArrayList<>();
            for (int d = 0; d < Math.max(1, shape.rank()); d++) {
                dimensions.add(new Progression(0, 1, 1, 0));
            }
            return Spans.regular(dimensions);
        }
        if (selection instanceof DataSelection.Regular regular) {
            check(regular.start().size(), shape, where);
            List<Progression> dimensions = new ArrayList<>();
            for (int d = 0; d < regular.start().size(); d++) {
                dimensions.add(progression(regular, d));
            }
            return Spans.regular(dimensions);
        }
        if (selection instanceof DataSelection.Blocks blocks) {
            check(blocks.rank(), shape, where);
            return Spans.blocks(blocks.rank(), blocks.corners());
        }
        throw new UnsupportedFeatureException(where, "selection of points in a virtual dataset");
    }

    private static void check(int rank, Shape shape, Where where) {
        if (rank != shape.rank() || rank == 0) {
            throw new MalformedFileException(
                    where, "mapping of rank " + rank + " to a dataset of rank " + shape.rank());
        }
    }

    /** The selection whose unlimited dimension has the first {@code slices} indices. */
    static Spans clipped(DataSelection.Regular regular, int unlimited, long slices) {
        List<Progression> dimensions = new ArrayList<>();
        for (int d = 0; d < regular.start().size(); d++) {
            dimensions.add(d == unlimited ? first(regular, d, slices) : progression(regular, d));
        }
        return Spans.regular(dimensions);
    }

    /** Block number j of a selection whose unlimited dimension has blocks. */
    static Spans block(DataSelection.Regular regular, int unlimited, long j) {
        List<Progression> dimensions = new ArrayList<>();
        for (int d = 0; d < regular.start().size(); d++) {
            if (d == unlimited) {
                long start = Math.addExact(
                        regular.start().get(d),
                        Math.multiplyExact(j, regular.stride().get(d)));
                long block = regular.block().get(d);
                dimensions.add(new Progression(start, block, block, block));
            } else {
                dimensions.add(progression(regular, d));
            }
        }
        return Spans.regular(dimensions);
    }

    /** The first indices of an unlimited dimension. */
    static Progression first(DataSelection.Regular regular, int d, long slices) {
        long block = regular.block().get(d);
        long length = block == DataSelection.UNLIMITED ? Math.max(1, slices) : block;
        long stride = block == DataSelection.UNLIMITED
                ? length
                : Math.max(length, regular.stride().get(d));
        return new Progression(regular.start().get(d), stride, length, slices);
    }

    /** All indices of an unlimited dimension that may be below an extent. */
    static Progression progression(DataSelection.Regular regular, int d, long extent) {
        return first(regular, d, extent);
    }

    private static Progression progression(DataSelection.Regular regular, int d) {
        long block = regular.block().get(d);
        long stride = Math.max(block, regular.stride().get(d));
        return new Progression(
                regular.start().get(d),
                stride,
                block,
                Math.multiplyExact(regular.count().get(d), block));
    }
}
