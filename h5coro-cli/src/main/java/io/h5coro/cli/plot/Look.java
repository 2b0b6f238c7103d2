// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.plot.ColorMap;

/**
 * How values are drawn.
 *
 * @param limits of values
 * @param logarithmic whether values are laid out by their logarithm
 * @param columns places from the left to the right
 * @param rows places from the top to the bottom
 */
record Look(Limits limits, boolean logarithmic, ColorMap map, int columns, int rows) {
    /** Limits that show all. */
    Limits all() {
        return new Limits(Double.NaN, Double.NaN, 0);
    }
}
