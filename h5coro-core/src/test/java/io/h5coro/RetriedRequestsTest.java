// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are sent again are counted, and not as requests. */
@Timeout(60)
final class RetriedRequestsTest {
    private static final String DATASET = "/gt1l/heights/h_ph";

    private static H5Coro open(FaultyHttpServer server, int retries) {
        HttpOptions http = HttpOptions.builder()
                .retries(retries)
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
        return H5Coro.open(
                server.uri("/x.h5").toString(),
                ReadOptions.builder()
                        .hedgeAfter(Duration.ZERO)
                        .firstReadBytes(4 << 10)
                        .build(),
                StorageOptions.none().with(HttpOptions.class, http));
    }

    @Test
    void refusedAndBrokenRequestsAreCountedOfMetadataAndOfData() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x.h5", Fixtures.bytes("sample_granule"))) {
            server.next(ServerFault.status(503), ServerFault.status(503));
            try (H5Coro file = open(server, 7)) {
                assertEquals(2, file.statistics().retries());
                assertTrue(file.dataset(DATASET).shape().elementCount() > 0);
                server.next(ServerFault.resetAfter(100));
                ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of(DATASET)));
                promise.get(DATASET);
                promise.await();
                assertEquals(1, promise.statistics().retries());
                assertTrue(promise.statistics().toString().contains(" 1 retries"));
                ReadStatistics all = file.statistics();
                assertEquals(3, all.retries());
                assertEquals(server.requests(), all.requests() + all.retries());
            }
        }
    }

    /** The storage gives up at once; what reads data asks once more, and counts that as a request of its own. */
    @Test
    void whatTheStorageHadGivenUpIsCounted() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x.h5", Fixtures.bytes("sample_granule"));
                H5Coro file = open(server, 0)) {
            assertTrue(
                    file.explain(List.of(DatasetRequest.of(DATASET))).datasets().size() == 1);
            server.next(ServerFault.status(503));
            file.read(DATASET);
            ReadStatistics all = file.statistics();
            assertEquals(1, all.retries());
            assertEquals(server.requests(), all.requests());
        }
    }
}
