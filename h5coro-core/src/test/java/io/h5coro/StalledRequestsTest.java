// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.call.Deadline;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.storage.machine.Machine;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests over HTTP that stand still: the time-out is an hour, and nothing here waits for it. A busy machine is late
 * with other requests, too, and those are rightly sent again; so the log says which were.
 */
@Timeout(60)
final class StalledRequestsTest {
    private static final String DATASET = "/gt1l/heights/h_ph";
    private static final String OTHER = "/gt1l/heights/lat_ph";
    private static final String THIRD = "/gt1l/heights/lon_ph";

    private static final ReadOptions EARLY = ReadOptions.builder()
            .hedgeAfter(Duration.ofSeconds(1))
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
        HttpOptions own =
                HttpOptions.builder().attemptTimeout(Duration.ofHours(1)).build();
        return H5Coro.open(
                server.uri("/x.h5").toString(), options, StorageOptions.none().with(HttpOptions.class, own));
    }

    /** The ranges that were asked for twice; none was more often. */
    private Set<String> askedTwice() {
        Map<String, Integer> times = new HashMap<>();
        server.log().forEach(request -> times.merge(range(request), 1, Integer::sum));
        assertTrue(times.values().stream().allMatch(n -> n <= 2), times::toString);
        times.values().removeIf(n -> n < 2);
        return times.keySet();
    }

    private static String range(ServedRequest request) {
        return request.header("Range").orElse("");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void oneOfMetadataIsAnsweredByASecondOne(int bytes) {
        AtomicInteger first = new AtomicInteger();
        server.always(request -> range(request).startsWith("bytes=0-") && first.getAndIncrement() == 0
                ? ServerFault.stallAfter(bytes)
                : ServerFault.none());
        try (H5Coro file = open(EARLY)) {
            assertEquals(0, file.info().superblockVersion());
            assertTrue(askedTwice().contains("bytes=0-8191"), server.log()::toString);
            ReadStatistics told = file.statistics();
            assertTrue(told.hedgedRequests() >= 1, told::toString);
            int second = server.requests() - (int) told.requests();
            assertTrue(second >= 1 && second <= told.hedgedRequests(), server.log()::toString);
        }
    }

    @Test
    void someOfDataAreAnsweredBySecondOnes() {
        try (H5Coro file = open(EARLY)) {
            assertTrue(file.dataset(DATASET).shape().elementCount() > 0);
            Set<String> stalled = new HashSet<>();
            server.clearLog();
            server.always(
                    request -> stalls(stalled, range(request)) ? ServerFault.stallAfter(1_000) : ServerFault.none());
            ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of(DATASET)));
            assertEquals(expected(), CanonicalBytes.sha256(promise.get(DATASET), r -> "", r -> 0));
            assertEquals(3, stalled.size());
            assertTrue(askedTwice().containsAll(stalled), () -> stalled + " of " + server.log());
            long hedged = promise.statistics().hedgedRequests();
            assertTrue(hedged >= askedTwice().size(), () -> hedged + " for " + server.log());
            assertTrue(promise.statistics().toString().contains(" " + hedged + " hedged requests"));
        }
    }

    /** Whether a request is the first for one of the first three ranges. */
    private static boolean stalls(Set<String> stalled, String range) {
        synchronized (stalled) {
            return stalled.size() < 3 && stalled.add(range);
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
        // A second passes when the member is asked for.
        Deadline deadline = Deadline.after(
                Machine.ofThisProcess(),
                () -> server.log().stream().anyMatch(request -> request.path().endsWith("4.h5"))
                        ? Duration.ofSeconds(1).toNanos()
                        : 0,
                Duration.ofSeconds(1),
                () -> null);
        ReadAbortedException late = assertThrows(
                ReadAbortedException.class, () -> deadline.during(() -> H5Coro.open(location, ReadOptions.defaults())));
        assertTrue(late.getMessage().contains("deadline of PT1S"), late.getMessage());
    }

    @Test
    void aServerThatIsWellIsAskedOnce() {
        ReadOptions late = ReadOptions.builder().hedgeAfter(Duration.ofHours(1)).build();
        try (H5Coro file = open(late)) {
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
        long before = file.statistics().hedgedRequests();
        server.always(request -> ServerFault.stallAfter(0));
        ReadPromise promise = file.readDatasets(
                List.of(DatasetRequest.of(DATASET), DatasetRequest.of(OTHER), DatasetRequest.of(THIRD)));
        Eventually.holds(() -> file.statistics().hedgedRequests() >= 4);
        assertTrue(file.statistics().hedgedRequests() - before <= 4, server.log()::toString);
        file.close();
        assertThrows(ReadAbortedException.class, () -> promise.get(DATASET));
        assertTrue(file.statistics().hedgedRequests() - before <= 4, server.log()::toString);
        Eventually.noThread("h5coro-hedge"::equals);
        Eventually.holds(() -> {
            // Before Java 21 idle connections end with the client that nobody has any more.
            System.gc();
            return server.openConnections() == 0;
        });
    }
}
