// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Grids of colours in characters: two cells above each other in each, or shades where there are no colours. */
final class Blocks {
    private static final int MOST_LINES = 24;
    private static final int LEAST_LINES = 4;
    /** From dark to bright; a missing value is a blank. */
    private static final String SHADES = ".:-=+*#%@";

    private static final int BAR = 24;

    private final Titles titles;
    private final Axis x;
    private final Axis y;
    private final Colors colors;
    private final TextStyle style;
    private final TextFrame frame;

    Blocks(Titles titles, Canvas.Frame around, TextStyle style) {
        this.titles = titles;
        this.x = around.x();
        this.y = around.y();
        this.colors = Objects.requireNonNull(around.colors());
        this.style = style;
        this.frame = new TextFrame(titles, x, y, style);
    }

    /** Draws a grid, whose cells are about square where there is room. */
    String cells(Pixels pixels) {
        int columns = frame.columns();
        double wanted = (double) columns * pixels.height() / pixels.width() / 2;
        int lines = (int) Math.max(LEAST_LINES, Math.min(MOST_LINES, Math.round(wanted)));
        Pixels fitted = Pixels.empty(columns, 2 * lines);
        for (int row = 0; row < 2 * lines; row++) {
            for (int column = 0; column < columns; column++) {
                int from = (int) ((long) (2 * row + 1) * pixels.height() / (4L * lines));
                int across = (int) ((long) (2 * column + 1) * pixels.width() / (2L * columns));
                fitted.set(column, row, pixels.at(across, from));
            }
        }
        return text(fitted);
    }

    /** Draws values where they are. */
    String points(Points points) {
        Pixels pixels = Pixels.empty(frame.columns(), MOST_LINES * 2);
        for (int i = 0; i < points.xs().length; i++) {
            double across = x.place(points.xs()[i]);
            double up = y.place(points.ys()[i]);
            int argb = colors.argb(points.values()[i]);
            if (argb != 0 && across >= 0 && across <= 1 && up >= 0 && up <= 1) {
                pixels.set(
                        (int) Math.min(pixels.width() - 1.0, across * pixels.width()),
                        (int) Math.min(pixels.height() - 1.0, (1 - up) * pixels.height()),
                        argb);
            }
        }
        return text(pixels);
    }

    private String text(Pixels pixels) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row + 1 < pixels.height(); row += 2) {
            StringBuilder line = new StringBuilder();
            String last = "";
            for (int column = 0; column < pixels.width(); column++) {
                String next = character(pixels.at(column, row), pixels.at(column, row + 1));
                // The same colours again need not be said again.
                line.append(!last.isEmpty() && next.equals(last) ? next.substring(next.length() - 1) : next);
                last = next;
            }
            lines.add(line.append(style.plain()).toString());
        }
        return frame.around(lines, legend());
    }

    private String character(int upper, int lower) {
        if (style.palette() == TextStyle.Palette.NONE) {
            return String.valueOf(shade(upper != 0 ? upper : lower));
        }
        if (upper == 0 && lower == 0) {
            return style.plain() + " ";
        }
        if (upper == 0) {
            return style.plain() + style.coloured(lower, false) + "▄";
        }
        return lower == 0
                ? style.plain() + style.coloured(upper, false) + "▀"
                : style.coloured(upper, false) + style.coloured(lower, true) + "▀";
    }

    private static char shade(int argb) {
        if (argb == 0) {
            return ' ';
        }
        double bright = (0.299 * (argb >> 16 & 255) + 0.587 * (argb >> 8 & 255) + 0.114 * (argb & 255)) / 256;
        return SHADES.charAt((int) (bright * SHADES.length()));
    }

    private String legend() {
        StringBuilder bar = new StringBuilder();
        for (int i = 0; i < BAR; i++) {
            int argb = colors.map().argb((i + 0.5) / BAR);
            bar.append(character(argb, argb));
        }
        Scale scale = colors.axis().scale();
        String label = colors.axis().label();
        return scale.text(scale.low()) + " " + bar + style.plain() + " " + scale.text(scale.high())
                + (label.isEmpty() || label.equals(titles.title()) ? "" : "  " + label) + "\n";
    }
}
