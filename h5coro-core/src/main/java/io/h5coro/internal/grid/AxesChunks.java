// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.ArrayList;
import java.util.List;

/** Products of picked indices, by the chunks of a grid. Immutable. */
final class AxesChunks implements PickedChunks {
    private final PickedAxis[] axes;
    private final long[] chunk;

    /** Elements of a chunk, and of the result, from one index of a dimension to the next. */
    private final long[] sourceStrides;

    private final long[] resultStrides;

    AxesChunks(PickedAxis[] axes, long[] chunk, long[] result) {
        this.axes = axes;
        this.chunk = chunk;
        this.sourceStrides = strides(chunk);
        this.resultStrides = strides(result);
    }

    private static long[] strides(long[] dimensions) {
        long[] strides = new long[dimensions.length];
        long stride = 1;
        for (int d = dimensions.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= dimensions[d];
        }
        return strides;
    }

    private long from(int d, long coordinate) {
        return axes[d].from(coordinate * chunk[d]);
    }

    @Override
    public long touched() {
        long touched = 1;
        for (int d = 0; d < axes.length; d++) {
            touched *= touched(d);
        }
        return touched;
    }

    private long touched(int d) {
        PickedAxis axis = axes[d];
        long count = axis.count();
        if (axis.isRegular()) {
            boolean skips = count > 1 && axis.step(0, count) > chunk[d];
            return skips ? count : axis.index(count - 1) / chunk[d] - axis.index(0) / chunk[d] + 1;
        }
        long touched = 0;
        for (long k = 0; k < count; k = from(d, axis.index(k) / chunk[d] + 1)) {
            touched++;
        }
        return touched;
    }

    @Override
    public boolean has(long[] coordinate) {
        for (int d = 0; d < axes.length; d++) {
            if (from(d, coordinate[d]) == from(d, coordinate[d] + 1)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public ElementCopy copy(long[] coordinate) {
        long[] from = new long[axes.length];
        long[] to = new long[axes.length];
        long base = 0;
        for (int d = 0; d < axes.length; d++) {
            from[d] = from(d, coordinate[d]);
            to[d] = from(d, coordinate[d] + 1);
            base -= coordinate[d] * chunk[d] * sourceStrides[d];
        }
        return new AxesCopy(axes, from, to, new AxesCopy.Strides(sourceStrides, resultStrides, base, 0));
    }

    @Override
    public long count(long[] coordinate) {
        long count = 1;
        for (int d = 0; d < axes.length; d++) {
            count *= from(d, coordinate[d] + 1) - from(d, coordinate[d]);
        }
        return count;
    }

    @Override
    public Box bounds() {
        long[] start = new long[axes.length];
        long[] count = new long[axes.length];
        for (int d = 0; d < axes.length; d++) {
            start[d] = axes[d].index(0);
            count[d] = axes[d].index(axes[d].count() - 1) - start[d] + 1;
        }
        return Box.of(start, count);
    }

    @Override
    public List<Box> boxes() {
        List<Box> boxes = new ArrayList<>();
        add(0, bounds(), boxes);
        return boxes;
    }

    /** Adds the boxes of all runs of dimension d, in a box that has one run of each dimension before. */
    private void add(int d, Box box, List<Box> boxes) {
        if (d == axes.length) {
            boxes.add(
                    new Box(box.start().clone(), box.count().clone(), box.step().clone()));
            return;
        }
        PickedAxis axis = axes[d];
        long count = axis.count();
        long between = axis.index(count - 1) / chunk[d] - axis.index(0) / chunk[d] + 1;
        if (axis.isRegular() || between <= MOST_PASSED_OVER * touched(d)) {
            long step = axis.isRegular() && count > 1 ? axis.step(0, count) : 1;
            add(d, box, new long[] {axis.index(0), 1 + (axis.index(count - 1) - axis.index(0)) / step, step}, boxes);
            return;
        }
        long first = 0;
        for (long k = 0; k < count; ) {
            long next = from(d, axis.index(k) / chunk[d] + 1);
            boolean follows = next < count && axis.index(next) / chunk[d] == axis.index(k) / chunk[d] + 1;
            if (!follows) {
                long start = axis.index(first);
                add(d, box, new long[] {start, axis.index(next - 1) - start + 1, 1}, boxes);
                first = next;
            }
            k = next;
        }
    }

    private void add(int d, Box box, long[] run, List<Box> boxes) {
        box.start()[d] = run[0];
        box.count()[d] = run[1];
        box.step()[d] = run[2];
        add(d + 1, box, boxes);
    }
}
