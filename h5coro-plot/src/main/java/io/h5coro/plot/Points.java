// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * Values at places.
 *
 * @param columns length of a line of a swath, whose neighbours touch; 0 for single points
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Points(double[] xs, double[] ys, double[] values, int columns) {
    public Points {
        if (xs.length != ys.length || xs.length != values.length) {
            throw new IllegalArgumentException(xs.length + ", " + ys.length + " and " + values.length + " values");
        }
    }

    /** Returns how far the next point of the line and of the column are, the farther one, in a figure. */
    double size(int i, double[] columnsOf, double[] rowsOf) {
        int beside = i % columns + 1 < columns ? i + 1 : i - 1;
        int below = i + columns < xs.length ? i + columns : i - columns;
        return Math.max(distance(i, beside, columnsOf, rowsOf), distance(i, below, columnsOf, rowsOf));
    }

    private static double distance(int i, int other, double[] xs, double[] ys) {
        if (other < 0 || other >= xs.length) {
            return 1;
        }
        double far = Math.max(Math.abs(xs[i] - xs[other]), Math.abs(ys[i] - ys[other]));
        return Double.isNaN(far) ? 1 : far;
    }
}
