// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.object.ErrorDocument;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the head of an answer to a request for the bytes [100, 200) means. */
final class AnswerRulesTest {
    private static final AnswerRules RULES =
            new AnswerRules("https://h/x", Clock.fixed(Instant.parse("2026-07-06T10:00:00Z"), ZoneOffset.UTC));

    private static Head head(int status, String headers) {
        return head(status, headers, new ByteRange(100, 100), null);
    }

    /** Headers are {@code name=value}, with semicolons between. */
    private static Head head(int status, String headers, ByteRange asked, String redirectedTo) {
        Map<String, List<String>> all = new TreeMap<>();
        for (String header : headers.isEmpty() ? new String[0] : headers.split(";", -1)) {
            String[] parts = header.split("=", 2);
            all.put(parts[0], List.of(parts[1]));
        }
        return new Head(status, HttpHeaders.of(all, (name, value) -> true), asked, redirectedTo);
    }

    private static Fault refused(Verdict verdict) {
        return assertInstanceOf(Verdict.Refused.class, verdict).fault();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Range=bytes 100-199/1000;Content-Length=100, 100, 1000, true",
        "Content-Range=bytes 100-199/1000, 100, 1000, false",
        "Content-Range=bytes 100-199/*;Content-Length=100, 100, -1, true",
        "Content-Range=bytes 100-149/150;Content-Length=50, 50, 150, true",
        "Content-Range=bytes 100-100/1000;Content-Length=1, 1, 1000, true",
        "Content-Range=bytes 100-199/1000;Content-Length=many, 100, 1000, false",
        "Content-Range=bytes 100-199/1000;Content-Encoding=identity, 100, 1000, false",
    })
    void aPartOfWhatWasAskedForIsTaken(String headers, long length, long size, boolean announced) {
        Verdict.Bytes bytes = assertInstanceOf(Verdict.Bytes.class, RULES.judge(head(206, headers)));
        assertEquals(length, bytes.lengthBytes());
        assertEquals(
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                bytes.version().sizeBytes());
        assertEquals(announced, bytes.isAnnounced());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "206||status 206 without a usable Content-Range for the bytes [100, 200)",
                "206|Content-Range=bytes 0-99/1000|the server sends the bytes [0, 100) instead of [100, 200)",
                "206|Content-Range=bytes 101-199/1000|the server sends the bytes [101, 200) instead of [100, 200)",
                "206|Content-Range=bytes 100-200/1000|the server sends the bytes [100, 201) instead of [100, 200)",
                "206|Content-Range=bytes 100-199/1000;Content-Length=99|Content-Length 99 contradicts a"
                        + " Content-Range of 100 bytes",
                "206|Content-Range=bytes 100-199/1000;Content-Encoding=gzip|the server sends bytes in the encoding"
                        + " gzip (Content-Encoding) where plain ones were asked for",
                "200|Content-Length=1000|the server ignores Range: it answers 200 to a request for the bytes"
                        + " [100, 200)",
                "200|Transfer-Encoding=chunked|the server ignores Range: it answers 200 to a request for the bytes"
                        + " [100, 200)",
                "200||the server ignores Range: it answers 200 to a request for the bytes [100, 200)",
                "302||status 302 without a Location",
                "304||unexpected status 304",
                "501||unexpected status 501",
            })
    void anAnswerThatDoesNotFitTheRequestIsAgainstTheProtocol(int status, String headers, String problem) {
        Fault fault = refused(RULES.judge(head(status, headers == null ? "" : headers)));
        assertEquals(Kind.PROTOCOL, fault.failure().kind());
        assertEquals("https://h/x: " + problem, fault.failure().getMessage());
        assertEquals(Fault.Remedy.NONE, fault.remedy());
    }

    @ParameterizedTest
    @CsvSource({
        "416, Content-Range=bytes */150, 150",
        "416, Content-Range=bytes */100, 100",
        "416, Content-Range=bytes */0, 0",
        "200, Content-Length=100, 100",
        "200, Content-Length=0, 0",
    })
    void anObjectThatEndsBeforeTheRangeEndsHasItsSize(int status, String headers, long size) {
        assertEquals(new Verdict.Ends(size), RULES.judge(head(status, headers)));
    }

    @Test
    void aWholeObjectIsTakenWhereItWasWanted() {
        ByteRange asked = new ByteRange(0, 100);
        assertEquals(
                100,
                assertInstanceOf(Verdict.Bytes.class, RULES.judge(head(200, "Content-Length=100", asked, null)))
                        .lengthBytes());
        assertEquals(
                Kind.PROTOCOL,
                refused(RULES.judge(head(200, "Content-Length=101", asked, null)))
                        .failure()
                        .kind());
        Verdict.Whole whole =
                assertInstanceOf(Verdict.Whole.class, RULES.judge(head(200, "Transfer-Encoding=chunked", asked, null)));
        assertEquals(100, whole.mostBytes());
        assertEquals(
                Kind.PROTOCOL,
                refused(RULES.judge(head(200, "", asked, null))).failure().kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "416||, and does not tell the size of the object (status 416)",
                "416|Content-Range=bytes */200|' of 200 (status 416)'",
                "416|Content-Range=bytes */1000|' of 1000 (status 416)'",
                "206|Content-Length=0|, and does not tell the size of the object (status 206)",
            })
    void aRangeThatLiesInTheObjectAndIsRefusedIsAFailure(int status, String headers, String end) {
        Fault fault = refused(RULES.judge(head(status, headers == null ? "" : headers)));
        assertEquals(Kind.RANGE_REFUSED, fault.failure().kind());
        assertEquals(
                "https://h/x: the server refuses to send the bytes [100, 200)" + end,
                fault.failure().getMessage());
    }

    @Test
    void theSizeOfADocumentCountsWhereTheHeaderHasNone() {
        ErrorDocument document = new ErrorDocument("InvalidRange", OptionalLong.of(150));
        assertEquals(new Verdict.Ends(150), RULES.judge(head(416, ""), document));
        assertEquals(new Verdict.Ends(120), RULES.judge(head(416, "Content-Range=bytes */120"), document));
    }

    @ParameterizedTest
    @CsvSource({
        "401, '', ACCESS_DENIED, RENEWAL, the server denies access (status 401)",
        "403, AccessDenied, ACCESS_DENIED, RENEWAL, the server denies access (status 403 AccessDenied)",
        "400, ExpiredToken, ACCESS_DENIED, RENEWAL,"
                + " the credentials or the signed address have expired (status 400 ExpiredToken)",
        "404, NoSuchKey, NOT_FOUND, NONE, there is no such object (status 404 NoSuchKey)",
        "410, '', NOT_FOUND, NONE, there is no such object (status 410)",
        "412, '', CHANGED, NONE,"
                + " 'the object was replaced while it was read, or the server refuses every condition (status 412)'",
        "503, SlowDown, UNAVAILABLE, ANOTHER_ATTEMPT, the server is overloaded or fails (status 503 SlowDown)",
        "429, '', UNAVAILABLE, ANOTHER_ATTEMPT, the server is overloaded or fails (status 429)",
    })
    void aRefusalSaysWhatItMeansAndWhatHelps(int status, String code, Kind kind, Fault.Remedy remedy, String problem) {
        Fault fault = refused(RULES.judge(head(status, ""), new ErrorDocument(code, OptionalLong.empty())));
        assertEquals(kind, fault.failure().kind());
        assertEquals(remedy, fault.remedy());
        assertEquals("https://h/x: " + problem, fault.failure().getMessage());
    }

    @ParameterizedTest
    @CsvSource({"Retry-After=7, 7", "'Retry-After=Mon, 06 Jul 2026 10:01:00 GMT', 61", "Retry-After=soon, -1", "'', -1"
    })
    void theServerSaysHowLongToWait(String headers, long seconds) {
        assertEquals(
                seconds < 0 ? null : Duration.ofSeconds(seconds),
                refused(RULES.judge(head(503, headers))).retryAfter());
    }

    @Test
    void aPageBehindARedirectIsALogin() {
        ByteRange asked = new ByteRange(0, 100);
        Fault fault = refused(RULES.judge(head(200, "Content-Type=Text/HTML", asked, "login.example")));
        assertEquals(Kind.ACCESS_DENIED, fault.failure().kind());
        assertEquals(
                "https://h/x: the server redirects to a web page after a redirect to login.example, as for a login",
                fault.failure().getMessage());
        assertInstanceOf(
                Verdict.Bytes.class,
                RULES.judge(head(200, "Content-Type=image/png;Content-Length=9", asked, "login.example")));
        assertInstanceOf(
                Verdict.Bytes.class, RULES.judge(head(200, "Content-Type=text/html;Content-Length=9", asked, null)));
    }

    @Test
    void aRedirectNamesItsPlace() {
        assertEquals(new Verdict.Elsewhere("/y"), RULES.judge(head(307, "Location=/y")));
        Fault fault = refused(RULES.judge(head(404, "", new ByteRange(0, 1), "other:81")));
        assertEquals(
                "https://h/x: there is no such object after a redirect to other:81 (status 404)",
                fault.failure().getMessage());
    }
}
