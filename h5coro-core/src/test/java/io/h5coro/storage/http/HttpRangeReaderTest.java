// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReaderContract;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpRangeReaderTest extends RangeReaderContract {
    private FaultyHttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = FaultyHttpServer.start();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected RangeReader open(byte[] content) throws Exception {
        server.put("/data/x.h5", content);
        return Storages.open(server.uri("/data/x.h5"), StorageOptions.none());
    }

    @Override
    protected Optional<RangeReader> openMissing() throws Exception {
        return Optional.of(Storages.open(server.uri("/missing.h5"), StorageOptions.none()));
    }

    @Override
    protected OptionalLong requestsSeen() {
        return OptionalLong.of(server.requests());
    }

    private RangeReader open(HttpOptions.Builder options) throws Exception {
        return Storages.open(
                server.uri("/data/x.h5?sig=SECRET"), StorageOptions.none().with(HttpOptions.class, options.build()));
    }

    @Test
    void asksForPlainBytesOfTheRangeAndOfThePinnedVersion() throws Exception {
        byte[] content = noise(1_000, 1);
        try (RangeReader reader = open(content)) {
            get(reader.read(new ByteRange(10, 20)));
            get(reader.read(new ByteRange(990, 20)));
        }
        ServedRequest first = server.log().get(0);
        assertEquals("GET", first.method());
        assertEquals(Optional.of("bytes=10-29"), first.header("Range"));
        assertEquals(Optional.of("identity"), first.header("Accept-Encoding"));
        assertEquals(Optional.empty(), first.header("If-Match"));
        assertEquals(Optional.empty(), first.header("Authorization"));
        ServedRequest second = server.log().get(1);
        assertEquals(Optional.of("bytes=990-999"), second.header("Range"), "cut at the size that is known by now");
        assertEquals(Optional.of(FaultyHttpServer.etag(content)), second.header("If-Match"));
    }

    @Test
    void asksNothingBehindTheKnownEnd() throws Exception {
        try (RangeReader reader = open(noise(100, 2))) {
            get(reader.read(new ByteRange(0, 10)));
            assertEquals(0, get(reader.read(new ByteRange(100, 10))).length);
            assertEquals(1, server.requests());
        }
    }

    @Test
    void reusesItsConnection() throws Exception {
        try (RangeReader reader = open(noise(1_000_000, 3))) {
            for (int i = 0; i < 20; i++) {
                get(reader.read(new ByteRange(i, 500_000)));
            }
            assertTrue(server.connectionsSoFar() <= 3, server.connectionsSoFar() + " connections");
        }
    }

    @Test
    void readersWithTheSameOptionsShareConnections() throws Exception {
        server.put("/data/x.h5", noise(1_000, 4));
        HttpOptions options = HttpOptions.builder().build();
        for (int i = 0; i < 10; i++) {
            try (RangeReader reader = Storages.open(
                    server.uri("/data/x.h5"), StorageOptions.none().with(HttpOptions.class, options))) {
                get(reader.read(new ByteRange(0, 1_000)));
            }
        }
        assertTrue(server.connectionsSoFar() <= 2, server.connectionsSoFar() + " connections");
    }

    @Test
    void sendsNoMoreRequestsAtOnceThanAllowed() throws Exception {
        byte[] content = noise(100_000, 5);
        server.put("/data/x.h5", content).latency(Duration.ofMillis(20)).together(3);
        try (RangeReader reader = open(HttpOptions.builder().connections(3))) {
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                ranges.add(new ByteRange(i * 1_000L, 1_000));
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int i = 0; i < 30; i++) {
                assertArrayEquals(part(content, ranges.get(i)), get(answers.get(i)));
            }
            assertEquals(3, server.maxRequestsAtOnce());
            assertEquals(3, reader.profile().connections());
        }
    }

    @Test
    void aCallbackThatWaitsForAnotherRangeHoldsNobodyUp() throws Exception {
        server.put("/data/x.h5", noise(1_000, 6));
        try (RangeReader reader = open(HttpOptions.builder().connections(1))) {
            CompletableFuture<byte[]> waits = reader.read(new ByteRange(0, 10))
                    .thenApply(answer -> reader.read(new ByteRange(20, 10)).join());
            assertEquals(10, get(waits).length);
        }
    }

    @Test
    void cancellingGivesUpTheRequestAndItsSlot() throws Exception {
        server.put("/data/x.h5", noise(1_000, 7)).next(ServerFault.stallAfter(10));
        try (RangeReader reader = open(HttpOptions.builder().connections(1))) {
            CompletableFuture<byte[]> stalled = reader.read(new ByteRange(0, 100));
            CompletableFuture<byte[]> behind = reader.read(new ByteRange(100, 100));
            Eventually.holds(() -> server.requests() > 0);
            stalled.cancel(true);
            assertEquals(100, get(behind).length);
        }
    }

    @Test
    void aTimeoutOfTheCallerGivesUpTheRequestToo() throws Exception {
        // By its range: the time may be up before the request is sent.
        server.put("/data/x.h5", noise(1_000, 7))
                .always(request -> request.header("Range").equals(Optional.of("bytes=0-99"))
                        ? ServerFault.slowFirstByte(Duration.ofMinutes(5))
                        : ServerFault.none());
        try (RangeReader reader = open(HttpOptions.builder().connections(1))) {
            CompletableFuture<byte[]> stalled =
                    reader.read(new ByteRange(0, 100)).orTimeout(50, TimeUnit.MILLISECONDS);
            CompletableFuture<byte[]> behind = reader.read(new ByteRange(100, 100));
            assertEquals(100, get(behind).length);
            assertTrue(stalled.isCompletedExceptionally());
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndWhatWaits() throws Exception {
        server.put("/data/x.h5", noise(1_000, 8)).always(request -> ServerFault.stallAfter(10));
        RangeReader reader = open(HttpOptions.builder().connections(1));
        CompletableFuture<byte[]> stalled = reader.read(new ByteRange(0, 100));
        CompletableFuture<byte[]> waiting = reader.read(new ByteRange(100, 100));
        Eventually.holds(() -> server.requests() > 0);
        reader.close();
        failure(Kind.CLOSED, stalled);
        failure(Kind.CLOSED, waiting);
        failure(Kind.CLOSED, reader.read(new ByteRange(0, 1)));
    }

    @Test
    void leavesNoThreadOfItsOwnBehind() throws Exception {
        try (RangeReader reader = open(noise(1_000, 9))) {
            get(reader.read(new ByteRange(0, 100)));
        }
        Eventually.noThread("h5coro-http"::equals);
    }

    @Test
    void sendsTokenAndHeadersAndShowsNeither() throws Exception {
        server.put("/data/x.h5", noise(100, 10));
        HttpOptions.Builder options = HttpOptions.builder().bearerToken("TOKEN").header("X-Api-Key", "KEY");
        try (RangeReader reader = open(options)) {
            get(reader.read(new ByteRange(0, 10)));
            ServedRequest request = server.log().get(0);
            assertEquals(Optional.of("Bearer TOKEN"), request.header("Authorization"));
            assertEquals(Optional.of("KEY"), request.header("X-Api-Key"));
            assertEquals("sig=SECRET", request.query());
            String shown = reader
                    + reader.source()
                    + options.build()
                    + reader.version().orElse("");
            assertFalse(shown.matches(".*(TOKEN|KEY|SECRET).*"), shown);
            assertTrue(reader.source().endsWith("/data/x.h5"), reader.source());
        }
    }

    @Test
    void takesATokenFromTextOptions() throws Exception {
        server.put("/data/x.h5", noise(100, 11));
        for (String key : new String[] {"token", "bearer_token"}) {
            try (RangeReader reader = Storages.open(
                    server.uri("/data/x.h5"), StorageOptions.none().with(key, "T-" + key))) {
                get(reader.read(new ByteRange(0, 10)));
                ServedRequest request = server.log().get(server.requests() - 1);
                assertEquals(Optional.of("Bearer T-" + key), request.header("Authorization"));
            }
        }
    }

    @Test
    void sendsTheUserOfTheUrlAsBasicAuthentication() throws Exception {
        server.put("/x.h5", noise(100, 12));
        String address = server.uri("/x.h5").toString().replace("http://", "http://me:PASS@");
        try (RangeReader reader = Storages.open(address, StorageOptions.none())) {
            get(reader.read(new ByteRange(0, 10)));
            // The text "me:PASS" in base 64.
            assertEquals(Optional.of("Basic bWU6UEFTUw=="), server.log().get(0).header("Authorization"));
            assertFalse(reader.source().contains("PASS"));
        }
    }

    @Test
    void readsThroughManyConnectionsAtOnce() throws Exception {
        byte[] content = noise(4 << 20, 13);
        server.put("/data/x.h5", content).together(16);
        try (RangeReader reader = open(HttpOptions.builder())) {
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                ranges.add(new ByteRange((long) i << 18, 1 << 18));
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int i = 0; i < 16; i++) {
                assertArrayEquals(part(content, ranges.get(i)), get(answers.get(i)));
            }
            assertEquals(16, server.maxRequestsAtOnce());
            assertEquals(16, server.connectionsSoFar());
        }
    }
}
