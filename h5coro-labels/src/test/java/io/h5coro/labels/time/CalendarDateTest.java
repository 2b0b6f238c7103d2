// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.Shape;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates as texts, and times as arrays of them. */
final class CalendarDateTest {
    @ParameterizedTest
    @CsvSource({
        "2000-01-01, 2000-01-01T00:00:00",
        "1850-1-1, 1850-01-01T00:00:00",
        "2000, 2000-01-01T00:00:00",
        "2000-07, 2000-07-01T00:00:00",
        "20000702, 2000-07-02T00:00:00",
        "1-1-1 00:00:0.0, 0001-01-01T00:00:00",
        "2000-01-01T12:30:15.25, 2000-01-01T12:30:15.25",
        "2000-01-01 12, 2000-01-01T12:00:00",
        "2000-01-01T12:30Z, 2000-01-01T12:30:00",
        "2000-01-01 00:00:00 UTC, 2000-01-01T00:00:00",
        "1992-10-8 15:15:42.5 -6:00, 1992-10-08T21:15:42.5",
        "1992-10-08T01:00:00+0530, 1992-10-07T19:30:00",
        "2000-01-01 00:00:00.123456789, 2000-01-01T00:00:00.123456789",
        "-4713-01-01 12:00, -4713-01-01T12:00:00"
    })
    void parses(String text, String date) {
        assertEquals(date, CalendarDate.parse(CfCalendar.STANDARD, text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bar",
                "01-01-2000",
                "2000-13-01",
                "2000-02-30",
                "1582-10-10",
                "0000-01-01",
                "2000-01-01 25:00",
                "2000-01-01 12:60",
                "2000-01-01 EST",
                "2000-01-01T00:00+99:00",
                "2000-01-01 trailing",
                "12345678901"
            })
    void refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> CalendarDate.parse(CfCalendar.STANDARD, text));
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 2000-12-30T23:59:59.999999999",
        "2000-02, 2000-02-30T23:59:59.999999999",
        "2000-02-30, 2000-02-30T23:59:59.999999999",
        "2000-02-30T06, 2000-02-30T06:59:59.999999999",
        "2000-02-30T06:30, 2000-02-30T06:30:59.999999999",
        "2000-02-30T06:30:15, 2000-02-30T06:30:15.999999999",
        "2000-02-30T06:30:15.5, 2000-02-30T06:30:15.5"
    })
    void aTextNamesAllThatBeginsWithIt(String text, String last) {
        assertEquals(last, CalendarDate.parseLast(CfCalendar.DAYS_360, text).toString());
    }

    @Test
    void theYearBeforeOneIsMinusOneWhereThereIsNoYearZero() {
        assertEquals(
                "-0001-12-31T23:59:59.999999999",
                CalendarDate.parseLast(CfCalendar.JULIAN, "-1").toString());
        assertEquals(1, CfCalendar.STANDARD.dayNumber(1, 1, 1) - CfCalendar.STANDARD.dayNumber(-1, 12, 31));
        assertEquals(1, CfCalendar.STANDARD.dayNumber(1582, 10, 15) - CfCalendar.STANDARD.dayNumber(1582, 10, 4));
        assertEquals(
                1,
                CfCalendar.PROLEPTIC_GREGORIAN.dayNumber(1, 1, 1)
                        - CfCalendar.PROLEPTIC_GREGORIAN.dayNumber(0, 12, 31));
    }

    @Test
    void calendarsHaveTheNamesOfTheConventions() {
        assertEquals(Optional.of(CfCalendar.NO_LEAP), CfCalendar.named("365_DAY"));
        assertEquals(Optional.of(CfCalendar.STANDARD), CfCalendar.named("Gregorian"));
        assertEquals(Optional.empty(), CfCalendar.named("none"));
        for (CfCalendar calendar : CfCalendar.values()) {
            assertEquals(Optional.of(calendar), CfCalendar.named(calendar.cfName()));
        }
    }

    @Test
    void timesOfRealCalendarsAreInstants() {
        BitSet missing = new BitSet();
        missing.set(2);
        long[] seconds = {0, -9_223_372_037L, 0, Long.MAX_VALUE / 1_000_000_000};
        int[] nanos = {1, 145_224_192, 0, 854_775_807};
        Times times = new Times(CfCalendar.STANDARD, Shape.of(4), seconds, nanos, missing);
        assertEquals(Instant.ofEpochSecond(0, 1), times.instant(0));
        assertEquals(Long.MIN_VALUE, times.epochNanos(1));
        assertEquals(Long.MAX_VALUE, times.epochNanos(3));
        assertEquals("1677-09-21T00:12:43.145224192Z", times.instant(1).toString());
        assertTrue(times.isMissing(2));
        assertFalse(times.isMissing(3));
        assertThrows(IllegalStateException.class, () -> times.date(2));
        assertThrows(IndexOutOfBoundsException.class, () -> times.isMissing(4));
        assertTrue(times.toString().startsWith("standard (4,) [1970-01-01T00:00:00.000000001, 1677-"), times::toString);
        Times idealised = new Times(CfCalendar.DAYS_360, Shape.of(4), seconds, nanos, missing);
        assertThrows(UnsupportedOperationException.class, () -> idealised.instant(0));
    }
}
