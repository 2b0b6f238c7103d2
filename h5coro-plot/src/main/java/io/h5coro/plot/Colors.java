// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * What colour a value has. Missing values have none.
 *
 * @param axis what the colours mean
 */
public record Colors(ColorMap map, Axis axis) {
    /** Returns the colour of a value; 0 where it is missing. */
    public int argb(double value) {
        return map.argb(axis.scale().place(value));
    }
}
