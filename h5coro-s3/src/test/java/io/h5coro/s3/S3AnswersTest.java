// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.FakeServer.Handler;
import io.h5coro.s3.FakeServer.Request;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are right in an unusual way, or wrong in one that another request mends: as over HTTP. */
@Timeout(60)
final class S3AnswersTest extends FakeServerCase {
    private static S3Options.Builder quick(FakeServer server) {
        return options(server.uri()).backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    /** A sound answer with these validators and other headers. */
    private static void serve(Request request, OutputStream out, String... headers) throws IOException {
        long[] range = request.range();
        int start = (int) range[0];
        int end = (int) Math.min(range[1], CONTENT.length);
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(contentRange(start, end));
        FakeServer.send(out, 206, all, Arrays.copyOfRange(CONTENT, start, end));
    }

    private static void assertReads(RangeReader reader, int offset, int length) throws Exception {
        byte[] expected = Arrays.copyOfRange(CONTENT, offset, Math.min(offset + length, CONTENT.length));
        assertArrayEquals(expected, read(reader, offset, length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ETag: \"a\"|X-None: 1",
                "ETag: \"a\"|Last-Modified: Mon, 06 Jul 2026 10:00:00 GMT",
                "ETag: \"a\"|ETag: W/\"a\"",
                "Last-Modified: Mon, 06 Jul 2026 10:00:00 GMT|ETag: \"a\"",
                "Last-Modified: Mon, 06 Jul 2026 10:00:00 GMT|Last-Modified: Mon, 06 Jul 2026 10:00:01 GMT",
                "ETag: W/\"a\";Last-Modified: Mon, 06 Jul 2026 10:00:00 GMT|"
                        + "ETag: W/\"a\";Last-Modified: Mon, 06 Jul 2026 10:00:01 GMT",
                "ETag: W/\"a\"|X-None: 1",
                "X-None: 1|ETag: \"a\""
            })
    void whatCannotBeComparedHasChanged(String first, String then) throws Exception {
        Handler weakening = (request, out) -> serve(request, out, (request.number() == 0 ? first : then).split(";"));
        try (FakeServer server = new FakeServer(weakening)) {
            try (RangeReader reader = open(quick(server).build())) {
                assertReads(reader, 0, 100);
                failure(Kind.CHANGED, reader, 100, 100);
            }
        }
        try (FakeServer server = new FakeServer(weakening);
                RangeReader reader = open(quick(server).allowChanging(true).build())) {
            assertReads(reader, 0, 100);
            assertReads(reader, 100, 100);
            assertEquals(Optional.empty(), reader.version());
        }
    }

    @Test
    void aServerThatRefusesEveryConditionIsReadWhenItMayChange() throws Exception {
        Handler strict = (request, out) -> {
            if (request.header("if-match").isEmpty()) {
                serve(request, out, TAG);
            } else {
                FakeServer.sendError(out, 412, "PreconditionFailed");
            }
        };
        try (FakeServer server = new FakeServer(strict);
                RangeReader pinned = open(quick(server).build());
                RangeReader changing = open(quick(server).allowChanging(true).build())) {
            assertReads(pinned, 0, 10);
            failure(Kind.CHANGED, pinned, 10, 10);
            assertReads(changing, 0, 10);
            assertReads(changing, 10, 10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Range: bytes */100000", "X-None: 1"})
    void aRangeWhoseEndLiesBehindTheObjectIsAskedForUpToItsSize(String header) throws Exception {
        Handler strict = (request, out) -> {
            if (request.range()[1] > CONTENT.length) {
                String document = "<Error><Code>InvalidRange</Code><ActualObjectSize>100000</ActualObjectSize></Error>";
                FakeServer.send(out, 416, List.of(header), document.getBytes(StandardCharsets.UTF_8));
                return;
            }
            serve(request, out, TAG);
        };
        try (FakeServer server = new FakeServer(strict);
                RangeReader reader = open(quick(server).build())) {
            assertReads(reader, 90_000, 20_000);
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void aRefusedRangeAtTheStartIsNoEmptyObject() throws Exception {
        Handler refusing = (request, out) -> FakeServer.sendError(out, 416, "InvalidRange");
        try (FakeServer server = new FakeServer(refusing);
                RangeReader reader = open(quick(server).build())) {
            failure(Kind.RANGE_REFUSED, reader, 0, 100);
            assertEquals(OptionalLong.empty(), reader.size());
        }
        Handler empty = (request, out) -> FakeServer.send(out, 416, List.of("Content-Range: bytes */0"), new byte[0]);
        try (FakeServer server = new FakeServer(empty);
                RangeReader reader = open(quick(server).build())) {
            assertEquals(0, read(reader, 0, 100).length);
            assertEquals(OptionalLong.of(0), reader.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws-chunked", "binary", "none", "8bit", "utf-8", "identity,aws-chunked"})
    void anEncodingThatIsNoneIsRead(String coding) throws Exception {
        Handler handler = (request, out) -> serve(request, out, TAG, "Content-Encoding: " + coding);
        try (FakeServer server = new FakeServer(handler);
                RangeReader reader = open(quick(server).build())) {
            assertReads(reader, 5, 1_000);
        }
    }

    @Test
    void anEncodingThatChangesBytesIsRefused() throws Exception {
        Handler handler = (request, out) -> serve(request, out, TAG, "Content-Encoding: zstd");
        try (FakeServer server = new FakeServer(handler);
                RangeReader reader = open(quick(server).build())) {
            StorageException failure = failure(Kind.PROTOCOL, reader, 0, 100);
            assertTrue(String.valueOf(failure.getMessage()).contains("zstd"), failure.getMessage());
        }
    }

    private static void chunk(OutputStream out, int status, String headers, int start, int end) throws IOException {
        out.write(("HTTP/1.1 " + status + " x\r\n" + headers + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(end - start) + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(CONTENT, start, end - start);
        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Test
    void aMarkOfTheEndThatIsKeptBackCostsNoTime() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        Handler handler = (request, out) -> {
            int start = (int) request.range()[0];
            int end = (int) request.range()[1];
            chunk(out, 206, TAG + "\r\n" + contentRange(start, end) + "\r\n", start, end);
            read.await();
        };
        // Whoever waited for the mark would wait for an hour.
        try (FakeServer server = new FakeServer(handler);
                RangeReader reader =
                        open(quick(server).attemptTimeout(Duration.ofHours(1)).build())) {
            assertReads(reader, 0, 1_000);
            assertReads(reader, 1_000, 1_000);
        } finally {
            read.countDown();
        }
    }

    @Test
    void aWholeObjectOfUntoldLengthIsTakenWhereItFits() throws Exception {
        Handler handler = (request, out) -> {
            chunk(out, 200, TAG + "\r\n", 0, CONTENT.length);
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        };
        try (FakeServer server = new FakeServer(handler);
                RangeReader reader = open(quick(server).build())) {
            failure(Kind.PROTOCOL, reader, 0, 1_000);
            assertReads(reader, 0, CONTENT.length + 1);
            assertEquals(OptionalLong.of(CONTENT.length), reader.size());
        }
    }

    @Test
    void anObjectWhoseSizeIsNeverToldIsReadToItsEnd() throws Exception {
        Handler handler = (request, out) -> {
            int start = (int) request.range()[0];
            int end = (int) Math.min(CONTENT.length, request.range()[1]);
            if (start >= end) {
                FakeServer.sendError(out, 416, "InvalidRange");
                return;
            }
            String range = "Content-Range: bytes " + start + "-" + (end - 1) + "/*";
            FakeServer.send(out, 206, List.of(TAG, range), Arrays.copyOfRange(CONTENT, start, end));
        };
        try (FakeServer server = new FakeServer(handler);
                RangeReader reader = open(quick(server).build())) {
            assertReads(reader, 10, 1_000);
            assertReads(reader, 99_000, 20_000);
            assertEquals(OptionalLong.of(CONTENT.length), reader.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 416, 503})
    void anErrorWithoutEndIsReadToSomeKilobytes(int status) throws Exception {
        AtomicLong sent = new AtomicLong();
        Handler endless = (request, out) -> {
            FakeServer.head(out, status, List.of("Content-Type: application/xml"), 1_000_000_000_000L);
            for (byte[] zeros = new byte[10_000]; ; sent.addAndGet(zeros.length)) {
                out.write(zeros);
            }
        };
        try (FakeServer server = new FakeServer(endless);
                RangeReader reader = open(quick(server).retries(0).build())) {
            Throwable thrown = assertThrows(Exception.class, () -> read(reader, 0, 100));
            assertTrue(thrown.getCause() instanceof StorageException, String.valueOf(thrown));
            assertTrue(sent.get() < 20 << 20, sent + " bytes, most of them in buffers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "", "x", "1.5", "99999999999999999999", "Wed, 32 Nov 2026 10:00:00 GMT", "-1, 2"})
    void anOddRetryAfterIsNone(String wish) throws Exception {
        Handler busy = (request, out) -> {
            if (request.number() == 0) {
                FakeServer.sendError(out, 503, "SlowDown", "Retry-After: " + wish);
                return;
            }
            serve(request, out, TAG);
        };
        try (FakeServer server = new FakeServer(busy);
                RangeReader reader = open(quick(server).build())) {
            assertReads(reader, 0, 100);
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void oneGarbledStatusLineIsNotNoticed() throws Exception {
        Handler garbled = (request, out) -> {
            if (request.number() != 1) {
                out.write("HT\u001bTP nothing of this kind\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            serve(request, out, TAG);
        };
        try (FakeServer server = new FakeServer(garbled);
                RangeReader reader = open(quick(server).build())) {
            assertReads(reader, 0, 100);
            assertEquals(2, server.requests().size());
            // The client skips lines that are no status line and then misses one, or says that it is garbled.
            Throwable thrown = assertThrows(Exception.class, () -> read(reader, 100, 100));
            Kind kind = ((StorageException) thrown.getCause()).kind();
            assertTrue(kind == Kind.PROTOCOL || kind == Kind.UNAVAILABLE, kind.toString());
            assertEquals(5, server.requests().size());
        }
    }

    @Test
    void causesHoldNoTextOfTheServer() throws Exception {
        Handler denying = (request, out) -> FakeServer.sendError(out, 403, "AccessDenied");
        try (FakeServer server = new FakeServer(denying);
                RangeReader reader = open(quick(server).build())) {
            StorageException failure = failure(Kind.ACCESS_DENIED, reader, 0, 100);
            for (Throwable at = failure; at != null; at = at.getCause()) {
                assertFalse(at.toString().contains("secret text"), at.toString());
            }
            assertEquals(
                    "the server answered (403 AccessDenied)", failure.getCause().getMessage());
        }
    }

    @Test
    void aNameThatNoBucketHasIsToldWhatOneIs() {
        StorageException failure = assertThrows(StorageException.class, () -> S3Location.parse("s3://b"));
        assertTrue(String.valueOf(failure.getMessage()).contains("3 to 63 letters"), failure.getMessage());
    }
}
