// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.object.RetryBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When and how often requests are sent again. */
final class RetriesTest {
    private static final Instant NOW = Instant.parse("2026-07-06T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "60, 1000"})
    void pausesAreAnyPartOfATimeThatDoubles(int failures, long longestMillis) {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        Random random = new Random(failures);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < 1_000; i++) {
            long nanos = backoff.pause(failures, random).toNanos();
            shortest = Math.min(shortest, nanos);
            longest = Math.max(longest, nanos);
        }
        long whole = Duration.ofMillis(longestMillis).toNanos();
        assertTrue(shortest > 0 && shortest < whole / 50, shortest + " of " + whole);
        assertTrue(longest <= whole && longest > whole - whole / 50, longest + " of " + whole);
    }

    @Test
    void aBudgetEndsAndAnswersEarnAQuarter() {
        RetryBudget budget = new RetryBudget(2);
        assertTrue(budget.take());
        assertTrue(budget.take());
        assertFalse(budget.take());
        for (int i = 0; i < 3; i++) {
            budget.answered();
            assertFalse(budget.take());
        }
        budget.answered();
        assertTrue(budget.take());
        assertFalse(budget.take());
        for (int i = 0; i < 100; i++) {
            budget.answered();
        }
        assertTrue(budget.take());
        assertTrue(budget.take());
        assertFalse(budget.take(), "more than at first is never there");
        assertFalse(new RetryBudget(0).take());
        assertThrows(IllegalArgumentException.class, () -> new RetryBudget(-1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "' 7 ', 7",
        "999999999, 86400",
        "'Mon, 06 Jul 2026 10:00:30 GMT', 31",
        "'Mon, 06 Jul 2026 09:00:00 GMT', 0",
        "'Mon, 06 Jul 2099 10:00:00 GMT', 86400",
        "soon, -1",
        "-5, -1",
        "'', -1"
    })
    void takesSecondsOrADate(String header, long seconds) {
        Optional<Duration> wanted = seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
        assertEquals(wanted, Backoff.retryAfter(header, NOW));
    }
}
