// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.nwb;

import io.h5coro.labels.stored.Starts;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Some rows of a column. Each has a value, a list, or a list of lists; {@link #depth()} says which. Immutable.
 *
 * <pre>{@code
 * NwbColumn spikes = nwb.units().read("spike_times").column("spike_times");
 * for (int unit = 0; unit < spikes.length(); unit++) {
 *     System.out.println(spikes.get(unit));
 * }
 * }</pre>
 */
public final class NwbColumn {
    private final String name;
    private final List<Starts> starts;
    private final H5Array elements;
    /** The rows of the outermost level, or of the elements, that belong to this column. */
    private final int from;

    private final int to;

    NwbColumn(String name, List<Starts> starts, H5Array elements) {
        this(name, starts, elements, new int[] {0, rows(starts, elements)});
    }

    private NwbColumn(String name, List<Starts> starts, H5Array elements, int[] range) {
        this.name = name;
        this.starts = starts;
        this.elements = elements;
        this.from = range[0];
        this.to = range[1];
    }

    private static int rows(List<Starts> starts, H5Array elements) {
        return starts.isEmpty()
                ? Math.toIntExact(elements.shape().dimension(0))
                : starts.get(0).length();
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the number of rows. */
    public int length() {
        return to - from;
    }

    /** Returns how deep lists are: 0 for a value in each row, 1 for a list, 2 for a list of lists. */
    public int depth() {
        return starts.size();
    }

    /**
     * Returns the elements of a row, those of all its lists one behind the other. Its first dimension is that of the
     * elements, unless {@link #depth()} is 0; those that a single element has follow.
     *
     * @throws IndexOutOfBoundsException when there is no such row
     */
    public H5Array get(int row) {
        int first = from + Objects.checkIndex(row, length());
        int last = first + 1;
        for (Starts level : starts) {
            first = level.offset(first);
            last = level.offset(last);
        }
        long[] stored = elements.shape().dimensions();
        long[] inner = Arrays.copyOfRange(stored, 1, stored.length);
        int each = (int) Shape.of(inner).elementCount();
        H5Array values = elements.copyOfRange(first * each, last * each);
        Shape shape = Shape.of(inner);
        return values.withShape(
                starts.isEmpty() ? shape : Shape.of(last - first).append(shape));
    }

    /**
     * Returns the lists in a row of lists of lists, as a column of their own.
     *
     * @throws IllegalStateException when {@link #depth()} is less than 2
     * @throws IndexOutOfBoundsException when there is no such row
     */
    public NwbColumn lists(int row) {
        if (depth() < 2) {
            throw new IllegalStateException("column '" + name + "' has no lists of lists");
        }
        int index = from + Objects.checkIndex(row, length());
        Starts outer = starts.get(0);
        int[] range = {outer.offset(index), outer.offset(index + 1)};
        return new NwbColumn(name, starts.subList(1, starts.size()), elements, range);
    }

    /** Returns name, number of rows and depth on one line. */
    @Override
    public String toString() {
        return name + " (" + length() + " rows, depth " + depth() + ")";
    }
}
