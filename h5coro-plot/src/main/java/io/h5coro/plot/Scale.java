// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * The values that an axis or a bar of colours spans. Immutable.
 *
 * @param low below {@code high}
 */
public record Scale(double low, double high, Kind kind) {
    /** How values are laid out. */
    public enum Kind {
        LINEAR,
        /** Whole numbers. */
        INDEX,
        /** By their logarithm; what is not positive is missing. */
        LOGARITHMIC,
        /** Seconds since 1970, UTC. */
        TIME
    }

    /** Returns a scale from one value to another; where they are equal, or there are none, it spans a little more. */
    public static Scale of(double low, double high, Kind kind) {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            return kind == Kind.LOGARITHMIC ? new Scale(1, 10, kind) : new Scale(0, 1, kind);
        }
        if (low < high && (kind == Kind.LOGARITHMIC || high - low > Math.abs(high) * 1e-13)) {
            return new Scale(low, high, kind);
        }
        if (kind == Kind.LOGARITHMIC) {
            return finite(Math.max(low / 2, Double.MIN_VALUE), high * 2, kind);
        }
        double room = low == 0 ? 1 : Math.max(Math.abs(low) * 0.05, Double.MIN_NORMAL);
        return finite(low - room, high + room, kind);
    }

    /** Ends at the last number that there is: beyond, nothing has a place. */
    private static Scale finite(double low, double high, Kind kind) {
        return new Scale(Math.max(low, -Double.MAX_VALUE), Math.min(high, Double.MAX_VALUE), kind);
    }

    /** Returns a scale that has some room at both ends. */
    public Scale padded() {
        if (kind == Kind.LOGARITHMIC) {
            double factor = Math.exp((Math.log(high) - Math.log(low)) * 0.03);
            return finite(Math.max(low / factor, Double.MIN_VALUE), high * factor, kind);
        }
        double room = high * 0.03 - low * 0.03;
        return finite(low - room, high + room, kind);
    }

    /** Returns where a value is: 0 at the low end, 1 at the high one; NaN where it is nowhere. */
    public double place(double value) {
        if (kind == Kind.LOGARITHMIC) {
            double below = Math.log(low);
            return value > 0 ? (Math.log(value) - below) / (Math.log(high) - below) : Double.NaN;
        }
        double span = high - low;
        // The difference of two numbers may be more than the largest one.
        return Double.isInfinite(span) ? (value / 2 - low / 2) / (high / 2 - low / 2) : (value - low) / span;
    }

    Ticks ticks(int about) {
        int count = Math.max(1, about);
        return switch (kind) {
            case LINEAR -> Ticks.linear(low, high, count);
            case INDEX -> Ticks.linear(low, high, (int) Math.max(1, Math.min(count, high - low)));
            case LOGARITHMIC -> Ticks.logarithmic(low, high, count);
            case TIME -> TimeTicks.of(low, high, count);
        };
    }

    /** Returns a value as text. */
    String text(double value) {
        return kind == Kind.TIME ? TimeTicks.full(value) : Ticks.number(value);
    }
}
