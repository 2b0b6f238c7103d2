// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.time;

import java.util.Locale;

/**
 * A date with its time of day in a calendar of the CF conventions, in UTC. It may be one that no other calendar has,
 * such as 30 February. Immutable.
 *
 * @param calendar the calendar that the fields belong to
 * @param year as the calendar counts it: there may be no year 0
 * @param month 1 to 12
 * @param day of the month, from 1
 * @param hour 0 to 23
 * @param minute 0 to 59
 * @param second 0 to 59: the calendars have no leap seconds
 * @param nano nanosecond of the second
 */
public record CalendarDate(
        CfCalendar calendar, int year, int month, int day, int hour, int minute, int second, int nano) {
    private static final int DAY_SECONDS = 86400;

    /**
     * Checks that the calendar has the date.
     *
     * @throws IllegalArgumentException when it does not, or when the time of day is outside of a day
     */
    public CalendarDate {
        long unused = calendar.dayNumber(year, month, day);
        boolean inDay = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        if (!inDay || nano < 0 || nano > 999_999_999) {
            throw new IllegalArgumentException("no time of a day: " + hour + ":" + minute + ":" + second);
        }
    }

    /**
     * Returns the date of a number of seconds.
     *
     * @param seconds since 1970-01-01, as {@link #epochSecond()} gives them
     * @param nano 0 to 999,999,999
     * @throws ArithmeticException when the year does not fit into an {@code int}
     */
    public static CalendarDate ofEpochSecond(CfCalendar calendar, long seconds, int nano) {
        long[] date = calendar.date(Math.floorDiv(seconds, (long) DAY_SECONDS));
        int ofDay = Math.floorMod(seconds, DAY_SECONDS);
        return new CalendarDate(
                calendar,
                Math.toIntExact(date[0]),
                (int) date[1],
                (int) date[2],
                ofDay / 3600,
                ofDay / 60 % 60,
                ofDay % 60,
                nano);
    }

    /**
     * Parses a date of a calendar: "1850-1-1", "2000-01-01T12:30:15.25", "2000-01-01 12:30 -06:00", "2000-02", "2000".
     * What is left out is the first month or day, or midnight. A zone, "Z", "UTC", "GMT" or an offset of hours and
     * minutes, is taken into account.
     *
     * @throws IllegalArgumentException when the text does not have this form, or the calendar has no such date
     */
    public static CalendarDate parse(CfCalendar calendar, String text) {
        return DateText.parse(text).first(calendar);
    }

    /**
     * Parses a date as {@link #parse} does, and returns the last nanosecond of what the text names: of a year, of a
     * month, of a day, of a minute, or of a second.
     *
     * @throws IllegalArgumentException when the text does not have this form, or the calendar has no such date
     */
    public static CalendarDate parseLast(CfCalendar calendar, String text) {
        return DateText.parse(text).last(calendar);
    }

    /**
     * Returns the seconds since 1970-01-01, without the fraction. For a real calendar they are those of
     * {@link java.time.Instant#getEpochSecond()}, for another one they count its own days.
     */
    public long epochSecond() {
        return calendar.dayNumber(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L + second;
    }

    /** Returns the date in the form of ISO 8601, such as "2000-02-30T12:00:00" or "0001-01-01T00:00:00.5". */
    @Override
    public String toString() {
        String fraction =
                nano == 0 ? "" : String.format(Locale.ROOT, ".%09d", nano).replaceAll("0+$", "");
        String sign = year < 0 ? "-" : "";
        return String.format(
                        Locale.ROOT,
                        "%s%04d-%02d-%02dT%02d:%02d:%02d",
                        sign,
                        Math.abs((long) year),
                        month,
                        day,
                        hour,
                        minute,
                        second)
                + fraction;
    }
}
