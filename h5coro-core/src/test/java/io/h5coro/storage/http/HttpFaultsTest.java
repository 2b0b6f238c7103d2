// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.storage.RangeReaderContract.failure;
import static io.h5coro.storage.RangeReaderContract.get;
import static io.h5coro.storage.RangeReaderContract.noise;
import static io.h5coro.storage.ServerFault.header;
import static io.h5coro.storage.ServerFault.ignoreRange;
import static io.h5coro.storage.ServerFault.none;
import static io.h5coro.storage.ServerFault.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HttpFaultsTest {
    private static final int SIZE = 300_000;
    private static final ByteRange MIDDLE = new ByteRange(1_000, 200_000);

    private final byte[] content = noise(SIZE, 1);
    private FaultyHttpServer server;
    private RangeReader reader;

    @BeforeEach
    void start() throws Exception {
        server = FaultyHttpServer.start().put("/x.h5", content);
        reader = open(HttpOptions.builder());
    }

    @AfterEach
    void stop() throws Exception {
        reader.close();
        server.close();
    }

    private RangeReader open(HttpOptions.Builder options) throws Exception {
        return open(server.uri("/x.h5?sig=SECRET"), options);
    }

    private static RangeReader open(URI uri, HttpOptions.Builder options) throws Exception {
        HttpOptions quick = options.backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
        return Storages.open(uri, StorageOptions.none().with(HttpOptions.class, quick));
    }

    /** Where silence is tested; elsewhere a busy machine is not taken for a silent server. */
    private void doNotWaitLong(HttpOptions.Builder options) throws Exception {
        reopenWarm(options.attemptTimeout(Duration.ofSeconds(2)));
    }

    /** For options that allow little time: what takes the JVM its time at the first request is over. */
    private void reopenWarm(HttpOptions.Builder options) throws Exception {
        assertReads(new ByteRange(0, 1));
        reader.close();
        server.clearLog();
        reader = open(options);
    }

    /** The client may give up a request before the server has looked at it. */
    private void assertAsked(int times) throws Exception {
        Eventually.holds(() -> server.requests() >= times);
        assertEquals(times, server.requests());
    }

    private void assertReads(ByteRange range) throws Exception {
        byte[] expected = Arrays.copyOfRange(content, (int) range.offset(), (int) Math.min(range.end(), SIZE));
        assertArrayEquals(expected, get(reader.read(range)));
    }

    private StorageException fails(Kind kind) {
        StorageException failure = failure(kind, reader.read(MIDDLE));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(reader.source()), message);
        for (Throwable at = failure; at != null; at = at.getCause()) {
            assertFalse(String.valueOf(at).matches("(?s).*(SECRET|TOKEN).*"), String.valueOf(at));
        }
        return failure;
    }

    private String askedLast() {
        return server.log().get(server.requests() - 1).header("Range").orElse("");
    }

    @Test
    void aStallInMidBodyCostsOnlyTheMissingTail() throws Exception {
        doNotWaitLong(HttpOptions.builder());
        server.next(ServerFault.stallAfter(150_000));
        assertReads(MIDDLE);
        assertEquals(2, server.requests());
        assertEquals("bytes=151000-200999", askedLast());
    }

    @Test
    void aResetInMidBodyCostsOnlyTheMissingTail() throws Exception {
        server.next(ServerFault.resetAfter(150_000));
        assertReads(MIDDLE);
        assertEquals(2, server.requests());
        assertFalse(askedLast().equals("bytes=1000-200999"), "asks for all again");
    }

    @Test
    void aShortBodyCostsOnlyTheMissingTail() throws Exception {
        server.next(ServerFault.shortBody(150_000), ServerFault.shortBody(20_000));
        assertReads(MIDDLE);
        assertEquals(3, server.requests());
        assertEquals("bytes=171000-200999", askedLast());
    }

    @Test
    void bodiesThatAlwaysBreakAreUnavailableAfterABoundedNumberOfRequests() throws Exception {
        server.always(request -> ServerFault.shortBody(100));
        StorageException failure = fails(Kind.UNAVAILABLE);
        assertTrue(failure.isTransient());
        assertEquals(8, server.requests());
    }

    @Test
    void aServerThatSendsPiecesIsAskedForTheRest() throws Exception {
        server.always(request -> ServerFault.piece(70_000));
        assertReads(new ByteRange(0, SIZE));
        assertEquals(5, server.requests());
    }

    @Test
    void aSlowFirstByteIsATimeout() throws Exception {
        doNotWaitLong(HttpOptions.builder().retries(1));
        server.always(request -> ServerFault.slowFirstByte(Duration.ofMinutes(5)));
        fails(Kind.TIMEOUT);
        assertAsked(2);
    }

    @Test
    void aServerThatNeverAnswersIsAskedThreeTimes() throws Exception {
        doNotWaitLong(HttpOptions.builder());
        server.always(request -> ServerFault.slowFirstByte(Duration.ofMinutes(5)));
        StorageException failure = failure(Kind.TIMEOUT, reader.read(MIDDLE));
        assertTrue(String.valueOf(failure.getMessage()).endsWith("(gave up after 3 requests)"), failure.getMessage());
    }

    @Test
    void aTrickleEndsAtTheTotalTimeout() throws Exception {
        reopenWarm(HttpOptions.builder().totalTimeout(Duration.ofSeconds(2)));
        server.bandwidth(4_000, 0);
        fails(Kind.TIMEOUT);
        assertAsked(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aServerThatRecoversIsAskedAgain(int status) throws Exception {
        server.next(status(status), status(status));
        assertReads(MIDDLE);
        assertEquals(3, server.requests());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServerThatStaysOverloadedIsUnavailable(int status) throws Exception {
        server.always(request -> status(status));
        StorageException failure = fails(Kind.UNAVAILABLE);
        assertTrue(String.valueOf(failure.getMessage()).contains("status " + status), failure.getMessage());
        assertEquals(8, server.requests());
    }

    @Test
    void aServerThatIsDownIsToldSoonHoweverMuchIsWanted() throws Exception {
        reader.close();
        reader = open(HttpOptions.builder().retryBudget(10));
        server.always(request -> status(500));
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ranges.add(new ByteRange(i * 100L, 100));
        }
        for (CompletableFuture<byte[]> answer : reader.read(ranges)) {
            failure(Kind.UNAVAILABLE, answer);
        }
        assertEquals(110, server.requests());
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws Exception {
        server.next(status(503, "Retry-After: 1"));
        long start = System.nanoTime();
        assertReads(MIDDLE);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis >= 950, millis + " ms");
    }

    @Test
    void doesNotWaitLongerThanItMay() throws Exception {
        server.next(status(503, "Retry-After: 7200"));
        fails(Kind.UNAVAILABLE);
        assertEquals(1, server.requests());
    }

    @ParameterizedTest
    @CsvSource({
        "400,PROTOCOL",
        "401,ACCESS_DENIED",
        "403,ACCESS_DENIED",
        "404,NOT_FOUND",
        "405,PROTOCOL",
        "410,NOT_FOUND",
        "412,CHANGED",
        "501,PROTOCOL",
        "304,PROTOCOL"
    })
    void aFinalRefusalIsToldAfterOneRequest(int status, Kind kind) throws Exception {
        server.always(request -> status(status));
        fails(kind);
        assertEquals(1, server.requests());
    }

    @Test
    void aRefusalWithAChallengeIsAccessDeniedToo() throws Exception {
        server.always(request -> status(401, "WWW-Authenticate: Basic realm=\"x\""));
        fails(Kind.ACCESS_DENIED);
    }

    @Test
    void aServerThatIgnoresRangeIsToldClearlyAndNotDownloaded() throws Exception {
        server.always(request -> ignoreRange()).bandwidth(100_000, 0);
        StorageException failure = fails(Kind.PROTOCOL);
        assertTrue(String.valueOf(failure.getMessage()).contains("the server ignores Range"), failure.getMessage());
        failure(Kind.PROTOCOL, reader.read(new ByteRange(0, SIZE - 1)));
        assertEquals(2, server.requests());
    }

    @Test
    void aServerThatIgnoresRangeServesWholeObjects() throws Exception {
        server.always(request -> ignoreRange());
        assertReads(new ByteRange(0, SIZE));
        assertReads(new ByteRange(0, SIZE + 10L));
        assertEquals(0, get(reader.read(new ByteRange(SIZE, 10))).length);
        assertEquals(OptionalLong.of(SIZE), reader.size());
    }

    @Test
    void aWholeObjectThatBreaksOffCannotGoOn() throws Exception {
        server.always(request -> answer -> {
            ignoreRange().spoil(answer);
            ServerFault.shortBody(100_000).spoil(answer);
        });
        failure(Kind.PROTOCOL, reader.read(new ByteRange(0, SIZE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 0-199999/300000",
                "bytes 1001-201000/300000",
                "bytes 1000-299999/300000",
                "bytes 1000-200999/100",
                "bytes 1000-999/300000",
                "bytes 1000-99999999999999999999/300000",
                "lines 1000-200999/300000",
                "nonsense",
                ""
            })
    void aContentRangeThatDoesNotFitIsRefused(String told) throws Exception {
        server.always(request -> header("Content-Range", told));
        fails(Kind.PROTOCOL);
        assertEquals(1, server.requests());
    }

    @Test
    void aLengthThatContradictsTheContentRangeIsRefused() throws Exception {
        server.always(request -> answer -> {
            answer.header("Content-Length", "150000");
            ServerFault.shortBody(150_000).spoil(answer);
        });
        fails(Kind.PROTOCOL);
    }

    @Test
    void compressedBytesAreRefused() throws Exception {
        server.always(request -> ServerFault.gzip());
        fails(Kind.PROTOCOL);
    }

    @Test
    void aHugeSizeThatTheServerClaimsAllocatesNothing() throws Exception {
        server.always(request -> answer -> {
            answer.header("Content-Range", "bytes 1000-8999999999/9000000000");
            answer.header("Content-Length", "8999999000");
        });
        StorageException failure = failure(Kind.INVALID, reader.read(new ByteRange(1_000, Long.MAX_VALUE - 1_000)));
        assertTrue(String.valueOf(failure.getMessage()).contains("does not fit"), failure.getMessage());
    }

    @Test
    void anUnsatisfiableRangeThatIsInsideIsRefused() throws Exception {
        server.always(request -> status(416, "Content-Range: bytes */300000"));
        fails(Kind.RANGE_REFUSED);
    }

    @Test
    void aRangeThatIsRefusedWithoutASizeIsNoEmptyObject() throws Exception {
        server.next(status(416), status(416));
        failure(Kind.RANGE_REFUSED, reader.read(new ByteRange(0, 10)));
        failure(Kind.RANGE_REFUSED, reader.read(new ByteRange(SIZE + 1, 10)));
        assertEquals(OptionalLong.empty(), reader.size());
        assertReads(MIDDLE);
        assertEquals(OptionalLong.of(SIZE), reader.size());
    }

    @Test
    void aReplacedObjectIsChanged() throws Exception {
        assertReads(MIDDLE);
        server.put("/x.h5", noise(SIZE, 2));
        StorageException failure = fails(Kind.CHANGED);
        assertFalse(failure.isTransient());
        assertEquals(2, server.requests());
    }

    @Test
    void aReplacedObjectIsChangedAlsoWhereTheServerIgnoresTheCondition() throws Exception {
        server.next(none(), header("ETag", "\"another\""));
        assertReads(MIDDLE);
        fails(Kind.CHANGED);
    }

    @Test
    void anObjectThatIsReplacedBetweenBodyAndTailIsNeverMixed() throws Exception {
        server.next(ServerFault.shortBody(100_000), header("ETag", "\"another\""));
        fails(Kind.CHANGED);
    }

    @Test
    void twoFirstAnswersOfDifferentVersionsAreNeverBothBelieved() throws Exception {
        server.next(header("ETag", "\"one\""), header("ETag", "\"two\""));
        List<CompletableFuture<byte[]>> answers = reader.read(List.of(MIDDLE, new ByteRange(0, 10)));
        long right = 0;
        for (CompletableFuture<byte[]> answer : answers) {
            try {
                get(answer);
                right++;
            } catch (ExecutionException e) {
                failure(Kind.CHANGED, answer);
            }
        }
        assertEquals(1, right);
    }

    @Test
    void withoutATagTimeAndSizeTellAReplacedObject() throws Exception {
        server.always(request -> answer -> {
            answer.header("ETag", "");
            answer.header("Last-Modified", "Mon, 06 Jul 2026 10:00:0" + (server.requests() > 2 ? 1 : 0) + " GMT");
        });
        assertReads(MIDDLE);
        assertReads(MIDDLE);
        assertEquals(Optional.empty(), server.log().get(1).header("If-Match"));
        assertTrue(reader.version().orElse("").contains("Jul 2026"));
        fails(Kind.CHANGED);
    }

    @Test
    void anotherSizeIsAnotherObject() throws Exception {
        server.always(request -> header("ETag", ""));
        assertReads(MIDDLE);
        assertEquals(Optional.empty(), reader.version());
        server.put("/x.h5", noise(SIZE + 1, 1));
        fails(Kind.CHANGED);
    }

    @Test
    void aWeakTagIsNoConditionButTellsAReplacedObject() throws Exception {
        server.next(header("ETag", "W/\"a\""), header("ETag", "\"a\""), header("ETag", "W/\"b\""));
        assertReads(MIDDLE);
        assertReads(MIDDLE);
        assertEquals(Optional.empty(), server.log().get(1).header("If-Match"));
        fails(Kind.CHANGED);
    }

    @Test
    void anUnknownHostIsUnreachable() throws Exception {
        reader.close();
        reader = open(URI.create("http://no-such-host.invalid/x.h5?sig=SECRET"), HttpOptions.builder());
        fails(Kind.UNREACHABLE);
    }

    @Test
    void aRefusedConnectionIsUnreachable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        reader.close();
        reader = open(URI.create("http://127.0.0.1:" + port + "/x.h5?sig=SECRET"), HttpOptions.builder());
        fails(Kind.UNREACHABLE);
    }

    @Test
    void failingTlsIsUnreachable() throws Exception {
        reader.close();
        String https = server.uri("/x.h5?sig=SECRET").toString().replace("http:", "https:");
        reader = open(URI.create(https), HttpOptions.builder());
        fails(Kind.UNREACHABLE);
    }

    @Test
    void aServerThatDoesNotSpeakHttpEndsInAnError() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 20; i++) {
                    try (var connection = socket.accept()) {
                        connection.getOutputStream().write("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        connection.getInputStream().read(new byte[1_000]);
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
            reader.close();
            reader = open(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/x.h5"), HttpOptions.builder());
            fails(Kind.PROTOCOL);
        }
    }

    @Test
    void oneRequestInTenFailingIsNotNoticed() throws Exception {
        doNotWaitLong(HttpOptions.builder());
        Random dice = new Random(42);
        List<ServerFault> faults = List.of(
                status(503),
                status(500),
                status(429),
                ServerFault.resetAfter(0),
                ServerFault.resetAfter(700),
                ServerFault.shortBody(500),
                ServerFault.stallAfter(100));
        server.always(request -> {
            synchronized (dice) {
                return dice.nextInt(10) == 0 ? faults.get(dice.nextInt(faults.size())) : none();
            }
        });
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ranges.add(new ByteRange(i * 250L, 2_000));
        }
        List<CompletableFuture<byte[]>> answers = reader.read(ranges);
        for (int i = 0; i < ranges.size(); i++) {
            int from = i * 250;
            assertArrayEquals(Arrays.copyOfRange(content, from, from + 2_000), get(answers.get(i)));
        }
        assertTrue(server.requests() > 1_050 && server.requests() < 1_300, server.requests() + " requests");
    }
}
