// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table with aligned columns: two blanks between, numbers at the right. Confined to one thread. */
final class TableText {
    /** Longest text of a cell; of a longer one the beginning is shown. */
    private static final int LONGEST = 60;

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] right;
    private final int[] widths;

    /**
     * Makes a table.
     *
     * @param right whether a column's cells stand at its right
     */
    TableText(boolean... right) {
        this.right = right.clone();
        this.widths = new int[right.length];
    }

    /** Adds a row, with a cell for each column. */
    void row(List<String> cells) {
        List<String> row = cells.stream()
                .map(VisibleText::of)
                .map(cell -> letters(cell) <= LONGEST
                        ? cell
                        : cell.substring(0, cell.offsetByCodePoints(0, LONGEST - 3)) + "...")
                .toList();
        for (int k = 0; k < widths.length; k++) {
            widths[k] = Math.max(widths[k], letters(row.get(k)));
        }
        rows.add(row);
    }

    /** Adds a row. */
    void row(String... cells) {
        row(Arrays.asList(cells));
    }

    private static int letters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Writes the rows, without blanks at their ends. */
    void write(Sink out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int k = 0; k < widths.length; k++) {
                String cell = row.get(k);
                String blanks = " ".repeat(widths[k] - letters(cell));
                line.append(k == 0 ? "" : "  ").append(right[k] ? blanks + cell : cell + blanks);
            }
            out.write(line.toString().stripTrailing() + "\n");
        }
    }
}
