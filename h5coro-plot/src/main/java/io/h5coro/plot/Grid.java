// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.stream.IntStream;

/**
 * Values of cells, row by row, and where rows and columns are.
 *
 * @param xs of the columns, strictly in order, as many as there are
 * @param ys of the rows, the same
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Grid(double[] xs, double[] ys, double[] values) {
    /** Cells of a row and of a column that is drawn, where they have different sizes. */
    private static final int FINE = 1500;

    public Grid {
        if (values.length != Math.multiplyExact(xs.length, ys.length)) {
            throw new IllegalArgumentException(values.length + " values, " + xs.length + " x " + ys.length);
        }
    }

    /** Returns whether all values are numbers that go up, or all go down, so that they can be an axis. */
    public static boolean isOrdered(double[] values) {
        boolean up = values.length < 2 || values[1] > values[0];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || (i > 0 && (up ? values[i] <= values[i - 1] : values[i] >= values[i - 1]))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the span from the edge of the first cell to that of the last one. */
    public static Scale span(double[] middles, Scale.Kind kind) {
        double a = edge(middles, 0);
        double b = edge(middles, middles.length);
        return Scale.of(Math.min(a, b), Math.max(a, b), kind);
    }

    /** Returns where cell {@code i} begins: between two middles, and as far outside as inside at the ends. */
    private static double edge(double[] middles, int i) {
        int last = middles.length - 1;
        if (last <= 0) {
            return last < 0 ? i : middles[0] - 0.5 + i;
        }
        if (i == 0) {
            return middles[0] - (middles[1] - middles[0]) / 2;
        }
        return i > last ? middles[last] + (middles[last] - middles[last - 1]) / 2 : (middles[i - 1] + middles[i]) / 2;
    }

    /** Returns the colours of the cells from the left and from the top, as the axes run. */
    public Pixels pixels(Axis x, Axis y, Colors colors) {
        int[] columns = cells(xs, x, false);
        int[] rows = cells(ys, y, true);
        Pixels pixels = Pixels.empty(columns.length, rows.length);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                pixels.set(column, row, colors.argb(values[rows[row] * xs.length + columns[column]]));
            }
        }
        return pixels;
    }

    /** Returns which cell each pixel shows: one for each cell where all have the same size, many where not. */
    private static int[] cells(double[] middles, Axis axis, boolean fromTop) {
        boolean down = middles.length > 1 && middles[1] < middles[0];
        boolean turned = down ^ axis.reversed() ^ fromTop;
        int count = middles.length;
        if (isEven(middles)) {
            return IntStream.range(0, count)
                    .map(i -> turned ? count - 1 - i : i)
                    .toArray();
        }
        double first = edge(middles, 0);
        double span = edge(middles, count) - first;
        int cell = 0;
        int[] cells = new int[FINE];
        for (int i = 0; i < FINE; i++) {
            double share = (i + 0.5) / FINE;
            while (cell < count - 1 && (edge(middles, cell + 1) - first) / span <= share) {
                cell++;
            }
            cells[turned ? FINE - 1 - i : i] = cell;
        }
        return cells;
    }

    private static boolean isEven(double[] middles) {
        double step = middles.length < 2 ? 1 : (middles[middles.length - 1] - middles[0]) / (middles.length - 1);
        for (int i = 1; i < middles.length; i++) {
            if (Math.abs(middles[i] - middles[i - 1] - step) > Math.abs(step) * 0.02) {
                return false;
            }
        }
        return true;
    }
}
