// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guesses that go to a web server, which knows no sibling: what it refuses and what is not there. */
@Timeout(120)
final class SiblingHttpTest {
    @TempDir
    Path temp;

    private FaultyHttpServer server;
    private ReadOptions options;

    @BeforeEach
    void start() throws IOException {
        server = FaultyHttpServer.start();
        // So small that metadata of the fixture stand behind the first request.
        options = ReadOptions.builder()
                .blockBytes(4096)
                .firstReadBytes(4096)
                .indexCache(IndexCache.at(temp.resolve("index")))
                .hedgeAfter(Duration.ZERO)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static List<DatasetRequest> requests() {
        return Stream.of("delta_time", "lat_ph", "h_ph")
                .map(name -> DatasetRequest.parse("/gt1l/heights/" + name + "[100:200]"))
                .toList();
    }

    /** Reads a granule; gives the waves that it took. */
    private int read(String path) throws Exception {
        try (WaveRangeReader reader =
                        new WaveRangeReader(Storages.open(server.uri(path).toString(), StorageOptions.none()));
                H5Coro file = H5Coro.open(reader, options);
                H5Coro local = H5Coro.open(Fixtures.path("sample_granule"))) {
            ReadPromise promise = file.readDatasets(requests());
            for (DatasetRequest request : requests()) {
                assertEquals(PublicCalls.text(local.read(request)), PublicCalls.text(promise.get(request.name())));
            }
            return reader.waves();
        }
    }

    @Test
    void aSiblingSavesWaves() throws Exception {
        server.put("/g_1000.h5", Fixtures.bytes("sample_granule"));
        server.put("/g_1001.h5", Fixtures.bytes("sample_granule"));
        int cold = read("/g_1000.h5");
        server.put("/g_1002.h5", Fixtures.bytes("sample_granule"));
        int second = read("/g_1001.h5");
        int third = read("/g_1002.h5");
        assertTrue(cold > 3 && second < cold && third <= second && third >= 2, cold + ", " + second + ", " + third);
    }

    /** A request that begins behind the end of the object is answered with an error, which nobody waits for. */
    @Test
    void guessesBehindTheEndOfAFileAreNoFailure() throws Exception {
        server.put("/g_1000.h5", Fixtures.bytes("sample_granule"));
        server.put("/g_1001.h5", Fixtures.bytes("superblock_v0"));
        int cold = read("/g_1000.h5");
        assertTrue(cold > 3, cold + " waves");
        try (H5Coro file = H5Coro.open(server.uri("/g_1001.h5").toString(), options);
                H5Coro local = H5Coro.open(Fixtures.path("superblock_v0"))) {
            for (String name : local.list("/").variables().keySet()) {
                assertEquals(PublicCalls.text(local.read(name)), PublicCalls.text(file.read(name)), name);
            }
        }
    }

    @Test
    void aSiblingThatIsNotThereIsNotFound() throws Exception {
        server.put("/g_1000.h5", Fixtures.bytes("sample_granule"));
        int unused = read("/g_1000.h5");
        assertThrows(
                NotFoundException.class,
                () -> H5Coro.open(server.uri("/g_1002.h5").toString(), options).close());
    }
}
