// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.labels.time.CalendarDate;
import io.h5coro.labels.time.CfCalendar;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * "unit since reference" with its calendar. Immutable.
 *
 * @param unit what the numbers count
 * @param reference the date of 0, in UTC
 */
record TimeUnits(TimeUnit unit, CalendarDate reference) {
    private static final Pattern SINCE = Pattern.compile("\\s*(.+?)\\s+since\\s+(.+)", Pattern.CASE_INSENSITIVE);

    /** Whether a {@code units} text is one of times, right or wrong. */
    static boolean isSince(String units) {
        return units.contains("since") && SINCE.matcher(units).matches();
    }

    /**
     * Parses the attributes of a time variable.
     *
     * @throws MalformedFileException when unit, date or calendar is none
     */
    static TimeUnits parse(Where where, String units, Optional<String> calendarName) {
        Matcher since = SINCE.matcher(units);
        CfCalendar calendar = CfCalendar.named(calendarName.orElse("standard"))
                .orElseThrow(() ->
                        new MalformedFileException(where, "calendar '" + calendarName.orElse("") + "' is not known"));
        if (!since.matches()) {
            throw new MalformedFileException(where, "units '" + units + "' are not 'unit since date'");
        }
        TimeUnit unit = TimeUnit.named(since.group(1))
                .filter(found -> fits(since.group(1), calendar))
                .orElseThrow(() -> new MalformedFileException(
                        where,
                        "units '" + units + "': '" + since.group(1) + "' is no unit of time of the calendar "
                                + calendar.cfName()));
        try {
            return new TimeUnits(unit, CalendarDate.parse(calendar, since.group(2)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFileException(where, "units '" + units + "': " + e.getMessage(), e);
        }
    }

    private static boolean fits(String unit, CfCalendar calendar) {
        boolean month = unit.toLowerCase(java.util.Locale.ROOT).startsWith("month");
        boolean year = unit.toLowerCase(java.util.Locale.ROOT).startsWith("common_year");
        return (!month || calendar == CfCalendar.DAYS_360) && (!year || calendar == CfCalendar.NO_LEAP);
    }

    CfCalendar calendar() {
        return reference.calendar();
    }
}
