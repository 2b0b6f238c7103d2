// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.Arrays;

/**
 * Reduces rows to what a line of some columns of pixels shows: of each column the first and last row, and those of the
 * least and greatest value, so that no spike is lost. Missing values interrupt the line where a column has no other.
 * Confined to one thread.
 */
public final class LineReducer {
    /** Rows that a column keeps. */
    private static final int KEPT = 4;

    private final long rows;
    private final int columns;
    private double[] xs = new double[64];
    private double[] ys = new double[64];
    private int length;

    private long row;
    private long column = -1;
    private long seen;
    private final double[] x = new double[KEPT];
    private final double[] y = new double[KEPT];
    private final long[] at = new long[KEPT];

    /** @param rows that will be added */
    public LineReducer(long rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Takes the next row. */
    public void add(double rowX, double rowY) {
        if (rows <= (long) columns * KEPT) {
            put(rowX, rowY);
            row++;
            return;
        }
        long to = (long) ((double) row / rows * columns);
        if (to != column) {
            end();
            column = to;
        }
        if (!Double.isNaN(rowX) && !Double.isNaN(rowY)) {
            keep(rowX, rowY);
        }
        row++;
    }

    private void keep(double rowX, double rowY) {
        if (seen++ == 0) {
            for (int i = 0; i < KEPT; i++) {
                take(i, rowX, rowY);
            }
        }
        if (rowY < y[1]) {
            take(1, rowX, rowY);
        }
        if (rowY > y[2]) {
            take(2, rowX, rowY);
        }
        take(3, rowX, rowY);
    }

    private void take(int i, double rowX, double rowY) {
        x[i] = rowX;
        y[i] = rowY;
        at[i] = row;
    }

    private void end() {
        if (column < 0) {
            return;
        }
        if (seen == 0) {
            put(Double.NaN, Double.NaN);
            return;
        }
        int early = at[1] <= at[2] ? 1 : 2;
        put(x[0], y[0]);
        put(x[early], y[early]);
        put(x[3 - early], y[3 - early]);
        put(x[3], y[3]);
        seen = 0;
    }

    private void put(double rowX, double rowY) {
        if (length == xs.length) {
            xs = Arrays.copyOf(xs, 2 * length);
            ys = Arrays.copyOf(ys, 2 * length);
        }
        xs[length] = rowX;
        ys[length++] = rowY;
    }

    /** Ends the line; call it once, behind the last row. */
    public Points line() {
        end();
        column = -1;
        double[] kept = Arrays.copyOf(xs, length);
        return new Points(kept, Arrays.copyOf(ys, length), Arrays.copyOf(ys, length), 0);
    }
}
