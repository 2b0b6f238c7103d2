// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The values that are written beside an axis.
 *
 * @param note what all of them share: a factor, a sum or a date; "" where there is nothing
 */
record Ticks(List<Tick> list, String note) {
    /** Digits of a label at most: values that differ behind those are written less what they share. */
    private static final int MOST_DIGITS = 6;

    /** Steps are no larger, so that each of them is a number. */
    private static final double MOST_STEP = 1e308;

    /*
     * An axis from 1,000,000.25 to 1,000,001.75 with some five labels: the step is 0.5, labels would have eight
     * digits. So 1,000,000 is taken off: "0.5", "1", "1.5" and the note "+1000000".
     */

    /** Round values of an axis whose low end is below its high end. */
    static Ticks linear(double low, double high, int about) {
        double step = step(Math.min(high / about - low / about, MOST_STEP));
        double most = Math.max(Math.abs(low), Math.abs(high));
        BigDecimal base = BigDecimal.ZERO;
        if (exponent(most) - exponent(step) >= MOST_DIGITS) {
            double round = Math.pow(10, exponent(high - low) + 1);
            base = decimal(Math.floor(low / round) * round);
            most = Math.max(Math.abs(low - base.doubleValue()), Math.abs(high - base.doubleValue()));
        }
        int power = exponent(most);
        power = power >= MOST_DIGITS || power <= -4 ? power : 0;
        int decimals = Math.max(0, power - exponent(step));
        List<Tick> ticks = new ArrayList<>();
        double end = Math.min(high + step * 1e-9, Double.MAX_VALUE);
        for (double n = Math.ceil(low / step - 1e-9); n * step <= end; n++) {
            BigDecimal shown = decimal(n * step).subtract(base).scaleByPowerOfTen(-power);
            ticks.add(new Tick(
                    n * step, shown.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()));
            if (ticks.size() > 4 * about) {
                break;
            }
        }
        return new Ticks(ticks, note(power, base));
    }

    private static String note(int power, BigDecimal base) {
        String factor = power == 0 ? "" : "×10" + superscript(power);
        if (base.signum() == 0) {
            return factor;
        }
        String sum = (base.signum() > 0 ? "+" : "") + base.stripTrailingZeros().toPlainString();
        return factor.isEmpty() ? sum : factor + " " + sum;
    }

    /** Powers of ten, and what lies between them where there are few. */
    static Ticks logarithmic(double low, double high, int about) {
        int first = exponent(low);
        int last = exponent(high);
        int every = Math.max(1, (last - first) / about + 1);
        int[] within = last - first <= 2 ? new int[] {1, 2, 5} : new int[] {1};
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            for (int digit : within) {
                double value = digit * Math.pow(10, power);
                if (Math.floorMod(power, every) == 0 && value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    ticks.add(new Tick(value, power(digit, power)));
                }
            }
        }
        return ticks.size() < 2 ? linear(low, high, about) : new Ticks(ticks, "");
    }

    private static String power(int digit, int power) {
        if (power >= -3 && power <= 4) {
            return decimal(digit * Math.pow(10, power)).stripTrailingZeros().toPlainString();
        }
        return (digit == 1 ? "" : digit + "×") + "10" + superscript(power);
    }

    /** Returns a number in few digits. */
    static String number(double value) {
        if (value == 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e9)) {
            BigDecimal rounded = decimal(value).round(new java.math.MathContext(MOST_DIGITS));
            return value == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** Returns 1, 2 or 5 times a power of ten, not below a number. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int digit : new int[] {1, 2, 5}) {
            if (digit * power >= least * (1 - 1e-9)) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    private static int exponent(double value) {
        return value == 0 ? 0 : (int) Math.floor(Math.log10(value) + 1e-12);
    }

    private static BigDecimal decimal(double value) {
        return new BigDecimal(value).round(new java.math.MathContext(15));
    }

    private static String superscript(int number) {
        StringBuilder text = new StringBuilder();
        for (char c : Integer.toString(number).toCharArray()) {
            text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return text.toString();
    }
}
