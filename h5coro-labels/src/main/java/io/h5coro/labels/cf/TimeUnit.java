// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A unit of time, as {@code units} attributes name it. Immutable.
 *
 * @param nanos its length in nanoseconds
 * @param spelledOut whether it is a name such as "hours", not a short form such as "hr"
 */
record TimeUnit(long nanos, boolean spelledOut) {
    static final long MICRO = 1_000;
    static final long SECOND = 1_000_000_000;
    private static final long DAY = 86400 * SECOND;

    private static final Map<String, Long> NAMES = Map.of(
            "nanosecond",
            1L,
            "microsecond",
            MICRO,
            "millisecond",
            1_000_000L,
            "second",
            SECOND,
            "minute",
            60 * SECOND,
            "hour",
            3600 * SECOND,
            "day",
            DAY);

    private static final Map<String, Long> SHORT = Map.ofEntries(
            Map.entry("microsec", MICRO),
            Map.entry("microsecs", MICRO),
            Map.entry("millisec", 1_000_000L),
            Map.entry("millisecs", 1_000_000L),
            Map.entry("msec", 1_000_000L),
            Map.entry("msecs", 1_000_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("sec", SECOND),
            Map.entry("secs", SECOND),
            Map.entry("s", SECOND),
            Map.entry("min", 60 * SECOND),
            Map.entry("mins", 60 * SECOND),
            Map.entry("hr", 3600 * SECOND),
            Map.entry("hrs", 3600 * SECOND),
            Map.entry("h", 3600 * SECOND),
            Map.entry("d", DAY),
            // Of one calendar each, which TimeUnits checks.
            Map.entry("month", 30 * DAY),
            Map.entry("months", 30 * DAY),
            Map.entry("common_year", 365 * DAY),
            Map.entry("common_years", 365 * DAY));

    static Optional<TimeUnit> named(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        Long nanos = NAMES.get(name.endsWith("s") ? name.substring(0, name.length() - 1) : name);
        if (nanos != null) {
            return Optional.of(new TimeUnit(nanos, true));
        }
        return Optional.ofNullable(SHORT.get(name)).map(length -> new TimeUnit(length, false));
    }

    /** The unit of a duration: its name in the plural and in small letters, as xarray recognises it. */
    static Optional<TimeUnit> ofDuration(String text) {
        boolean plural = text.endsWith("s") && NAMES.containsKey(text.substring(0, text.length() - 1));
        return plural ? named(text) : Optional.empty();
    }
}
