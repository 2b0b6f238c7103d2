// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.List;

/** Titles and axes around lines of characters. */
final class TextFrame {
    private final Titles titles;
    private final Axis x;
    private final Axis y;
    private final String top;
    private final String bottom;
    private final int margin;
    private final int columns;

    TextFrame(Titles titles, Axis x, Axis y, TextStyle style) {
        this.titles = titles;
        this.x = x;
        this.y = y;
        this.top = end(y, true);
        this.bottom = end(y, false);
        this.margin = Math.max(top.length(), bottom.length()) + 1;
        this.columns = style.columns() - margin - 1;
    }

    /** Returns the columns that are left for values. */
    int columns() {
        return columns;
    }

    private static String end(Axis axis, boolean high) {
        return axis.scale()
                .text(
                        high ^ axis.reversed()
                                ? axis.scale().high()
                                : axis.scale().low());
    }

    /**
     * Returns the whole.
     *
     * @param lines of values, from the top
     * @param below what follows; "" for nothing
     */
    String around(List<String> lines, String below) {
        StringBuilder text = new StringBuilder();
        heading(text, titles.title());
        heading(text, titles.subtitle());
        for (int i = 0; i < lines.size(); i++) {
            String label = i == 0 ? top : i == lines.size() - 1 ? bottom : "";
            text.append(" ".repeat(margin - 1 - label.length())).append(label);
            text.append(label.isEmpty() ? " │" : " ┤").append(lines.get(i)).append('\n');
        }
        text.append(" ".repeat(margin)).append('└').append("─".repeat(columns)).append('\n');
        String left = end(x, false);
        String right = end(x, true);
        int room = columns + 1 - left.length() - right.length() - 2;
        String name = x.label().length() <= room ? x.label() : "";
        int before = Math.max(1, (room + 2 - name.length()) / 2);
        int after = Math.max(1, columns + 1 - left.length() - right.length() - before - name.length());
        text.append(" ".repeat(margin)).append(left).append(" ".repeat(before)).append(name);
        text.append(" ".repeat(after)).append(right).append('\n');
        heading(text, x.label().equals(name) ? "" : "x: " + x.label());
        heading(text, y.label().isEmpty() ? "" : "y: " + y.label());
        return text.append(below).toString();
    }

    private void heading(StringBuilder text, String line) {
        int most = margin + columns + 1;
        if (!line.isEmpty()) {
            text.append(line.length() <= most ? line : line.substring(0, most - 1) + "…")
                    .append('\n');
        }
    }
}
