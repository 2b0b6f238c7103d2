// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A printf format of C for one double, such as "%g" or "%.3f" (ISO C 7.21.6.1). Immutable.
 *
 * @param before text before the number
 * @param flags any of "-+ #0"
 * @param width least number of characters
 * @param precision digits; -1 for the default of 6
 * @param conversion one of eEfFgG
 * @param after text behind the number
 */
public record CFormat(String before, String flags, int width, int precision, char conversion, String after) {
    /** The format "%g": h5dump's for floating-point numbers. */
    public static final CFormat GENERAL = new CFormat("", "", 0, -1, 'g', "");

    /** Widest number that can be asked for. A typing error must not fill the memory with blanks. */
    private static final int MAX_WIDTH = 4096;
    /**
     * Groups: 1 text before, 2 flags, 3 width, 4 precision, 5 conversion, 6 text behind. "%%" in the texts is a per
     * cent sign; the length modifiers l and L are read and change nothing.
     */
    private static final Pattern FORM = Pattern.compile(
            "((?:[^%]|%%)*)%([-+ #0]*)(\\d{0,9})(?:\\.(\\d{0,9}))?[lL]?([eEfFgG])((?:[^%]|%%)*)", Pattern.DOTALL);

    /**
     * Reads a format.
     *
     * @throws IllegalArgumentException when it is not the format of exactly one double
     */
    public static CFormat parse(String format) {
        Matcher m = FORM.matcher(format);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + format + "' is not a format for one number, such as %.3f");
        }
        int width = number(m.group(3));
        int precision = m.group(4) == null ? -1 : number(m.group(4));
        if (width > MAX_WIDTH || precision > MAX_WIDTH) {
            throw new IllegalArgumentException("'" + format + "' asks for more than " + MAX_WIDTH + " characters");
        }
        return new CFormat(
                m.group(1).replace("%%", "%"),
                m.group(2),
                width,
                precision,
                m.group(5).charAt(0),
                m.group(6).replace("%%", "%"));
    }

    private static int number(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** Whether it is "%g" and no more. */
    private boolean isPlain() {
        return conversion == 'g'
                && precision < 0
                && width == 0
                && flags.isEmpty()
                && before.isEmpty()
                && after.isEmpty();
    }

    /**
     * Returns a number in this format, rounded as glibc does: to the nearest, ties of the exact binary value to the
     * even digit.
     */
    public String format(double value) {
        if (isPlain()) {
            String fast = Fast.general(value);
            if (fast != null) {
                return fast;
            }
        }
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(Double.isNaN(value), negative);
        }
        return format(new BigDecimal(Math.abs(value)), negative);
    }

    /** The text of something that is no number. */
    String special(boolean nan, boolean negative) {
        String word = nan ? "nan" : "inf";
        return finish(
                Character.isUpperCase(conversion) ? word.toUpperCase(java.util.Locale.ROOT) : word, negative, false);
    }

    /**
     * Returns a number in this format.
     *
     * @param magnitude its exact value without the sign; not negative
     * @param negative whether a minus stands in front, as it does before -0
     */
    public String format(BigDecimal magnitude, boolean negative) {
        int digits = precision < 0 ? 6 : precision;
        String body = switch (Character.toLowerCase(conversion)) {
            case 'f' -> fixed(magnitude, digits);
            case 'e' -> scientific(magnitude, digits);
            default -> general(magnitude, Math.max(digits, 1));
        };
        return finish(
                Character.isUpperCase(conversion) ? body.toUpperCase(java.util.Locale.ROOT) : body, negative, true);
    }

    /**
     * Adds sign, padding and the texts around. With the flag 0 the zeros stand between sign and digits.
     *
     * @param zeros whether the flag 0 applies: it does not to "nan" and "inf"
     */
    private String finish(String body, boolean negative, boolean zeros) {
        String sign = negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        int missing = Math.max(width - sign.length() - body.length(), 0);
        String padded;
        if (flags.contains("-")) {
            padded = sign + body + " ".repeat(missing);
        } else if (flags.contains("0") && zeros) {
            padded = sign + "0".repeat(missing) + body;
        } else {
            padded = " ".repeat(missing) + sign + body;
        }
        return before + padded + after;
    }

    /** Returns digits with {@code digits} places behind the point, as in "0.500". */
    private String fixed(BigDecimal magnitude, int digits) {
        String text = magnitude.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
        return digits == 0 && flags.contains("#") ? text + "." : text;
    }

    /** Returns one digit, the point, {@code digits} digits and the power, as in "5.00e-01". */
    private String scientific(BigDecimal magnitude, int digits) {
        BigDecimal rounded = magnitude.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        String figures = figures(rounded, digits + 1);
        boolean point = digits > 0 || flags.contains("#");
        return figures.charAt(0) + (point ? "." : "") + figures.substring(1) + power(exponent);
    }

    /**
     * Returns {@code digits} significant digits in the shorter of both forms, without zeros at the end unless the
     * flag # is set. The power is that after rounding: 999999.5 with six digits is 1e+06.
     *
     * <pre>
     * value      exponent  form        "%g"
     * 1234567     6        scientific  1.23457e+06
     * 123456      5        fixed       123456
     * 0.0001     -4        fixed       0.0001
     * 0.00001    -5        scientific  1e-05
     * </pre>
     */
    private String general(BigDecimal magnitude, int digits) {
        BigDecimal rounded = magnitude.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        boolean alternate = flags.contains("#");
        if (exponent >= -4 && exponent < digits) {
            String text = rounded.setScale(digits - 1 - exponent, RoundingMode.HALF_EVEN)
                    .toPlainString();
            return alternate ? (text.contains(".") ? text : text + ".") : stripped(text);
        }
        String figures = figures(rounded, digits);
        String mantissa = figures.charAt(0) + "." + figures.substring(1);
        return (alternate ? mantissa : stripped(mantissa)) + power(exponent);
    }

    /** Returns the power of ten of the first digit: 2 for 123.4, -3 for 0.00123; 0 for zero. */
    private static int exponent(BigDecimal rounded) {
        return rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    }

    /** The decimal figures, filled with zeros. */
    private static String figures(BigDecimal rounded, int count) {
        String text = rounded.signum() == 0 ? "" : rounded.unscaledValue().toString();
        return text.length() >= count ? text.substring(0, count) : text + "0".repeat(count - text.length());
    }

    /** Returns the power with a sign and at least two digits, as in "e+06". */
    private static String power(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    /** Returns a text without zeros at the end of its fraction, and without a point that then ends it. */
    private static String stripped(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** "%g" of most values without arbitrary precision. */
    private static final class Fast {
        /*
         * How 0.001234567 becomes 0.00123457:
         *   exponent = floor(log10) = -3, so 5 + 3 = 8 decimals are wanted
         *   scaled   = 0.001234567 * 1e8 = 123456.7; whole = 123456, rest = 0.7
         *   digits   = 123457, since the rest is over a half
         *   text     = 123457 with the point 8 places from the right
         * A rest within 1e-6 of a half, or a whole of other than six digits, is left to the exact way: there the
         * error of the multiplication could turn the rounding.
         */

        /** Powers of ten that a double holds exactly. */
        private static final double[] POWERS = {
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
            1e19, 1e20, 1e21, 1e22
        };

        /**
         * The text, or null when six digits are not certain this way: one rounded multiplication by an exact power of
         * ten is off by less than 1e-9 of the last digit.
         */
        static @org.jspecify.annotations.Nullable String general(double value) {
            double magnitude = Math.abs(value);
            if (magnitude < 1e6
                    && magnitude == Math.rint(magnitude)
                    && Double.doubleToRawLongBits(value) != Long.MIN_VALUE) {
                return Integer.toString((int) value);
            }
            if (!(magnitude >= 1e-15 && magnitude < 1e26)) {
                return null;
            }
            int exponent = (int) Math.floor(Math.log10(magnitude));
            int decimals = 5 - exponent;
            double scaled = decimals >= 0 ? magnitude * POWERS[decimals] : magnitude / POWERS[-decimals];
            double whole = Math.floor(scaled);
            double rest = scaled - whole;
            if (whole < 100000 || whole >= 999999 || Math.abs(rest - 0.5) < 1e-6) {
                return null;
            }
            int digits = (int) whole + (rest > 0.5 ? 1 : 0);
            return exponent < -4 || exponent > 5
                    ? text(value < 0, digits, 5) + power(exponent)
                    : text(value < 0, digits, decimals);
        }

        /** Returns {@code digits / 10^decimals} without zeros at the end of the fraction. */
        private static String text(boolean negative, int digits, int decimals) {
            int value = digits;
            int scale = decimals;
            while (scale > 0 && value % 10 == 0) {
                value /= 10;
                scale--;
            }
            StringBuilder text = new StringBuilder(20).append(value);
            while (text.length() <= scale) {
                text.insert(0, '0');
            }
            if (scale > 0) {
                text.insert(text.length() - scale, '.');
            }
            return negative ? text.insert(0, '-').toString() : text.toString();
        }
    }
}
