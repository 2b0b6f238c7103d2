// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels of axes, stated by hand. */
final class TicksTest {
    private static List<String> texts(Scale scale, int about) {
        return scale.ticks(about).list().stream().map(Tick::text).toList();
    }

    private static Scale linear(double low, double high) {
        return new Scale(low, high, Scale.Kind.LINEAR);
    }

    private static Scale times(String low, String high) {
        return new Scale(
                Instant.parse(low).getEpochSecond(), Instant.parse(high).getEpochSecond(), Scale.Kind.TIME);
    }

    @Test
    void stepsAreOneTwoOrFiveTimesAPowerOfTen() {
        assertEquals(List.of("0", "2", "4", "6", "8", "10"), texts(linear(0, 10), 5));
        assertEquals(List.of("-0.5", "0.0", "0.5"), texts(linear(-0.6, 0.9), 4));
        assertEquals(List.of("100", "150", "200"), texts(linear(99, 201), 3));
    }

    @Test
    void whatAllLabelsShareIsWrittenOnce() {
        assertEquals(List.of("0.5", "1.0", "1.5"), texts(linear(1_000_000.25, 1_000_001.75), 3));
        assertEquals("+1000000", linear(1_000_000.25, 1_000_001.75).ticks(3).note());
        assertEquals(List.of("-2", "0", "2", "4"), texts(linear(-3e12, 4e12), 4));
        assertEquals("×10¹²", linear(-3e12, 4e12).ticks(4).note());
        assertEquals("×10⁻⁹", linear(1e-9, 9e-9).ticks(4).note());
    }

    @Test
    void powersOfTenAreLabels() {
        assertEquals(List.of("0.1", "1", "10", "100"), texts(new Scale(0.05, 200, Scale.Kind.LOGARITHMIC), 6));
        assertEquals(
                List.of("10⁻⁶", "0.001", "1", "1000", "10⁶"), texts(new Scale(1e-7, 1e7, Scale.Kind.LOGARITHMIC), 6));
        assertEquals(List.of("1", "2", "5", "10", "20"), texts(new Scale(0.9, 30, Scale.Kind.LOGARITHMIC), 6));
    }

    @Test
    void indicesAreWhole() {
        assertEquals(List.of("0", "1", "2"), texts(new Scale(-0.5, 2.5, Scale.Kind.INDEX), 10));
    }

    @Test
    void timesAreRound() {
        assertEquals(
                List.of("00:00", "06:00", "12:00", "18:00"),
                texts(times("2018-10-17T00:00:00Z", "2018-10-17T23:00:00Z"), 4));
        assertEquals(
                "2018-10-17",
                times("2018-10-17T00:00:00Z", "2018-10-17T23:00:00Z").ticks(4).note());
        assertEquals(List.of("2018", "2019", "2020"), texts(times("2017-10-17T00:00:00Z", "2020-10-17T00:00:00Z"), 3));
        assertEquals(
                List.of("2018-01", "2018-04", "2018-07", "2018-10"),
                texts(times("2018-01-01T00:00:00Z", "2018-12-31T00:00:00Z"), 4));
    }

    @Test
    void timesOfSeveralDaysHaveTheDay() {
        Scale days = times("2019-12-31T18:00:00Z", "2020-01-01T14:00:00Z");
        assertEquals(List.of("12-31 18:00", "01-01 00:00", "01-01 06:00", "01-01 12:00"), texts(days, 4));
        assertEquals("2019 to 2020", days.ticks(4).note());
        assertEquals(
                "2000",
                times("1999-12-31T23:30:00Z", "2000-01-01T18:30:00Z").ticks(4).note());
    }

    @Test
    void partsOfASecondCountFromAFullOne() {
        Scale scale = new Scale(1_539_734_400.2, 1_539_734_401.3, Scale.Kind.TIME);
        assertEquals(List.of("0.5", "1.0"), texts(scale, 3));
        assertEquals("s after 2018-10-17 00:00:00", scale.ticks(3).note());
    }

    @Test
    void oneValueGetsSomeRoomAndNoneAUnit() {
        assertEquals(linear(9.5, 10.5), Scale.of(10, 10, Scale.Kind.LINEAR));
        assertEquals(linear(-1, 1), Scale.of(0, 0, Scale.Kind.LINEAR));
        assertEquals(linear(0, 1), Scale.of(Double.NaN, Double.NaN, Scale.Kind.LINEAR));
        assertEquals(new Scale(5, 20, Scale.Kind.LOGARITHMIC), Scale.of(10, 10, Scale.Kind.LOGARITHMIC));
        assertTrue(Double.isNaN(new Scale(1, 10, Scale.Kind.LOGARITHMIC).place(0)));
    }

    @Test
    void theWidestRangesHavePlaces() {
        Scale widest = Scale.of(-Double.MAX_VALUE, Double.MAX_VALUE, Scale.Kind.LINEAR);
        assertEquals(0.5, widest.padded().place(0), 1e-9);
        assertEquals(0.75, widest.place(Double.MAX_VALUE / 2), 1e-9);
        assertEquals(List.of("-1", "0", "1"), texts(widest, 4));
        assertEquals("×10³⁰⁸", widest.ticks(4).note());
        Scale largest = Scale.of(1.5, Double.MAX_VALUE, Scale.Kind.LINEAR).padded();
        assertEquals(Double.MAX_VALUE, largest.high());
        assertEquals(1, largest.place(Double.MAX_VALUE), 1e-9);
        Scale powers = Scale.of(1e-300, 1e300, Scale.Kind.LOGARITHMIC);
        assertEquals(0.5, powers.place(1), 1e-9);
        assertEquals(0.5, powers.padded().place(1), 0.01);
    }
}
