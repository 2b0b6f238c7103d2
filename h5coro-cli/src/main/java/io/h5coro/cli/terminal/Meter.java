// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import java.util.Locale;

/** Words for how far the work is. Pure. */
final class Meter {
    private static final String UNITS = "kMGTPE";
    private static final double NANOS = 1e9;

    private Meter() {}

    /** Bytes of those planned, rate, time left. */
    static String of(String what, long done, long planned, long nanos) {
        double perSecond = done / Math.max(1e-3, nanos / NANOS);
        return "h5coro: " + what + (what.isEmpty() ? "" : ": ") + bytes(done) + " of " + bytes(planned) + ", "
                + bytes((long) perSecond) + "/s, " + left((planned - done) / Math.max(1, perSecond)) + " left";
    }

    /** What was fetched so far, where nobody knows how much it will be. */
    static String read(long fetched, long nanos) {
        long perSecond = (long) (fetched / Math.max(1e-3, nanos / NANOS));
        return "h5coro: " + bytes(fetched) + " read" + (perSecond < 1000 ? "" : ", " + bytes(perSecond) + "/s");
    }

    /** As many letters as a line has. */
    static String cut(String text, int letters) {
        int most = Math.max(0, letters);
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 3))) + "...";
    }

    /** Three digits and a unit of powers of 1000. */
    private static String bytes(long bytes) {
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < UNITS.length() - 1) {
            value /= 1000;
            unit++;
        }
        if (unit < 0) {
            return bytes + " B";
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %cB" : "%.0f %cB", value, UNITS.charAt(unit));
    }

    /** A time of at most two units. */
    private static String left(double seconds) {
        long whole = (long) Math.ceil(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return whole < 100L * 3600 ? whole / 3600 + " h " + whole % 3600 / 60 + " min" : whole / 86_400 + " days";
    }
}
