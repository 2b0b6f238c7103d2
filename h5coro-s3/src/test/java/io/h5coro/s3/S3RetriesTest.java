// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.FakeServer.Handler;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** How often, how long and with which keys a range is asked for again. */
@Timeout(60)
final class S3RetriesTest extends FakeServerCase {
    private static S3Options.Builder quick(FakeServer server) {
        return options(server.uri()).backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    @Test
    void attemptsBeforeAndInABodyAreOneCount() throws Exception {
        Handler bad = (request, out) -> {
            if (request.number() % 2 == 0) {
                FakeServer.sendError(out, 503, "SlowDown");
                return;
            }
            FakeServer.head(out, 206, List.of(TAG, contentRange(0, 1_000)), 1_000);
        };
        try (FakeServer server = new FakeServer(bad);
                RangeReader reader = open(quick(server).retries(5).build())) {
            failure(Kind.UNAVAILABLE, reader, 0, 1_000);
            assertEquals(6, server.requests().size());
            assertEquals(5, reader.retries());
        }
    }

    @Test
    void saysWhyARangeIsAskedForAgain() throws Exception {
        Handler slow = (request, out) -> {
            if (request.number() % 2 == 0) {
                FakeServer.sendError(out, 503, "SlowDown");
                return;
            }
            FakeServer.head(out, 206, List.of(TAG, contentRange(0, 10)), 10);
            out.write(new byte[10]);
        };
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (FakeServer server = new FakeServer(slow);
                RangeReader reader = open(quick(server).build())) {
            List<ByteRange> ranges = List.of(new ByteRange(5, 0), new ByteRange(0, 10));
            RangeReader.Retries retries = (index, cause) -> told.add(index + " " + cause.kind());
            assertEquals(10, reader.read(ranges, retries).get(1).get().length);
            assertEquals(1, reader.retries());
            assertEquals(List.of("1 UNAVAILABLE"), told);
        }
    }

    @Test
    void aStoreThatIsDownIsToldSoonHoweverMuchIsWanted() throws Exception {
        Handler down = (request, out) -> FakeServer.sendError(out, 500, "InternalError");
        try (FakeServer server = new FakeServer(down);
                RangeReader reader =
                        open(quick(server).retries(7).retryBudget(10).build())) {
            List<CompletableFuture<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(reader.read(new ByteRange(i * 100L, 100)));
            }
            answers.forEach(answer -> failure(Kind.UNAVAILABLE, answer));
            assertEquals(110, server.requests().size());
            assertEquals(10, reader.retries());
        }
    }

    @Test
    void aBodyThatDripsEndsAtTheTotalTimeout() throws Exception {
        warmUp();
        CountDownLatch end = new CountDownLatch(1);
        Handler dripping = (request, out) -> {
            FakeServer.head(out, 206, List.of(TAG, contentRange(0, 1_000)), 1_000);
            do {
                out.write(1);
                out.flush();
            } while (!end.await(50, TimeUnit.MILLISECONDS));
        };
        try (FakeServer server = new FakeServer(dripping);
                RangeReader reader =
                        open(quick(server).totalTimeout(Duration.ofSeconds(2)).build())) {
            failure(Kind.TIMEOUT, reader, 0, 1_000);
            assertAsked(1, server);
        } finally {
            end.countDown();
        }
    }

    @Test
    void theTimeOfAPauseCountsToo() throws Exception {
        Handler busy = (request, out) -> FakeServer.sendError(out, 503, "SlowDown", "Retry-After: 7200");
        try (FakeServer server = new FakeServer(busy);
                RangeReader reader = open(quick(server).build())) {
            failure(Kind.UNAVAILABLE, reader, 0, 1_000);
            assertEquals(1, server.requests().size(), "two hours are more than there are");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void waitsAsLongAsTheServerAsks(int status) throws Exception {
        Handler busy = (request, out) -> {
            if (request.number() == 0) {
                FakeServer.sendError(out, status, "SlowDown", "Retry-After: 1");
                return;
            }
            serve(request, out);
        };
        try (FakeServer server = new FakeServer(busy);
                RangeReader reader = open(quick(server).build())) {
            long start = System.nanoTime();
            assertEquals(100, read(reader, 0, 100).length);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis >= 950, millis + " ms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "TokenRefreshRequired"})
    void credentialsThatExpireAreRenewedOnceByTheirProvider(String code) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Handler strict = (request, out) -> {
            if (request.header("authorization").contains("KEY1")) {
                FakeServer.sendError(out, 400, code);
                return;
            }
            serve(request, out);
        };
        try (FakeServer server = new FakeServer(strict);
                RangeReader reader = open(quick(server)
                        .credentials(() -> AwsBasicCredentials.create("KEY" + asked.incrementAndGet(), "my-secret-key"))
                        .build())) {
            assertArrayEquals(Arrays.copyOf(CONTENT, 100), read(reader, 0, 100));
            assertEquals(2, server.requests().size());
            assertEquals(2, asked.get());
        }
    }

    @Test
    void credentialsThatStayExpiredAreDeniedAfterTwoRequests() throws Exception {
        Handler strict = (request, out) -> FakeServer.sendError(out, 400, "ExpiredToken");
        try (FakeServer server = new FakeServer(strict);
                RangeReader reader = open(quick(server).build())) {
            failure(Kind.ACCESS_DENIED, reader, 0, 100);
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void aRangeThatIsRefusedWithoutASizeIsNoEmptyObject() throws Exception {
        Handler handler = (request, out) -> {
            if (request.range()[0] >= CONTENT.length) {
                FakeServer.send(out, 416, List.of(), new byte[0]);
                return;
            }
            serve(request, out);
        };
        try (FakeServer server = new FakeServer(handler);
                RangeReader reader = open(quick(server).build())) {
            failure(Kind.RANGE_REFUSED, reader, CONTENT.length + 1, 100);
            assertEquals(OptionalLong.empty(), reader.size());
            assertEquals(100, read(reader, 0, 100).length);
            assertEquals(OptionalLong.of(CONTENT.length), reader.size());
        }
    }
}
