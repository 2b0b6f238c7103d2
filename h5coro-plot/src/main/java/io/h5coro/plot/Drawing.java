// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/** Values and what they mean, ready to be drawn in either way. */
public sealed interface Drawing {
    /** Draws it as a figure of a size in pixels. */
    Figure figure(int width, int height);

    /** Draws it with characters; ends with a line break. */
    String text(TextStyle style);

    /** A line through values. */
    record Line(Titles titles, Axis x, Axis y, Points points) implements Drawing {
        @Override
        public Figure figure(int width, int height) {
            Canvas canvas = new Canvas(width, height, titles, new Canvas.Frame(x, y, null));
            canvas.line(points.xs(), points.ys());
            return canvas.figure();
        }

        @Override
        public String text(TextStyle style) {
            return new Braille(titles, x, y, style).line(points.xs(), points.ys());
        }
    }

    /** A dot for each pair of values. */
    record Scatter(Titles titles, Axis x, Axis y, Points points) implements Drawing {
        @Override
        public Figure figure(int width, int height) {
            Canvas canvas = new Canvas(width, height, titles, new Canvas.Frame(x, y, null));
            canvas.dots(points.xs(), points.ys());
            return canvas.figure();
        }

        @Override
        public String text(TextStyle style) {
            return new Braille(titles, x, y, style).dots(points.xs(), points.ys());
        }
    }

    /** Cells with colours. */
    record Image(Titles titles, Axis x, Axis y, Colors colors, Grid grid) implements Drawing {
        @Override
        public Figure figure(int width, int height) {
            Canvas canvas = new Canvas(width, height, titles, new Canvas.Frame(x, y, colors));
            canvas.cells(grid.pixels(x, y, colors));
            return canvas.figure();
        }

        @Override
        public String text(TextStyle style) {
            return new Blocks(titles, new Canvas.Frame(x, y, colors), style).cells(grid.pixels(x, y, colors));
        }
    }

    /** Dots or cells with colours, at places. */
    record Places(Titles titles, Axis x, Axis y, Colors colors, Points points) implements Drawing {
        @Override
        public Figure figure(int width, int height) {
            Canvas canvas = new Canvas(width, height, titles, new Canvas.Frame(x, y, colors));
            canvas.points(points, colors);
            return canvas.figure();
        }

        @Override
        public String text(TextStyle style) {
            return new Blocks(titles, new Canvas.Frame(x, y, colors), style).points(points);
        }
    }
}
