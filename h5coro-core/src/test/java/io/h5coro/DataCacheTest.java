// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DataCache;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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

    @Test
    void aPlanSaysWhatIsHere() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        run("/a.h5", both(), beam());
        try (H5Coro file = H5Coro.open(server.uri("/a.h5").toString(), both().build())) {
            ReadPlan plan = file.explain(beam());
            assertEquals(0, plan.requestCount());
            assertEquals(0, plan.bytesWanted());
            assertTrue(plan.bytesCached() > 100_000, plan.toString());
        }
    }

    @Test
    void withoutAnIndexCacheOnlyMetadataAreFetched() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        Run first = run("/a.h5", dataOnly(), beam());
        Run second = run("/a.h5", dataOnly(), beam());
        assertEquals(first.values, second.values);
        assertEquals(second.cost.metadataRequests(), second.requests);
        assertTrue(first.cost.requests() > first.cost.metadataRequests(), first.cost.toString());
        assertTrue(second.cost.dataCacheBytes() > 50_000, second.cost.toString());
    }

    /** Replaces a number, little-endian, wherever it stands. */
    private static void replace(byte[] bytes, double old, double with) {
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (int i = 0; i + 8 <= bytes.length; i++) {
            if (all.getDouble(i) == old) {
                all.putDouble(i, with);
                count++;
            }
        }
        assertTrue(count > 0, "the old value is there");
    }

    @Test
    void aChangedObjectIsNeverAnsweredFromWhatIsKept() {
        byte[] granule = Fixtures.bytes("sample_granule");
        for (boolean withIndex : List.of(true, false)) {
            server.put("/a.h5", granule);
            DatasetRequest plain = DatasetRequest.of("/ancillary_data/atlas_sdp_gps_epoch");
            Run old = run("/a.h5", withIndex ? both() : dataOnly(), List.of(plain));
            byte[] changed = granule.clone();
            replace(changed, 1198800018.0, 7.5);
            server.put("/a.h5", changed);
            Run now = run("/a.h5", withIndex ? both() : dataOnly(), List.of(plain));
            Run fresh = run("/a.h5", apart(), List.of(plain));
            assertEquals(fresh.values, now.values);
            assertFalse(old.values.equals(now.values), "another value");
            assertEquals(0, now.cost.dataCacheHits());
            Run again = run("/a.h5", withIndex ? both() : dataOnly(), List.of(plain));
            assertEquals(now.values, again.values);
            // Without an index cache this value comes with metadata.
            assertEquals(withIndex ? 1 : 0, again.cost.dataCacheHits());
        }
    }

    @Test
    void anObjectThatChangesUnderAnOpenFileIsAFailureAsWithoutACache() {
        byte[] granule = Fixtures.bytes("sample_granule");
        server.put("/a.h5", granule);
        run("/a.h5", dataOnly(), List.of(DatasetRequest.of("/gt1l/heights/h_ph")));
        try (H5Coro file =
                H5Coro.open(server.uri("/a.h5").toString(), dataOnly().build())) {
            assertTrue(file.read("/gt1l/heights/h_ph").length() > 0);
            byte[] changed = granule.clone();
            changed[changed.length - 1] ^= 1;
            server.put("/a.h5", changed);
            assertTrue(file.read("/gt1l/heights/h_ph[0:10]").length() > 0, "of the version that was opened");
            assertThrows(ObjectChangedException.class, () -> file.read("/gt1l/heights/lat_ph"));
        }
    }

    @Test
    void nothingIsKeptWithoutAStrongVersion() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        server.always(request -> ServerFault.header("ETag", "W/\"weak\""));
        run("/a.h5", both(), beam());
        Run again = run("/a.h5", both(), beam());
        assertTrue(again.requests > 1);
        assertFalse(Files.exists(data()));
    }

    @Test
    void aRenewedSignatureIsTheSameObjectAndNothingOfItIsInTheFolder() throws IOException {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        String location = server.uri("/a.h5?X-Amz-Signature=s3cr3t&X-Amz-Credential=t0ken")
                .toString()
                .replace("http://", "http://user:passw0rd@");
        for (int i = 0; i < 2; i++) {
            server.clearLog();
            String renewed = i == 0 ? location : location.replace("s3cr3t", "another");
            try (H5Coro file = H5Coro.open(renewed, both().build())) {
                file.readDatasets(beam()).await();
            }
        }
        assertEquals(1, server.requests());
        int files = 0;
        try (Stream<Path> all = Files.walk(data())) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String text = path.getFileName().toString();
                if (Files.isRegularFile(path)) {
                    files++;
                    text += Files.readString(path, StandardCharsets.ISO_8859_1);
                }
                for (String secret : List.of("s3cr3t", "t0ken", "passw0rd", "user:", "Amz", "127.0.0.1", "/a.h5")) {
                    assertFalse(text.contains(secret), secret);
                }
            }
        }
        assertTrue(files > 0);
        server.put("/b.h5", Fixtures.bytes("sample_granule"));
        try (H5Coro file = H5Coro.open(server.uri("/b.h5?id=7").toString(), both().build())) {
            file.readDatasets(beam()).await();
            assertEquals(0, file.statistics().dataCacheHits());
        }
        assertEquals(files, entries(), "of an address whose query may choose the object nothing is kept");
    }

    private int entries() {
        if (!Files.exists(data())) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(data())) {
            return (int) all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anObjectThatIsForgottenIsFetchedAgainAndOthersAreNot() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        server.put("/b.h5", Fixtures.bytes("sample_granule"));
        Run a = run("/a.h5", both(), beam());
        int ofOne = entries();
        run("/b.h5", both(), beam());
        server.clearLog();
        H5Coro.forget(server.uri("/a.h5").toString(), both().build(), StorageOptions.none());
        assertEquals(0, server.requests());
        assertEquals(ofOne, entries());
        assertEquals(1, run("/b.h5", both(), beam()).requests);
        Run again = run("/a.h5", both(), beam());
        assertEquals(a.values, again.values);
        assertEquals(0, again.cost.dataCacheHits());
        H5Coro.forget(server.uri("/a.h5").toString(), ReadOptions.defaults(), StorageOptions.none());
        assertThrows(
                StorageFailureException.class,
                () -> H5Coro.forget("nosuch://host/a.h5", both().build(), StorageOptions.none()));
    }

    @Test
    void anOpenFileWhoseDataAreForgottenGoesOn() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        Run first = run("/a.h5", both(), beam());
        try (H5Coro file = H5Coro.open(
                server.uri("/a.h5").toString(), both().chunkCacheBytes(0).build())) {
            file.readDatasets(beam()).await();
            H5Coro.forget(server.uri("/a.h5").toString(), both().build(), StorageOptions.none());
            ReadPromise promise = file.readDatasets(beam());
            assertEquals(
                    first.values,
                    promise.names().stream()
                            .map(name -> PublicCalls.text(promise.get(name)))
                            .toList());
        }
    }

    /** Sources of virtual datasets are files of their own. */
    @Test
    void filesThatAFileNamesAreKeptTooWithOneRequestForEach() {
        server.put("/d/virtual.h5", Fixtures.bytes("virtual_v110"));
        server.put("/d/virtual_sources.h5", Fixtures.bytes("virtual_sources"));
        List<TreeMap<String, String>> values = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            server.clearLog();
            TreeMap<String, String> all = new TreeMap<>();
            try (H5Coro file = H5Coro.open(server.uri("/d/virtual.h5").toString(), both().build())) {
                for (String name : file.list("/").variables().keySet()) {
                    try {
                        all.put(name, PublicCalls.text(file.read(name)));
                    } catch (H5Exception e) {
                        all.put(name, e.getClass().getSimpleName());
                    }
                }
                assertEquals(i == 0, file.statistics().dataCacheHits() == 0);
            }
            values.add(all);
        }
        assertTrue(values.get(0).size() > 5, values.get(0)::toString);
        assertEquals(values.get(0), values.get(1));
        for (String path : List.of("/d/virtual.h5", "/d/virtual_sources.h5")) {
            List<String> ranges = server.log().stream()
                    .filter(request -> request.path().equals(path))
                    .map(request -> request.header("Range").orElse(""))
                    .toList();
            assertEquals(List.of("bytes=0-0"), ranges, path);
        }
    }
}
