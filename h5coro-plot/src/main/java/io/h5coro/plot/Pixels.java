// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * Colours of a grid, row by row from the top. Owned by whoever made it.
 *
 * @param argb alpha, red, green and blue, eight bits each; 0 is nothing
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Pixels(int width, int height, int[] argb) {
    public Pixels {
        if (argb.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(argb.length + " colours for " + width + " x " + height);
        }
    }

    static Pixels empty(int width, int height) {
        return new Pixels(width, height, new int[Math.multiplyExact(width, height)]);
    }

    /** Returns the colour at a place. */
    public int at(int column, int row) {
        return argb[row * width + column];
    }

    void set(int column, int row, int colour) {
        argb[row * width + column] = colour;
    }
}
