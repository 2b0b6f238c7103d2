// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.labels.time.CalendarDate;
import io.h5coro.labels.time.CfCalendar;
import io.h5coro.labels.time.Times;
import io.h5coro.model.H5Array;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand dates of all calendars equal those of cftime: {@code src/test/python/make_dates.py}. */
final class DatesTest {
    private static final int COUNT = 100;

    @Test
    void equalThoseOfCftime() throws Exception {
        List<String> lines = lines();
        assertTrue(lines.size() * COUNT >= 10_000, () -> "dates: " + lines.size() * COUNT);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String[] fields = line.split("\t");
            Times times = decoded(fields[0], fields[1], numbers(i, fields[2], Long.parseLong(fields[3])));
            List<String> dates = IntStream.range(0, COUNT)
                    .mapToObj(k -> times.date(k).toString())
                    .toList();
            assertEquals(fields[4], dates.get(0), line);
            assertEquals(fields[5], dates.get(COUNT - 1), line);
            assertEquals(fields[6], sha256(String.join("\n", dates) + "\n"), line);
        }
    }

    /** What makes a date out of a day makes the day out of the date. */
    @Test
    void dayNumbersComeBack() {
        for (CfCalendar calendar : CfCalendar.values()) {
            for (long day = -2_600_000; day < 200_000; day += 7) {
                long second = day * 86400 + 5;
                CalendarDate date = CalendarDate.ofEpochSecond(calendar, second, 0);
                assertEquals(second, date.epochSecond(), () -> calendar + " " + date);
            }
        }
    }

    private static Times decoded(String calendar, String units, H5Array numbers) {
        StatedAttributes attributes =
                new StatedAttributes().with("units", units).with("calendar", calendar);
        CfDecoder decoder = new CfDecoder(attributes, numbers.type(), -1, new CfOptions(true, false));
        return Objects.requireNonNull(decoder.decode(numbers).times());
    }

    private static H5Array numbers(long seed, String kind, long greatest) {
        long state = seed;
        long[] whole = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            whole[i] = (state >>> 11) % (2 * greatest + 1) - greatest;
        }
        return kind.equals("whole")
                ? StatedAttributes.longs(whole)
                : StatedAttributes.doubles(IntStream.range(0, COUNT)
                        .mapToDouble(i -> whole[i] / 7.0)
                        .toArray());
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = Objects.requireNonNull(DatesTest.class.getResourceAsStream("/labels/dates.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
