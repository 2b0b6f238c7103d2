// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round times of an axis, whose values are seconds since 1970, UTC. */
final class TimeTicks {
    private static final long DAY = 86_400;
    private static final long[] SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY, 2 * DAY, 5 * DAY,
        10 * DAY
    };
    private static final int[] MONTHS = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000};

    private TimeTicks() {}

    static Ticks of(double low, double high, int about) {
        double least = (high - low) / about;
        if (least <= 0.5) {
            double start = Math.floor(low);
            Ticks parts = Ticks.linear(low - start, high - start, about);
            List<Tick> ticks = new ArrayList<>();
            parts.list().forEach(tick -> ticks.add(new Tick(tick.value() + start, tick.text())));
            return new Ticks(ticks, (parts.note() + " s after " + text(start, "uuuu-MM-dd HH:mm:ss")).strip());
        }
        for (long step : SECONDS) {
            if (step >= least) {
                return seconds(low, high, step);
            }
        }
        for (int months : MONTHS) {
            if (months * 30.5 * DAY >= least) {
                return months(low, high, months);
            }
        }
        return months(low, high, MONTHS[MONTHS.length - 1]);
    }

    private static Ticks seconds(double low, double high, long step) {
        List<Tick> ticks = new ArrayList<>();
        boolean oneDay = text(low, "uuuu-MM-dd").equals(text(high, "uuuu-MM-dd"));
        String time = step >= 60 ? "HH:mm" : "HH:mm:ss";
        String pattern = step >= DAY ? "MM-dd" : oneDay || step < 60 ? time : "MM-dd HH:mm";
        for (long n = (long) Math.ceil(low / step); n * step <= high; n++) {
            double at = (double) n * step;
            ticks.add(new Tick(at, text(at, pattern)));
        }
        String rest = pattern.startsWith("MM") ? "uuuu" : "uuuu-MM-dd";
        // Of what is labelled: an axis reaches over the first and the last of its times.
        String first = text(ticks.isEmpty() ? low : ticks.get(0).value(), rest);
        String last = text(ticks.isEmpty() ? high : ticks.get(ticks.size() - 1).value(), rest);
        return new Ticks(ticks, first.equals(last) ? first : first + " to " + last);
    }

    private static Ticks months(double low, double high, int step) {
        List<Tick> ticks = new ArrayList<>();
        LocalDateTime start = at(low);
        long month = start.getYear() * 12L + start.getMonthValue() - 1;
        for (long n = Math.floorDiv(month, step) * step; ; n += step) {
            LocalDateTime time = LocalDateTime.of((int) Math.floorDiv(n, 12), Math.floorMod(n, 12) + 1, 1, 0, 0);
            double seconds = time.toEpochSecond(ZoneOffset.UTC);
            if (seconds > high) {
                return new Ticks(ticks, "");
            }
            if (seconds >= low) {
                ticks.add(new Tick(seconds, text(seconds, step >= 12 ? "uuuu" : "uuuu-MM")));
            }
        }
    }

    /** Returns a time in full. */
    static String full(double seconds) {
        return text(seconds, "uuuu-MM-dd HH:mm:ss");
    }

    private static String text(double seconds, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at(seconds));
    }

    private static LocalDateTime at(double seconds) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond((long) Math.floor(seconds)), ZoneOffset.UTC);
    }
}
