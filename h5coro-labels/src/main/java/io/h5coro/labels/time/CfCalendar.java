// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.time;

import java.util.Locale;
import java.util.Optional;

/**
 * A calendar of the CF conventions: how days are counted in months and years.
 *
 * @see <a href="https://cfconventions.org/cf-conventions/cf-conventions.html#calendar">CF conventions 4.4.1</a>
 */
public enum CfCalendar {
    /**
     * The mixed calendar, also called "gregorian": Julian until 1582-10-04, which 1582-10-15 of the Gregorian calendar
     * follows. It has no year 0: the year before 1 is -1.
     */
    STANDARD("standard", false),
    /** The Gregorian calendar, also before it was introduced. It has a year 0. */
    PROLEPTIC_GREGORIAN("proleptic_gregorian", true),
    /** The Julian calendar. It has no year 0. */
    JULIAN("julian", false),
    /** Every year has 365 days; also called "365_day". */
    NO_LEAP("noleap", true),
    /** Every year has 366 days; also called "366_day". */
    ALL_LEAP("all_leap", true),
    /** Every month has 30 days. */
    DAYS_360("360_day", true);

    /** Day number of 1582-10-15 in the Gregorian calendar, the first one of its use. */
    private static final long REFORM = -141427;
    /** Day number of 0000-03-01 in the Gregorian calendar. */
    private static final long GREGORIAN_MARCH = -719468;
    /** Day number of 0000-03-01 in the Julian calendar. */
    private static final long JULIAN_MARCH = -719470;
    /** Days of 400 years of the Gregorian calendar. */
    private static final long ERA = 146097;

    private static final int[] MONTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final String cfName;
    private final boolean yearZero;

    CfCalendar(String cfName, boolean yearZero) {
        this.cfName = cfName;
        this.yearZero = yearZero;
    }

    /**
     * Returns the calendar that a {@code calendar} attribute names, in any case of letters.
     *
     * @param name such as "noleap" or "365_day"
     * @return empty when the conventions know no such calendar, or one without dates ("none")
     */
    public static Optional<CfCalendar> named(String name) {
        return Optional.ofNullable(
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "standard", "gregorian" -> STANDARD;
                    case "proleptic_gregorian" -> PROLEPTIC_GREGORIAN;
                    case "julian" -> JULIAN;
                    case "noleap", "365_day" -> NO_LEAP;
                    case "all_leap", "366_day" -> ALL_LEAP;
                    case "360_day" -> DAYS_360;
                    default -> null;
                });
    }

    /** Returns the name that the conventions use, such as "360_day". */
    public String cfName() {
        return cfName;
    }

    /** Returns whether the year before 1 is 0; else it is -1. */
    public boolean hasYearZero() {
        return yearZero;
    }

    /** Returns whether its days are days of the world, so that a date is an {@link java.time.Instant}. */
    public boolean isReal() {
        return this == STANDARD || this == PROLEPTIC_GREGORIAN || this == JULIAN;
    }

    /**
     * Returns the number of a day.
     *
     * @return days since 1970-01-01; of the Gregorian calendar for the three real ones, of this one for the others
     * @throws IllegalArgumentException when the calendar has no such date
     */
    public long dayNumber(int year, int month, int day) {
        long number = month < 1 || month > 12 ? 0 : number(astronomical(year), month, day);
        if (month < 1 || month > 12 || (year == 0 && !yearZero) || !names(number, year, month, day)) {
            throw new IllegalArgumentException(
                    "the calendar " + cfName + " has no date " + year + "-" + month + "-" + day);
        }
        return number;
    }

    private boolean names(long number, int year, int month, int day) {
        long[] date = date(number);
        return date[0] == year && date[1] == month && date[2] == day;
    }

    /** Returns the year as it is counted with a year 0. */
    private long astronomical(int year) {
        return year < 0 && !yearZero ? year + 1L : year;
    }

    private long number(long year, int month, int day) {
        return switch (this) {
            case PROLEPTIC_GREGORIAN -> gregorian(year, month, day);
            case JULIAN -> julian(year, month, day);
            case STANDARD -> {
                long number = gregorian(year, month, day);
                yield number >= REFORM ? number : julian(year, month, day);
            }
            case NO_LEAP, ALL_LEAP, DAYS_360 -> (year - 1970) * yearDays() + monthStart(month) + day - 1;
        };
    }

    /**
     * Returns year, month and day of a day.
     *
     * @param number as {@link #dayNumber} gives it
     */
    long[] date(long number) {
        long[] date = switch (this) {
            case PROLEPTIC_GREGORIAN -> ofGregorian(number);
            case JULIAN -> ofJulian(number);
            case STANDARD -> number >= REFORM ? ofGregorian(number) : ofJulian(number);
            case NO_LEAP, ALL_LEAP, DAYS_360 -> ofEqualYears(number);
        };
        if (!yearZero && date[0] <= 0) {
            date[0]--;
        }
        return date;
    }

    /*
     * Years that start in March have their leap day at their end: day 0 of year y is 365 y + y/4 - y/100 + y/400, and
     * month m after March starts at day (153 m + 2) / 5.
     */

    private static long gregorian(long year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        return 365 * y
                + Math.floorDiv(y, 4L)
                - Math.floorDiv(y, 100L)
                + Math.floorDiv(y, 400L)
                + dayOfMarchYear(month, day)
                + GREGORIAN_MARCH;
    }

    private static long julian(long year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        return 365 * y + Math.floorDiv(y, 4L) + dayOfMarchYear(month, day) + JULIAN_MARCH;
    }

    private static long dayOfMarchYear(int month, int day) {
        int sinceMarch = (month + 9) % 12;
        return (153L * sinceMarch + 2) / 5 + day - 1;
    }

    private static long[] ofGregorian(long number) {
        long days = number - GREGORIAN_MARCH;
        long era = Math.floorDiv(days, ERA);
        long inEra = Math.floorMod(days, ERA);
        long year = (inEra - inEra / 1460 + inEra / 36524 - inEra / 146096) / 365;
        return ofMarchYear(era * 400 + year, inEra - (365 * year + year / 4 - year / 100));
    }

    private static long[] ofJulian(long number) {
        long days = number - JULIAN_MARCH;
        long year = Math.floorDiv(4 * days + 3, 1461L);
        return ofMarchYear(year, days - (365 * year + Math.floorDiv(year, 4L)));
    }

    private static long[] ofMarchYear(long year, long day) {
        long sinceMarch = (5 * day + 2) / 153;
        long month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9;
        return new long[] {month <= 2 ? year + 1 : year, month, day - (153 * sinceMarch + 2) / 5 + 1};
    }

    private long[] ofEqualYears(long number) {
        long day = Math.floorMod(number, (long) yearDays());
        int month = 1;
        while (day >= monthDays(month)) {
            day -= monthDays(month++);
        }
        return new long[] {1970 + Math.floorDiv(number, (long) yearDays()), month, day + 1};
    }

    private int yearDays() {
        return this == DAYS_360 ? 360 : this == ALL_LEAP ? 366 : 365;
    }

    /** The length of a month where all years are alike. */
    private int monthDays(int month) {
        return this == DAYS_360 ? 30 : month == 2 && this == ALL_LEAP ? 29 : MONTHS[month - 1];
    }

    private int monthStart(int month) {
        int days = 0;
        for (int m = 1; m < month; m++) {
            days += monthDays(m);
        }
        return days;
    }
}
