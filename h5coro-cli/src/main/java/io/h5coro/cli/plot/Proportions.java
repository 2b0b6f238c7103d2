// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.plot.Axis;
import io.h5coro.plot.Drawing;

/** How high a picture is. */
final class Proportions {
    /** About what is beside and above the values. */
    private static final int BESIDE = 190;

    private static final int ABOVE = 100;

    private Proportions() {}

    /** Returns the height at which a map has a degree of latitude as long as one of longitude in the middle. */
    static int height(Drawing drawing, int width, int otherwise) {
        if (drawing instanceof Drawing.Image image && isMap(image.x(), image.y())) {
            return height(image.x(), image.y(), width);
        }
        return drawing instanceof Drawing.Places places ? height(places.x(), places.y(), width) : otherwise;
    }

    private static boolean isMap(Axis x, Axis y) {
        return x.label().contains("[degree") && y.label().contains("[degree");
    }

    private static int height(Axis x, Axis y, int width) {
        double up = y.scale().high() - y.scale().low();
        double across = x.scale().high() - x.scale().low();
        double middle = Math.toRadians((y.scale().high() + y.scale().low()) / 2);
        double ratio = up / (across * Math.max(0.1, Math.cos(middle)));
        return (int) Math.max(width * 0.4, Math.min(width * 0.9, (width - BESIDE) * ratio + ABOVE));
    }
}
