// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.FakeServer.Handler;
import io.h5coro.s3.FakeServer.Request;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Answers that a sound server does not give, and servers that give none. */
@Timeout(60)
final class S3FaultsTest extends FakeServerCase {
    @Test
    void onlyTheMissingTailOfABrokenBodyIsAskedForAgain() throws Exception {
        Handler breaking = (request, out) -> {
            long[] range = request.range();
            if (request.number() < 2) {
                FakeServer.head(out, 206, List.of(TAG, contentRange(range[0], range[1])), range[1] - range[0]);
                out.write(CONTENT, (int) range[0], 30_000);
                return;
            }
            serve(request, out);
        };
        try (FakeServer server = new FakeServer(breaking);
                RangeReader reader = open(options(server.uri()).build())) {
            assertArrayEquals(Arrays.copyOfRange(CONTENT, 1_000, 91_000), read(reader, 1_000, 90_000));
            List<Request> requests = server.requests();
            assertEquals(3, requests.size());
            assertEquals("bytes=1000-90999", requests.get(0).header("range"));
            assertEquals("bytes=31000-90999", requests.get(1).header("range"));
            assertEquals("bytes=61000-90999", requests.get(2).header("range"));
            assertEquals("", requests.get(0).header("if-match"));
            assertEquals("\"one\"", requests.get(1).header("if-match"));
        }
    }

    @Test
    void aBodyThatAlwaysBreaksEndsAsUnavailable() throws Exception {
        Handler breaking = (request, out) -> {
            FakeServer.head(out, 206, List.of(TAG, contentRange(0, 1_000)), 1_000);
        };
        try (FakeServer server = new FakeServer(breaking);
                RangeReader reader = open(options(server.uri()).build())) {
            assertTrue(failure(Kind.UNAVAILABLE, reader, 0, 1_000).isTransient());
            assertEquals(3, server.requests().size());
        }
    }

    @Test
    void aBodyThatStandsStillEndsAsTimeout() throws Exception {
        warmUp();
        CountDownLatch end = new CountDownLatch(1);
        Handler stalling = (request, out) -> {
            FakeServer.head(out, 206, List.of(TAG, contentRange(0, 1_000)), 1_000);
            end.await();
        };
        S3Options.Builder options = S3Options.builder()
                .attemptTimeout(Duration.ofSeconds(2))
                .retries(1)
                .anonymous(true);
        try (FakeServer server = new FakeServer(stalling);
                RangeReader reader = open(options.endpoint(server.uri()).build())) {
            failure(Kind.TIMEOUT, reader, 0, 1_000);
            assertAsked(2, server);
        } finally {
            end.countDown();
        }
    }

    @Test
    void aServerThatNeverAnswersEndsAsTimeout() throws Exception {
        warmUp();
        CountDownLatch end = new CountDownLatch(1);
        S3Options.Builder options = S3Options.builder()
                .attemptTimeout(Duration.ofSeconds(2))
                .retries(1)
                .anonymous(true);
        try (FakeServer server = new FakeServer((request, out) -> end.await());
                RangeReader reader = open(options.endpoint(server.uri()).build())) {
            failure(Kind.TIMEOUT, reader, 0, 1_000);
            assertAsked(2, server);
        } finally {
            end.countDown();
        }
    }

    /** As when its time is up while it waits for a connection. */
    @Test
    void aRequestThatTheClientCancelsIsATimeout() throws Exception {
        try (S3Client client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .build()) {
            S3Client cancelling = (S3Client) Proxy.newProxyInstance(
                    S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("getObject")) {
                            throw new CancellationException("Request execution cancelled");
                        }
                        return method.invoke(client, arguments);
                    });
            try (RangeReader reader =
                    open(S3Options.builder().client(cancelling).build())) {
                assertTrue(failure(Kind.TIMEOUT, reader, 0, 10).isTransient());
            }
        }
    }

    @Test
    void aWholeObjectForAPartIsNoAnswer() throws Exception {
        try (FakeServer server = new FakeServer((request, out) -> FakeServer.send(out, 200, List.of(TAG), CONTENT));
                RangeReader reader = open(options(server.uri()).build())) {
            failure(Kind.PROTOCOL, reader, 0, 1_000);
            failure(Kind.PROTOCOL, reader, 1_000, 99_000);
            assertArrayEquals(CONTENT, read(reader, 0, CONTENT.length), "a range that covers it may be answered so");
            assertEquals(OptionalLong.of(CONTENT.length), reader.size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 1-1000/100000",
        "bytes 0-1000/100000",
        "bytes 0-999/10",
        "bytes 0-999",
        "items 0-999/100000",
        "bytes 999-0/100000",
        "bytes 0-99999999999999999999/100000",
        "''"
    })
    void anotherContentRangeIsNoAnswer(String header) throws Exception {
        Handler wrong =
                (request, out) -> FakeServer.send(out, 206, List.of(TAG, "Content-Range: " + header), new byte[1_000]);
        try (FakeServer server = new FakeServer(wrong);
                RangeReader reader = open(options(server.uri()).build())) {
            failure(Kind.PROTOCOL, reader, 0, 1_000);
        }
    }

    @Test
    void anAnswerShorterThanAskedIsContinued() throws Exception {
        Handler stingy = (request, out) -> {
            int start = (int) request.range()[0];
            FakeServer.send(
                    out,
                    206,
                    List.of(TAG, contentRange(start, start + 400)),
                    Arrays.copyOfRange(CONTENT, start, start + 400));
        };
        try (FakeServer server = new FakeServer(stingy);
                RangeReader reader = open(options(server.uri()).build())) {
            assertArrayEquals(Arrays.copyOfRange(CONTENT, 10, 1_010), Arrays.copyOf(read(reader, 10, 1_200), 1_000));
            failure(Kind.UNAVAILABLE, reader, 0, 5_000);
        }
    }

    @Test
    void theTotalMayBeUnknown() throws Exception {
        Handler starred = (request, out) -> {
            long[] range = request.range();
            FakeServer.send(
                    out,
                    206,
                    List.of(TAG, "Content-Range: bytes " + range[0] + "-" + (range[1] - 1) + "/*"),
                    Arrays.copyOfRange(CONTENT, (int) range[0], (int) range[1]));
        };
        try (FakeServer server = new FakeServer(starred);
                RangeReader reader = open(options(server.uri()).build())) {
            assertArrayEquals(Arrays.copyOfRange(CONTENT, 10, 1_010), read(reader, 10, 1_000));
            assertTrue(reader.size().isEmpty());
        }
    }

    @Test
    void anotherVersionInTheTailIsChanged() throws Exception {
        Handler replacing = (request, out) -> {
            if (request.number() == 0) {
                FakeServer.head(out, 206, List.of(TAG, contentRange(0, 1_000)), 1_000);
                out.write(CONTENT, 0, 500);
                return;
            }
            FakeServer.send(out, 206, List.of("ETag: \"two\"", contentRange(500, 1_000)), new byte[500]);
        };
        try (FakeServer server = new FakeServer(replacing);
                RangeReader reader = open(options(server.uri()).build())) {
            failure(Kind.CHANGED, reader, 0, 1_000);
        }
    }

    @Test
    void anotherSizeIsChangedWhereThereAreNoTags() throws Exception {
        Handler growing = (request, out) -> FakeServer.send(
                out, 206, List.of("Content-Range: bytes 0-9/" + (100 + request.number())), new byte[10]);
        try (FakeServer server = new FakeServer(growing);
                RangeReader reader = open(options(server.uri()).build())) {
            assertEquals(10, read(reader, 0, 10).length);
            failure(Kind.CHANGED, reader, 0, 10);
        }
    }

    @Test
    void aWeakTagIsComparedButNotSent() throws Exception {
        Handler weak = (request, out) -> FakeServer.send(
                out,
                206,
                List.of("ETag: W/\"" + (request.number() < 2 ? "a" : "b") + "\"", "Content-Range: bytes 0-9/100"),
                new byte[10]);
        try (FakeServer server = new FakeServer(weak);
                RangeReader reader = open(options(server.uri()).build())) {
            assertEquals(10, read(reader, 0, 10).length);
            assertEquals(10, read(reader, 0, 10).length);
            failure(Kind.CHANGED, reader, 0, 10);
            assertEquals("", server.requests().get(2).header("if-match"));
        }
    }

    @Test
    void amazonTellsTheSizeInTheDocumentOfA416() throws Exception {
        String document = "<Error><Code>InvalidRange</Code><RangeRequested>bytes=500-599</RangeRequested>"
                + "<ActualObjectSize>321</ActualObjectSize></Error>";
        try (FakeServer server = new FakeServer(
                        (request, out) -> FakeServer.send(out, 416, List.of(), document.getBytes("UTF-8")));
                RangeReader reader = open(options(server.uri()).build())) {
            assertEquals(0, read(reader, 500, 100).length);
            assertEquals(OptionalLong.of(321), reader.size());
            assertEquals(0, read(reader, 400, 100).length);
            assertEquals(1, server.requests().size(), "what is known is not asked");
            failure(Kind.RANGE_REFUSED, reader, 320, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Range: bytes */100000, 100000", "X-None: 1, 100000", "X-None: 1, 50000"})
    void aRangeBehindTheEndMayOvertakeTheFirstAnswerOrNot(String header, long start) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        Handler late = (request, out) -> {
            if (request.range()[0] >= start) {
                first.await();
                FakeServer.send(out, 416, List.of(header), new byte[0]);
                return;
            }
            serve(request, out);
        };
        try (FakeServer server = new FakeServer(late);
                RangeReader reader = open(options(server.uri()).build())) {
            List<CompletableFuture<byte[]>> answers =
                    reader.read(List.of(new ByteRange(0, 10), new ByteRange(start, 10)));
            assertEquals(10, answers.get(0).get(50, TimeUnit.SECONDS).length);
            first.countDown();
            if (start < CONTENT.length) {
                failure(Kind.RANGE_REFUSED, answers.get(1));
            } else {
                assertEquals(0, answers.get(1).get(50, TimeUnit.SECONDS).length);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, NOT_FOUND, no such bucket at 127.0.0.1",
        "404, NoSuchKey, NOT_FOUND, no such object at 127.0.0.1",
        "403, AccessDenied, ACCESS_DENIED, no permission",
        "403, SignatureDoesNotMatch, ACCESS_DENIED, the secret key is wrong",
        "403, InvalidAccessKeyId, ACCESS_DENIED, the access key is not known",
        "400, ExpiredToken, ACCESS_DENIED, the credentials have expired",
        "400, InvalidToken, ACCESS_DENIED, the session token is not valid",
        "403, RequestTimeTooSkewed, ACCESS_DENIED, the clock of this machine is wrong",
        "403, InvalidObjectState, IO, archived",
        "412, PreconditionFailed, CHANGED, replaced",
        "301, PermanentRedirect, INVALID, 'it is in region eu-west-9, set that'",
        "400, AuthorizationHeaderMalformed, INVALID, 'it is in region eu-west-9, set that'",
        "400, InvalidBucketName, INVALID, takes no bucket of this name",
        "503, SlowDown, UNAVAILABLE, (503 SlowDown)",
        "500, InternalError, UNAVAILABLE, (500 InternalError)",
        "429, TooManyRequests, UNAVAILABLE, 429",
        "501, NotImplemented, PROTOCOL, (501 NotImplemented)",
        "405, MethodNotAllowed, PROTOCOL, (405 MethodNotAllowed)"
    })
    void saysInOneLineWhatTheServerAnswers(int status, String code, Kind kind, String part) throws Exception {
        Handler error = (request, out) -> FakeServer.sendError(out, status, code, "x-amz-bucket-region: eu-west-9");
        S3Options.Builder options = S3Options.builder().anonymous(true).retries(0);
        try (FakeServer server = new FakeServer(error);
                RangeReader reader = open(options.endpoint(server.uri()).build())) {
            StorageException failure = failure(kind, reader, 0, 10);
            assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.getMessage());
        }
    }

    @Test
    void anErrorPageOfSomeOtherServerIsNotRepeated() throws Exception {
        Handler page = (request, out) -> FakeServer.send(
                out,
                403,
                List.of("Content-Type: text/html"),
                "<html>secret text of the server\n</html>".getBytes("UTF-8"));
        try (FakeServer server = new FakeServer(page);
                RangeReader reader = open(options(server.uri()).build())) {
            failure(Kind.ACCESS_DENIED, reader, 0, 10);
        }
    }

    @Test
    void transientErrorsAreRetried() throws Exception {
        Handler busy = (request, out) -> {
            if (request.number() < 2) {
                FakeServer.sendError(out, 500, "InternalError");
                return;
            }
            serve(request, out);
        };
        try (FakeServer server = new FakeServer(busy);
                RangeReader reader = open(options(server.uri()).build())) {
            assertArrayEquals(Arrays.copyOf(CONTENT, 100), read(reader, 0, 100));
            assertEquals(3, server.requests().size());
        }
    }

    @Test
    void everyReadEndsRightWhenOneRequestInTenFails() throws Exception {
        Handler shaky = (request, out) -> {
            long[] range = request.range();
            switch (new Random(request.number() * 31L).nextInt(30)) {
                case 0 -> FakeServer.sendError(out, 503, "SlowDown");
                case 1 -> {
                    FakeServer.head(out, 206, List.of(TAG, contentRange(range[0], range[1])), range[1] - range[0]);
                    out.write(CONTENT, (int) range[0], (int) (range[1] - range[0]) / 2);
                }
                case 2 -> throw new IOException("no answer");
                default -> serve(request, out);
            }
        };
        try (FakeServer server = new FakeServer(shaky);
                RangeReader reader =
                        open(options(server.uri()).retries(9).connections(16).build())) {
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                ranges.add(new ByteRange(i * 200L, 1_000 + i));
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int i = 0; i < ranges.size(); i++) {
                byte[] expected =
                        Arrays.copyOfRange(CONTENT, (int) ranges.get(i).offset(), (int)
                                ranges.get(i).end());
                assertArrayEquals(expected, answers.get(i).get(50, TimeUnit.SECONDS));
            }
            int requests = server.requests().size();
            assertTrue(requests > 420 && requests < 500, "each failure costs one request: " + requests);
        }
    }
}
