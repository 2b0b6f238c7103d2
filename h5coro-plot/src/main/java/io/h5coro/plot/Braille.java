// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.ArrayList;
import java.util.List;

/** Lines and dots in characters of two by four dots. Confined to one thread. */
final class Braille {
    private static final int LINES = 16;
    private static final int EMPTY = 0x2800;
    /** Bits of the dots of a character: four of the left column from the top, then four of the right one. */
    private static final int[] BITS = {0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80};

    private final Axis x;
    private final Axis y;
    private final TextStyle style;
    private final TextFrame frame;
    private final int[] cells;

    Braille(Titles titles, Axis x, Axis y, TextStyle style) {
        this.x = x;
        this.y = y;
        this.style = style;
        this.frame = new TextFrame(titles, x, y, style);
        this.cells = new int[frame.columns() * LINES];
    }

    String dots(double[] xs, double[] ys) {
        for (int i = 0; i < xs.length; i++) {
            double column = column(xs[i]);
            double row = row(ys[i]);
            if (!Double.isNaN(column) && !Double.isNaN(row)) {
                dot((int) Math.round(column), (int) Math.round(row));
            }
        }
        return text();
    }

    String line(double[] xs, double[] ys) {
        double column = Double.NaN;
        double row = Double.NaN;
        for (int i = 0; i < xs.length; i++) {
            double nextColumn = column(xs[i]);
            double nextRow = row(ys[i]);
            if (Double.isNaN(nextColumn + nextRow)) {
                column = Double.NaN;
                continue;
            }
            boolean alone = Double.isNaN(column);
            stroke(alone ? nextColumn : column, alone ? nextRow : row, nextColumn, nextRow);
            column = nextColumn;
            row = nextRow;
        }
        return text();
    }

    private void stroke(double column, double row, double nextColumn, double nextRow) {
        int steps = (int) Math.ceil(Math.max(Math.abs(nextColumn - column), Math.abs(nextRow - row)));
        for (int i = 0; i <= steps; i++) {
            double share = steps == 0 ? 1 : (double) i / steps;
            dot((int) Math.round(column + share * (nextColumn - column)), (int)
                    Math.round(row + share * (nextRow - row)));
        }
    }

    private double column(double value) {
        double place = x.place(value);
        return place >= -1e-9 && place <= 1 + 1e-9 ? place * (2 * frame.columns() - 1) : Double.NaN;
    }

    private double row(double value) {
        double place = y.place(value);
        return place >= -1e-9 && place <= 1 + 1e-9 ? (1 - place) * (4 * LINES - 1) : Double.NaN;
    }

    private void dot(int column, int row) {
        cells[row / 4 * frame.columns() + column / 2] |= BITS[column % 2 * 4 + row % 4];
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            StringBuilder text = new StringBuilder(style.coloured(0x5f9fdf, false));
            for (int column = 0; column < frame.columns(); column++) {
                text.append((char) (EMPTY + cells[line * frame.columns() + column]));
            }
            lines.add(text.append(style.plain()).toString());
        }
        return frame.around(lines, "");
    }
}
