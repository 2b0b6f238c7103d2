// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a request is sent again: a random part of a time that doubles with each failure. The random
 * part keeps many clients that failed together from coming back together. Immutable.
 *
 * <pre>{@code
 * Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
 * }</pre>
 *
 * @param first longest pause after the first failure
 * @param longest upper bound of every pause
 */
public record Backoff(Duration first, Duration longest) {
    /** A day: no server needs more, and the sum of times must not overflow. */
    private static final long MAX_RETRY_AFTER_SECONDS = 86_400;

    /** A year: nobody waits longer, and it counts in nanoseconds, also when it is added to a clock. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException when one of them is not positive
     */
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("not a time to wait: " + first + ", " + longest);
        }
    }

    /**
     * Returns the pause after a number of failures.
     *
     * @param failures 1 or more
     * @return more than zero, and at most the smaller of {@code longest} and {@code first} doubled {@code failures - 1}
     *     times
     */
    public Duration pause(int failures, RandomGenerator random) {
        long most = nanos(longest);
        long whole = Math.min(nanos(first), most);
        for (int i = 1; i < failures && whole < most; i++) {
            whole = whole > most / 2 ? most : whole * 2;
        }
        return Duration.ofNanos(random.nextLong(whole) + 1);
    }

    private static long nanos(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time.toNanos() : LONGEST.toNanos();
    }

    /**
     * Parses the value of a {@code Retry-After} header (RFC 9110, 10.2.3).
     *
     * @param now the time from which a date is counted
     * @return the time to wait, at most a day; empty when the value is neither seconds nor a date
     */
    public static Optional<Duration> retryAfter(String header, Instant now) {
        String value = header.strip();
        try {
            if (value.matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Math.min(MAX_RETRY_AFTER_SECONDS, Long.parseLong(value))));
            }
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            long seconds = Duration.between(now, date).toSeconds() + 1;
            return Optional.of(Duration.ofSeconds(Math.max(0, Math.min(MAX_RETRY_AFTER_SECONDS, seconds))));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
