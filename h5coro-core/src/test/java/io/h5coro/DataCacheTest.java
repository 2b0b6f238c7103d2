// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DataCache;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What data cost that are read again with a data cache, and that a changed object is noticed. */
final class DataCacheTest {
    private static final long BUDGET = 64L << 20;

    @TempDir
    Path temp;

    private FaultyHttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FaultyHttpServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Path data() {
        return temp.resolve("data");
    }

    /** New objects each time, as another process has them; data do not come along with metadata. */
    private ReadOptions.Builder both() {
        return apart().indexCache(IndexCache.at(temp.resolve("index"))).dataCache(DataCache.at(data(), BUDGET));
    }

    private ReadOptions.Builder dataOnly() {
        return apart().dataCache(DataCache.at(data(), BUDGET));
    }

    private static ReadOptions.Builder apart() {
        return ReadOptions.builder().firstReadBytes(4096).blockBytes(512);
    }

    private static List<DatasetRequest> beam() {
        return Stream.of("delta_time", "lat_ph", "lon_ph", "h_ph", "signal_conf_ph", "quality_ph")
                .map(name -> DatasetRequest.of("/gt1l/heights/" + name))
                .toList();
    }

    /** What one opening of the object gave and cost. */
    private record Run(List<String> values, ReadStatistics cost, int requests) {}

    private Run run(String path, ReadOptions.Builder options, List<DatasetRequest> requests) {
        server.clearLog();
        try (H5Coro file = H5Coro.open(server.uri(path).toString(), options.build())) {
            ReadPromise promise = file.readDatasets(requests);
            List<String> values = promise.names().stream()
                    .map(name -> PublicCalls.text(promise.get(name)))
                    .toList();
            return new Run(values, file.statistics(), server.requests());
        }
    }

    /** Every dataset of a file, read one by one, as text. */
    private static void readAll(H5Coro file, String group, List<String> values) {
        Listing listing = file.list(group);
        listing.variables().forEach((name, dataset) -> values.add(name + PublicCalls.text(dataset.read())));
        for (String name : listing.groups()) {
            readAll(file, (group.equals("/") ? "/" : group + "/") + name, values);
        }
    }

    @Test
    void readingTheSameAgainCostsOneRequestThatConfirmsTheVersion() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        Run first = run("/a.h5", both(), beam());
        Run second = run("/a.h5", both(), beam());
        assertEquals(first.values, second.values);
        assertTrue(first.cost.requests() - first.cost.metadataRequests() >= 1, first.cost.toString());
        assertEquals(0, first.cost.dataCacheHits());
        assertEquals(1, second.requests, second.cost.toString());
        assertEquals("bytes=0-0", server.log().get(0).header("Range").orElseThrow());
        assertEquals(1, second.cost.requests());
        assertEquals(second.cost.bytesWanted(), second.cost.dataCacheBytes());
        assertTrue(second.cost.dataCacheHits() >= 6, second.cost.toString());
        assertEquals(first.cost.chunks(), second.cost.chunks());
    }

    @Test
    void dataThatCameAlongWithMetadataAreThereAgainToo() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        List<List<String>> values = new ArrayList<>();
        List<Integer> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            server.clearLog();
            ReadOptions options = both().firstReadBytes(1 << 20).build();
            try (H5Coro file = H5Coro.open(server.uri("/a.h5").toString(), options)) {
                List<String> all = new ArrayList<>();
                readAll(file, "/", all);
                values.add(all);
                requests.add(server.requests());
            }
        }
        assertEquals(List.of(1, 1, 1), requests);
        assertEquals("bytes=0-0", server.log().get(0).header("Range").orElseThrow());
        assertTrue(values.get(0).size() > 40, values.get(0)::toString);
        assertEquals(values.get(0), values.get(1));
        assertEquals(values.get(0), values.get(2));
    }

    @Test
    void datasetsReadOneByOneAreThereAgain() {
        for (String name : List.of("sample_granule", "chunk_indexes_v110", "filters_earliest", "attributes_v18")) {
            server.put("/" + name, Fixtures.bytes(name));
            List<List<String>> values = new ArrayList<>();
            List<Integer> requests = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                server.clearLog();
                try (H5Coro file = H5Coro.open(server.uri("/" + name).toString(), both().build())) {
                    List<String> all = new ArrayList<>();
                    readAll(file, "/", all);
                    values.add(all);
                    requests.add(server.requests());
                }
            }
            assertEquals(values.get(0), values.get(1));
            assertTrue(requests.get(0) > 1, name + requests);
            assertEquals(1, requests.get(1), name + server.log());
        }
    }
}
