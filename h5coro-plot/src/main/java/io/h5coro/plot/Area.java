// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * A rectangle of a figure, in pixels from the upper left corner.
 *
 * @param x its left edge
 * @param y its upper edge
 */
public record Area(double x, double y, double width, double height) {
    double right() {
        return x + width;
    }

    double bottom() {
        return y + height;
    }
}
