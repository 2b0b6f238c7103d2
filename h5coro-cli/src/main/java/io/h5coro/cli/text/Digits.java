// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

/**
 * Floating-point numbers with digits that give them back: {@code 0.1}, {@code 1811.2}, {@code 1e-5}, {@code NaN},
 * {@code -Infinity}. Java 17 and 18 write a digit more than needed for a few numbers. Pure.
 */
public final class Digits {
    private Digits() {}

    /** Returns a number's text. */
    public static String of(double number) {
        return usual(Double.toString(number));
    }

    /** Returns a number's text. */
    public static String of(float number) {
        return usual(Float.toString(number));
    }

    /** Writes Java's {@code 1.0E10} as {@code 1e10}. */
    private static String usual(String text) {
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        String digits = text.substring(0, exponent);
        return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + "e"
                + text.substring(exponent + 1);
    }
}
