// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The elements of a block whose indices are picked along each dimension: nested loops over the picked indices. The
 * innermost loops are one run where they are progressions that continue one another on both sides. Immutable.
 *
 * <p>Example: of a block of 4 x 5 elements rows 0, 1 and 3 are picked, for places 2, 0 and 1 of a result of width 2,
 * and columns 1 and 3. Runs of 2 elements with source step 2 and destination step 1: (1 to 4), (6 to 0), (16 to 2).
 */
final class AxesCopy implements ElementCopy {
    private final PickedAxis[] axes;

    /** For each dimension the numbers {@code [from, to)} of its axis; never none. */
    private final long[] from;

    private final long[] to;
    private final Strides strides;

    /** Element of the strides' source at which this copy's source begins. */
    private final long shift;

    /** Loops outside of the run. */
    private final int outer;

    private final long runLength;
    private final long sourceStep;
    private final long destinationStep;

    /**
     * How indices become places in a flat source and a flat result.
     *
     * @param source elements from one index of a dimension to the next
     * @param result the same
     * @param base source element of index 0 in all dimensions, from the block's first element; not above 0
     * @param first place in the result of what has place 0 in all dimensions
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    record Strides(long[] source, long[] result, long base, long first) {}

    /** A copy of what is there: no interval is empty. */
    AxesCopy(PickedAxis[] axes, long[] from, long[] to, Strides strides) {
        this(axes, from, to, strides, 0);
    }

    private AxesCopy(PickedAxis[] axes, long[] from, long[] to, Strides strides, long shift) {
        this.axes = axes;
        this.from = from;
        this.to = to;
        this.strides = strides;
        this.shift = shift;
        int d = axes.length;
        long length = 1;
        long source = 1;
        long result = 1;
        for (; d > 0; d--) {
            long count = to[d - 1] - from[d - 1];
            if (count == 1) {
                continue;
            }
            long sourceStride = axes[d - 1].step(from[d - 1], to[d - 1]) * strides.source[d - 1];
            long resultStride = axes[d - 1].placeStep(from[d - 1], to[d - 1]) * strides.result[d - 1];
            boolean joins = length == 1 || (sourceStride == length * source && resultStride == length * result);
            if (sourceStride == 0 || resultStride == 0 || !joins) {
                break;
            }
            source = length == 1 ? sourceStride : source;
            result = length == 1 ? resultStride : result;
            length *= count;
        }
        this.outer = d;
        this.runLength = length;
        this.sourceStep = source;
        this.destinationStep = result;
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public long runLength() {
        return runLength;
    }

    @Override
    public long sourceStep() {
        return sourceStep;
    }

    @Override
    public long destinationStep() {
        return destinationStep;
    }

    @Override
    public long sourceStart() {
        long start = strides.base - shift;
        for (int d = 0; d < axes.length; d++) {
            start += axes[d].index(from[d]) * strides.source[d];
        }
        return start;
    }

    @Override
    public long sourceExtent() {
        return 1 + reach(0);
    }

    /** Distance from the lowest to the highest element of the dimensions from {@code d} on. */
    private long reach(int d) {
        long reach = 0;
        for (int i = d; i < axes.length; i++) {
            reach += (axes[i].index(to[i] - 1) - axes[i].index(from[i])) * strides.source[i];
        }
        return reach;
    }

    @Override
    public void forEachRun(RunVisitor visitor) {
        long source = strides.base - shift;
        long result = strides.first;
        for (int d = outer; d < axes.length; d++) {
            source += axes[d].index(from[d]) * strides.source[d];
            result += axes[d].place(from[d]) * strides.result[d];
        }
        forEachRun(0, source, result, visitor);
    }

    private void forEachRun(int d, long source, long result, RunVisitor visitor) {
        if (d == outer) {
            visitor.run(source, result);
            return;
        }
        PickedAxis axis = axes[d];
        for (long k = from[d]; k < to[d]; k++) {
            forEachRun(
                    d + 1,
                    source + axis.index(k) * strides.source[d],
                    result + axis.place(k) * strides.result[d],
                    visitor);
        }
    }

    @Override
    public AxesCopy fromSourceStart() {
        return new AxesCopy(axes, from, to, strides, shift + sourceStart());
    }

    @Override
    public AxesCopy shifted(long elements) {
        Strides further =
                new Strides(strides.source, strides.result, strides.base, Math.addExact(strides.first, elements));
        return new AxesCopy(axes, from, to, further, shift);
    }

    @Override
    public void split(long gap, long extent, Consumer<ElementCopy> parts) {
        split(0, Math.max(0, gap), Math.max(1, extent), parts);
    }

    /** Cuts along dimension d and further inwards; the dimensions outside of d have one index each, maybe repeated. */
    private void split(int d, long gap, long extent, Consumer<ElementCopy> parts) {
        if (d == axes.length || (reach(d) < extent && !hasHoles(d, gap))) {
            parts.accept(this);
            return;
        }
        PickedAxis axis = axes[d];
        long inner = reach(d + 1);
        boolean innerFits = inner < extent && !hasHoles(d + 1, gap);
        long start = from[d];
        for (long k = start + 1; k <= to[d]; k++) {
            boolean joins = k < to[d] && joins(axis, start, k, new long[] {inner, innerFits ? gap : -1, extent}, d);
            if (!joins) {
                AxesCopy part = section(d, start, k);
                if (innerFits) {
                    parts.accept(part);
                } else {
                    part.split(d + 1, gap, extent, parts);
                }
                start = k;
            }
        }
    }

    /** Whether index number k belongs to the part that begins with number {@code start}. */
    private boolean joins(PickedAxis axis, long start, long k, long[] bounds, int d) {
        long step = axis.index(k) - axis.index(k - 1);
        if (step == 0) {
            return true;
        }
        long stride = strides.source[d];
        return bounds[1] >= 0
                && step * stride - 1 - bounds[0] <= bounds[1]
                && (axis.index(k) - axis.index(start)) * stride + bounds[0] < bounds[2];
    }

    /** Whether the dimensions from {@code d} on leave out more than {@code gap} elements in a row. */
    private boolean hasHoles(int d, long gap) {
        for (int i = d; i < axes.length; i++) {
            long inner = reach(i + 1);
            if (widest(i) * strides.source[i] - 1 - inner > gap) {
                return true;
            }
        }
        return false;
    }

    /** The longest way from one index of a dimension to the next; 0 when there is one only. */
    private long widest(int d) {
        if (to[d] - from[d] == 1) {
            return 0;
        }
        if (axes[d].isRegular()) {
            return axes[d].step(from[d], to[d]);
        }
        long widest = 0;
        for (long k = from[d] + 1; k < to[d]; k++) {
            widest = Math.max(widest, axes[d].index(k) - axes[d].index(k - 1));
        }
        return widest;
    }

    private AxesCopy section(int d, long start, long end) {
        long[] low = from.clone();
        long[] high = to.clone();
        low[d] = start;
        high[d] = end;
        return new AxesCopy(axes, low, high, strides, shift);
    }

    @Override
    public String toString() {
        return Arrays.toString(from) + " to " + Arrays.toString(to) + " of picked indices";
    }
}
