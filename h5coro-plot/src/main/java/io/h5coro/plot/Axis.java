// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * An axis, or a bar of colours.
 *
 * @param label what it shows
 * @param reversed whether it runs the other way: down, or to the left
 */
public record Axis(String label, Scale scale, boolean reversed) {
    public Axis(String label, Scale scale) {
        this(label, scale, false);
    }

    /** Returns where a value is on the axis, from its left or lower end. */
    double place(double value) {
        double place = scale.place(value);
        return reversed ? 1 - place : place;
    }

    String label(Ticks ticks) {
        return ticks.note().isEmpty() ? label : (label + "  (" + ticks.note() + ")").strip();
    }
}
