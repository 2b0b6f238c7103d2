// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import java.util.ArrayList;
import java.util.List;

/** Which values are left out of a picture, and how the picture says so. */
final class Sampling {
    private Sampling() {}

    /** Returns the step at which a dimension has no more than so many indices. */
    static long step(long count, long most) {
        return Math.max(1, (count + most - 1) / most);
    }

    /** Returns where values are from, and what is left out of them. */
    static String subtitle(Picked whole, Picked drawn, double[] values) {
        List<String> parts = new ArrayList<>(List.of(whole.place()));
        for (int d = 0; d < whole.ranges().size(); d++) {
            long step = drawn.ranges().get(d).step() / whole.ranges().get(d).step();
            if (step > 1) {
                parts.add("every " + ordinal(step) + " of " + whole.count(d) + " along " + whole.dimensionName(d));
            }
        }
        if (isMissing(values)) {
            parts.add("all values are missing");
        }
        return String.join(" · ", parts);
    }

    private static boolean isMissing(double[] values) {
        for (double value : values) {
            if (!Double.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    private static String ordinal(long number) {
        boolean teens = number % 100 / 10 == 1;
        String end = teens || number % 10 > 3 || number % 10 == 0
                ? "th"
                : List.of("st", "nd", "rd").get((int) (number % 10) - 1);
        return number + end;
    }
}
