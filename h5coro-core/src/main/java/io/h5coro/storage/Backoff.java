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
 * How long to wait before a request is sent again: a random part of a time that doubles with each failure, so that many
 * clients that failed together do not come back together. Immutable.
 *
 * @param first the longest pause after the first failure
 * @param longest the longest pause of all
 */
public record Backoff(Duration first, Duration longest) {
    /** Longer is nobody's serious wish, and the sum of times must not overflow. */
    private static final long MAX_RETRY_AFTER_SECONDS = 86_400;

    /** Checks that both are positive. */
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("not a time to wait: " + first + ", " + longest);
        }
    }

    /**
     * The pause after a number of failures.
     *
     * @param failures from 1 on
     * @return more than nothing, and at most the smaller of {@code longest} and {@code first} doubled
     *     {@code failures - 1} times
     */
    public Duration pause(int failures, RandomGenerator random) {
        long most = longest.toNanos();
        long whole = Math.min(first.toNanos(), most);
        for (int i = 1; i < failures && whole < most; i++) {
            whole = whole > most / 2 ? most : whole * 2;
        }
        return Duration.ofNanos(random.nextLong(whole) + 1);
    }

    /** What a server's {@code Retry-After} asks for (RFC 9110, 10.2.3); empty when it is neither seconds nor a date. */
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
