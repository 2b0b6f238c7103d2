// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a date, taken apart. Immutable.
 *
 * @param fields of year, month, day, hour, minute and second those that the text has
 * @param nano nanosecond of the second, digits beyond it cut off; -1 where the text has no fraction
 * @param offsetSeconds seconds that the zone is ahead of UTC
 */
record DateText(List<Integer> fields, int nano, int offsetSeconds) {
    private static final Pattern FORM = Pattern.compile("([+-]?\\d{1,6})(?:-(\\d{1,2})(?:-(\\d{1,2})"
            + "(?:(?:T|\\s+)(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?)?)?"
            + "(?:\\s*(Z|UTC|GMT|[+-]\\d{1,2}(?::?\\d{2})?))?)?)?");

    private static final Pattern COMPACT = Pattern.compile("^(\\d{4})(\\d{2})(\\d{2})(?!\\d)");

    static DateText parse(String text) {
        String separated = COMPACT.matcher(text.strip()).replaceFirst("$1-$2-$3");
        Matcher form = FORM.matcher(separated.toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a date");
        }
        List<Integer> fields = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String digits = form.group(i + 1);
            if (digits != null) {
                fields.add(Integer.valueOf(digits));
            }
        }
        return new DateText(fields, nano(form.group(7)), zone(form.group(8)));
    }

    private static int nano(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? -1 : Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static int zone(@Nullable String text) {
        if (text == null || Character.isLetter(text.charAt(0))) {
            return 0;
        }
        String digits = text.substring(1).replace(":", "");
        int hourDigits = digits.length() > 2 ? digits.length() - 2 : digits.length();
        int hours = Integer.parseInt(digits.substring(0, hourDigits));
        int minutes = hourDigits == digits.length() ? 0 : Integer.parseInt(digits.substring(hourDigits));
        if (hours > 23 || minutes > 59) {
            throw new IllegalArgumentException("no zone: " + text);
        }
        int seconds = hours * 3600 + minutes * 60;
        return text.charAt(0) == '-' ? -seconds : seconds;
    }

    CalendarDate first(CfCalendar calendar) {
        CalendarDate local = new CalendarDate(
                calendar,
                field(0, 1),
                field(1, 1),
                field(2, 1),
                field(3, 0),
                field(4, 0),
                field(5, 0),
                Math.max(nano, 0));
        return offsetSeconds == 0
                ? local
                : CalendarDate.ofEpochSecond(calendar, local.epochSecond() - offsetSeconds, local.nano());
    }

    CalendarDate last(CfCalendar calendar) {
        CalendarDate first = first(calendar);
        if (nano >= 0) {
            return first;
        }
        long end = fields.size() > 2 ? first.epochSecond() + span() : endOfMonths(calendar);
        return CalendarDate.ofEpochSecond(calendar, end - 1, 999_999_999);
    }

    /** The seconds of a day, an hour, a minute or a second, whichever the text ends with. */
    private long span() {
        return switch (fields.size()) {
            case 3 -> 86400;
            case 4 -> 3600;
            case 5 -> 60;
            default -> 1;
        };
    }

    /** The start of the month or year after the one that the text names. */
    private long endOfMonths(CfCalendar calendar) {
        int year = field(0, 1);
        int month = fields.size() == 1 ? 12 : field(1, 1);
        int after = year + 1 == 0 && !calendar.hasYearZero() ? 1 : year + 1;
        long day = month == 12 ? calendar.dayNumber(after, 1, 1) : calendar.dayNumber(year, month + 1, 1);
        return day * 86400 - offsetSeconds;
    }

    private int field(int i, int otherwise) {
        return i < fields.size() ? fields.get(i) : otherwise;
    }
}
