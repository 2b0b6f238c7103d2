// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.cli.report.UsageException;
import io.h5coro.plot.Scale;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values an axis or the colours span.
 *
 * @param low the low end; NaN where values decide
 * @param high the high end; NaN where values decide
 * @param outside the share of values that may lie beyond either end, where values decide
 */
record Limits(double low, double high, double outside) {
    static final String FORM = "-2..30, full, or a percentage of values that may lie beyond either end, such as 2%%";

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(?:\\.\\d+)?)%");
    private static final Limits FULL = new Limits(Double.NaN, Double.NaN, 0);

    static Limits parse(String text) {
        if (text.equals("full")) {
            return FULL;
        }
        Matcher percent = PERCENT.matcher(text);
        if (percent.matches() && Double.parseDouble(percent.group(1)) < 50) {
            return new Limits(Double.NaN, Double.NaN, Double.parseDouble(percent.group(1)) / 100);
        }
        int dots = text.indexOf("..");
        try {
            double low = Double.parseDouble(text.substring(0, Math.max(0, dots)));
            double high = Double.parseDouble(text.substring(dots + 2));
            if (low < high && !Double.isInfinite(high - low)) {
                return new Limits(low, high, 0);
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers in the wrong order.
        }
        throw new UsageException("--range is " + FORM.replace("%%", "%") + ", not '" + text + "'");
    }

    /** Returns the scale of values, of which NaN are left out. */
    Scale of(double[] values, Scale.Kind kind) {
        boolean logarithmic = kind == Scale.Kind.LOGARITHMIC;
        if (!Double.isNaN(low)) {
            if (logarithmic && low <= 0) {
                throw new UsageException("--log needs limits above 0");
            }
            return Scale.of(low, high, kind);
        }
        double[] there = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value) && (!logarithmic || value > 0))
                .sorted()
                .toArray();
        if (there.length == 0) {
            return Scale.of(Double.NaN, Double.NaN, kind);
        }
        int beyond = (int) (outside * there.length);
        return Scale.of(there[beyond], there[there.length - 1 - beyond], kind);
    }

    boolean isFixed() {
        return !Double.isNaN(low);
    }
}
