// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP that stand still: the time-out is 30 s, and nothing here waits for it. */
@Timeout(25)
final class StalledRequestsTest {
    private static final String DATASET = "/gt1l/heights/h_ph";
    private static final String OTHER = "/gt1l/heights/lat_ph";
    private static final String THIRD = "/gt1l/heights/lon_ph";

    private static final ReadOptions EARLY = ReadOptions.builder()
            .hedgeAfter(Duration.ofMillis(200))
            .firstReadBytes(16 << 10)
            .blockBytes(4 << 10)
            .maxRequestBytes(8 << 10)
            .build();

    private FaultyHttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultyHttpServer.start().put("/x.h5", Fixtures.bytes("sample_granule"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private H5Coro open(ReadOptions options) {
        HttpOptions own = HttpOptions.builder().build();
        return H5Coro.open(
                server.uri("/x.h5").toString(), options, StorageOptions.none().with(HttpOptions.class, own));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void oneOfMetadataIsAnsweredByASecondOne(int bytes) {
        AtomicInteger first = new AtomicInteger();
        server.always(
                request -> request.header("Range").orElse("").startsWith("bytes=0-") && first.getAndIncrement() == 0
                        ? ServerFault.stallAfter(bytes)
                        : ServerFault.none());
        try (H5Coro file = open(EARLY)) {
            assertEquals(0, file.info().superblockVersion());
            assertEquals(1, file.statistics().hedgedRequests(), server.log().toString());
            assertEquals(file.statistics().requests() + 1, server.requests());
        }
    }

    @Test
    void someOfDataAreAnsweredBySecondOnes() {
        try (H5Coro file = open(EARLY)) {
            assertTrue(file.dataset(DATASET).shape().elementCount() > 0);
            Set<String> stalled = ConcurrentHashMap.newKeySet();
            server.always(request ->
                    stalled.size() < 3 && stalled.add(request.header("Range").orElse(""))
                            ? ServerFault.stallAfter(1_000)
                            : ServerFault.none());
            ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of(DATASET)));
            assertEquals(expected(), CanonicalBytes.sha256(promise.get(DATASET), r -> "", r -> 0));
            assertEquals(3, promise.statistics().hedgedRequests());
            assertTrue(promise.statistics().toString().contains(" 3 hedged requests"));
        }
    }

    private static String expected() {
        return Fixtures.expected("sample_granule").object(DATASET).sha256();
    }

    @Test
    void aMemberOfAFileThatStandsStillIsAwaitedUntilTheDeadline() {
        for (int i = 0; i < 5; i++) {
            server.put("/family_0000" + i + ".h5", Fixtures.bytes("family_0000" + i));
        }
        server.always(request -> request.path().endsWith("4.h5") ? ServerFault.stallAfter(0) : ServerFault.none());
        String location = server.uri("/").toString() + "family_%05d.h5";
        ReadOptions soon =
                ReadOptions.builder().deadline(Duration.ofMillis(700)).build();
        assertThrows(ReadAbortedException.class, () -> H5Coro.open(location, soon));
        assertTrue(server.log().get(server.requests() - 1).path().endsWith("4.h5"));
    }

    @Test
    void aServerThatIsWellIsAskedOnce() {
        try (H5Coro file = open(ReadOptions.defaults())) {
            file.read(DATASET);
            assertEquals(0, file.statistics().hedgedRequests());
            assertEquals(file.statistics().requests(), server.requests());
        }
    }

    @Test
    void whereAllStandStillSecondOnesAreFewAndCloseEndsThem() throws Exception {
        H5Coro file = open(EARLY);
        List.of(DATASET, OTHER, THIRD)
                .forEach(path -> assertTrue(file.dataset(path).shape().elementCount() > 0));
        server.clearLog();
        server.always(request -> ServerFault.stallAfter(0));
        ReadPromise promise = file.readDatasets(
                List.of(DatasetRequest.of(DATASET), DatasetRequest.of(OTHER), DatasetRequest.of(THIRD)));
        Eventually.holds(() -> file.statistics().hedgedRequests() >= 4);
        assertEquals(4, file.statistics().hedgedRequests(), server.log().toString());
        file.close();
        assertThrows(ReadAbortedException.class, () -> promise.get(DATASET));
        assertEquals(4, file.statistics().hedgedRequests());
        Eventually.noThread("h5coro-hedge"::equals);
        Eventually.holds(() -> {
            // Before Java 21 idle connections end with the client that nobody has any more.
            System.gc();
            return server.openConnections() == 0;
        });
    }
}
