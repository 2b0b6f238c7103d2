// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/** What a figure consists of. Positions are pixels from the upper left corner, colours red, green and blue. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public sealed interface Mark {
    /** A line through points; NaN interrupts it. */
    record Path(double[] xs, double[] ys, int rgb, double width) implements Mark {}

    /** A filled rectangle. */
    record Box(Area area, int rgb) implements Mark {}

    /** Discs. */
    record Dots(double[] xs, double[] ys, int rgb, double radius) implements Mark {}

    /** A grid of colours, stretched over an area without blending. */
    record Raster(Area area, Pixels pixels) implements Mark {}

    /**
     * A line of text.
     *
     * @param x where its anchor is
     * @param y its base line
     */
    record Label(double x, double y, String text, Type type) implements Mark {}

    /**
     * How text is set.
     *
     * @param vertical whether it runs upwards
     */
    record Type(int size, Anchor anchor, boolean vertical) {
        Type(int size, Anchor anchor) {
            this(size, anchor, false);
        }
    }

    /** Which part of a text is at its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }
}
