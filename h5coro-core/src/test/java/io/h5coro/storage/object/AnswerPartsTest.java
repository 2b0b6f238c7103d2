// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, statuses and documents of answers, and what follows a failure. */
final class AnswerPartsTest {
    @Test
    void aContentRangeIsHalfOpenAndMayHaveNoTotal() {
        assertEquals(Optional.of(new ContentRange(5, 15, OptionalLong.of(20))), ContentRange.parse(" Bytes  5-14/20 "));
        assertEquals(Optional.of(new ContentRange(0, 100, OptionalLong.empty())), ContentRange.parse("bytes 0-99/*"));
        assertEquals(OptionalLong.of(77), ContentRange.sizeOfUnsatisfied("bytes */77"));
        assertEquals(OptionalLong.empty(), ContentRange.sizeOfUnsatisfied(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes 0-99",
                "bytes 0-99/99",
                "bytes 9-8/*",
                "bytes -1-5/10",
                "items 0-9/10",
                "bytes */10",
                "bytes 0-9/1234567890123456789",
                "bytes 0-9/\u0661"
            })
    void aContentRangeThatMakesNoSenseIsNone(String header) {
        assertEquals(Optional.empty(), ContentRange.parse(header));
    }

    @ParameterizedTest
    @CsvSource({
        "206, '', PART",
        "200, ExpiredToken, WHOLE",
        "202, '', BUSY",
        "300, '', ELSEWHERE",
        "304, '', UNEXPECTED",
        "400, '', UNEXPECTED",
        "400, ExpiredToken, EXPIRED",
        "400, ExpiredRequest, EXPIRED",
        "403, RequestTimeTooSkewed, EXPIRED",
        "400, RequestTimeout, BUSY",
        "400, InvalidRange, RANGE_REFUSED",
        "403, '', DENIED",
        "404, '', ABSENT",
        "412, '', CHANGED",
        "416, '', RANGE_REFUSED",
        "429, '', BUSY",
        "501, '', UNEXPECTED",
        "599, '', BUSY",
        "600, '', UNEXPECTED"
    })
    void oneTableSaysWhatAStatusMeans(int status, String code, AnswerStatus meaning) {
        assertEquals(meaning, AnswerStatus.of(status, code));
    }

    @Test
    void ofADocumentOnlyCodeAndSizeAreTaken() {
        String text = "<Error><Code> InvalidRange</Code><ActualObjectSize>321</ActualObjectSize></Error>";
        assertEquals(new ErrorDocument("InvalidRange", OptionalLong.of(321)), document(text));
        assertEquals(new ErrorDocument("", OptionalLong.empty()), document("<Code>a\u001b[2J</Code>"));
        assertEquals(new ErrorDocument("", OptionalLong.empty()), document(" ".repeat(9_000) + text));
    }

    private static ErrorDocument document(String text) {
        return ErrorDocument.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatAServerWroteIsOneShortLine() {
        assertEquals("a\\u000ab\\u001b[2J\\u202e \u00e9", ServerText.shown("a\nb\u001b[2J\u202e \u00e9"));
        assertTrue(ServerText.shown("x".repeat(10_000)).length() < 200);
        IOException clean = new IOException("reset", new IOException("by peer"));
        assertSame(clean, ServerText.cause(clean));
        Throwable copy = ServerText.cause(new IOException("reset", new IOException("a\nb")));
        assertFalse(String.valueOf(copy.getMessage()).contains("\n"));
        assertEquals(null, copy.getCause());
    }

    @Test
    void aFailureThatCostTwoRequestsCountsTwice() {
        Attempts attempts = attempts(3, 9);
        long soon = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        assertTrue(attempts.after(new Attempts.Setback(2, false, null), soon).isPresent());
        assertTrue(attempts.after(new Attempts.Setback(2, false, null), soon).isEmpty());
        assertEquals("gave up after 4 requests", attempts.spent());
    }

    @Test
    void deadlineBudgetAndHostsThatAreNotThereEndAttempts() {
        long soon = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        Attempts.Setback late = new Attempts.Setback(1, false, Duration.ofHours(1));
        assertTrue(attempts(9, 9).after(late, soon).isEmpty());
        Attempts poor = attempts(9, 0);
        assertTrue(poor.after(new Attempts.Setback(1, false, null), soon).isEmpty());
        assertTrue(poor.spent().contains("too many of all requests failed"));
        Attempts nowhere = attempts(9, 9);
        Attempts.Setback gone = new Attempts.Setback(1, true, Duration.ZERO);
        assertEquals(Optional.of(Duration.ZERO), nowhere.after(gone, soon));
        assertTrue(nowhere.after(gone, soon).isPresent());
        assertTrue(nowhere.after(gone, soon).isEmpty());
    }

    private static Attempts attempts(int requests, int budget) {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));
        return new Attempts(Machine.ofThisProcess(), new Attempts.Limits(requests, new RetryBudget(budget), backoff));
    }
}
