// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Colours of cells. Those of viridis are matplotlib's: 440154, 21918c, fde725 for 0, 128 and 255. */
final class GridTest {
    private static final int LOW = 0xff440154;
    private static final int MIDDLE = 0xff21918c;
    private static final int HIGH = 0xfffde725;

    private static Colors colors() {
        return new Colors(ColorMap.VIRIDIS, axis(0, 1, false));
    }

    private static Axis axis(double low, double high, boolean reversed) {
        return new Axis("", new Scale(low, high, Scale.Kind.LINEAR), reversed);
    }

    @Test
    void northIsAboveWhicheverWayItIsStored() {
        double[] xs = {0, 1};
        Axis x = axis(-0.5, 1.5, false);
        Axis y = axis(-15, 15, false);
        Grid up = new Grid(xs, new double[] {-10, 0, 10}, new double[] {0, 0, 0.5, Double.NaN, 1, 1});
        assertArrayEquals(
                new int[] {HIGH, HIGH, MIDDLE, 0, LOW, LOW},
                up.pixels(x, y, colors()).argb());
        Grid down = new Grid(xs, new double[] {10, 0, -10}, new double[] {1, 1, 0.5, Double.NaN, 0, 0});
        assertArrayEquals(
                new int[] {HIGH, HIGH, MIDDLE, 0, LOW, LOW},
                down.pixels(x, y, colors()).argb());
    }

    @Test
    void rowsWithoutACoordinateRunDown() {
        Grid grid = new Grid(new double[] {0, 1}, new double[] {0, 1}, new double[] {0, 1, 0.5, 0.5});
        int[] argb = grid.pixels(axis(-0.5, 1.5, false), axis(-0.5, 1.5, true), colors())
                .argb();
        assertArrayEquals(new int[] {LOW, HIGH, MIDDLE, MIDDLE}, argb);
    }

    @Test
    void cellsOfDifferentSizesHaveTheirShare() {
        // Edges are -0.5, 0.5, 5.5 and 14.5 of 15.
        Grid grid = new Grid(new double[] {0, 1, 10}, new double[] {0}, new double[] {0, 0.5, 1});
        Pixels pixels = grid.pixels(axis(-0.5, 14.5, false), axis(-0.5, 0.5, false), colors());
        assertEquals(1500, pixels.width());
        assertEquals(LOW, pixels.at(99, 0));
        assertEquals(MIDDLE, pixels.at(100, 0));
        assertEquals(MIDDLE, pixels.at(599, 0));
        assertEquals(HIGH, pixels.at(600, 0));
        assertEquals(new Scale(-0.5, 14.5, Scale.Kind.LINEAR), Grid.span(grid.xs(), Scale.Kind.LINEAR));
    }

    @Test
    void coordinatesWithGapsOrTurnsAreNoAxis() {
        assertTrue(Grid.isOrdered(new double[] {3, 2, -1}));
        assertTrue(Grid.isOrdered(new double[] {3}));
        assertFalse(Grid.isOrdered(new double[] {1, 2, 2}));
        assertFalse(Grid.isOrdered(new double[] {1, Double.NaN, 2}));
        assertFalse(Grid.isOrdered(new double[] {1, 2, 1}));
    }
}
