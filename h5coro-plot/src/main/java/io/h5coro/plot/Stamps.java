// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/** Pixels of an area on which values are stamped, finer than those of the figure. Confined to one thread. */
final class Stamps {
    private final Area area;
    private final double fine;
    private final Pixels pixels;

    /** @param fine pixels for each one of the figure */
    Stamps(Area area, int fine) {
        this.area = area;
        this.fine = fine;
        this.pixels = Pixels.empty((int) Math.ceil(area.width() * fine), (int) Math.ceil(area.height() * fine));
    }

    Pixels pixels() {
        return pixels;
    }

    void disc(double x, double y, double radius, int argb) {
        stamp(x, y, radius, radius, argb);
    }

    void square(double x, double y, double half, int argb) {
        stamp(x, y, half, 2 * half, argb);
    }

    /** Fills the pixels whose middle is within both distances: half an edge, and a radius. */
    private void stamp(double x, double y, double half, double radius, int argb) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return;
        }
        double column = (x - area.x()) * fine;
        double row = (y - area.y()) * fine;
        double reach = half * fine;
        double far = radius * fine * radius * fine;
        int first = Math.max(0, (int) Math.floor(row - reach));
        int last = Math.min(pixels.height() - 1, (int) Math.floor(row + reach));
        int left = Math.max(0, (int) Math.floor(column - reach));
        int right = Math.min(pixels.width() - 1, (int) Math.floor(column + reach));
        for (int r = first; r <= last; r++) {
            for (int c = left; c <= right; c++) {
                double dx = c + 0.5 - column;
                double dy = r + 0.5 - row;
                if (dx * dx + dy * dy <= far) {
                    pixels.set(c, r, argb);
                }
            }
        }
    }
}
