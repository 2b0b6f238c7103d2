// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.spark.file.ListedFile;
import java.io.Serializable;

/**
 * A part of the rows of a file. Its borders are those of chunks, which whoever opens the file finds. Immutable.
 *
 * @param part its index, 0 or more
 * @param parts how many pieces the file has
 */
public record Piece(ListedFile file, int part, int parts) implements Serializable {
    /**
     * Returns the first row of a part of rows that are cut into parts of about equal numbers of units.
     *
     * @param index {@code parts} for the end of the last one
     * @param unit rows that stay together
     */
    static long border(long rows, long unit, int index, int parts) {
        long units = (rows + unit - 1) / unit;
        return Math.min(rows, Math.multiplyExact(units, (long) index) / parts * unit);
    }
}
