// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DataCache;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FloatArray;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locations that renew themselves: what reading them costs, who is asked how often, and what caches know them by. */
@Timeout(120)
final class SignedLocationsTest {
    private static final List<DatasetRequest> HEIGHTS = List.of(DatasetRequest.of("/gt1l/heights/h_ph"));

    @TempDir
    Path temp;

    private FaultyHttpServer server;

    /** How often each location was signed. */
    private final Map<String, AtomicInteger> signatures = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = FaultyHttpServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private int signed(String location) {
        return signatures.computeIfAbsent(location, any -> new AtomicInteger()).incrementAndGet();
    }

    /** The object below /store/ of that name, with a signature that counts. */
    private URI sign(String location) {
        String name = location.substring(location.lastIndexOf('/') + 1);
        return server.uri("/store/" + name + "?sig=SECRET" + signed(location));
    }

    private StorageOptions storage() {
        return StorageOptions.none().with(SignedUrls.class, SignedUrls.by(this::sign));
    }

    private static ReadOptions.Builder small() {
        return ReadOptions.builder().firstReadBytes(4096).blockBytes(512);
    }

    private FaultyHttpServer granule(String name) {
        return server.put("/store/" + name, Fixtures.bytes("sample_granule"));
    }

    private static float[] heights(H5Coro file) {
        return ((FloatArray) file.read("/gt1l/heights/h_ph")).values();
    }

    private float[] unsigned() {
        server.put("/plain.h5", Fixtures.bytes("sample_granule"));
        try (H5Coro file = H5Coro.open(server.uri("/plain.h5").toString(), small().build(), StorageOptions.none())) {
            return heights(file);
        }
    }

    @Test
    void aLocationOfAnySchemeIsSignedOnceAndReadWithTheRequestsOfAnAddress() {
        granule("a.h5");
        float[] expected = unsigned();
        int requests = server.requests();
        assertTrue(requests > 2, requests + " requests");
        server.clearLog();
        try (H5Coro file = H5Coro.open("s3://bucket/a.h5", small().build(), storage())) {
            assertArrayEquals(expected, heights(file));
            assertEquals("s3://bucket/a.h5", file.info().source());
        }
        assertEquals(requests, server.requests());
        assertEquals(1, signatures.get("s3://bucket/a.h5").get());
        assertTrue(server.log().stream().allMatch(request -> request.query().equals("sig=SECRET1")));
    }

    /** Refuses what was signed first once the object was asked for so often. */
    private ServerFault expires(ServedRequest request, int after) {
        return request.query().equals("sig=SECRET1") && server.requests() > after
                ? ServerFault.status(403)
                : ServerFault.none();
    }

    @Test
    void aUrlThatIsRefusedIsSignedOnceMoreForAllRequestsUnderWay() {
        granule("a.h5").always(request -> expires(request, 4));
        try (H5Coro file = H5Coro.open("s3://bucket/a.h5", small().build(), storage())) {
            List<DatasetRequest> beam = Stream.of("delta_time", "lat_ph", "lon_ph", "h_ph", "signal_conf_ph")
                    .map(name -> DatasetRequest.of("/gt1l/heights/" + name))
                    .toList();
            ReadPromise promise = file.readDatasets(beam);
            beam.forEach(request -> promise.get(request.name()));
            assertArrayEquals(unsigned(), ((FloatArray) promise.get("/gt1l/heights/h_ph")).values());
        }
        assertEquals(2, signatures.get("s3://bucket/a.h5").get());
    }

    @Test
    void aSeriesTakesSuppliersThatRenewThemselves() {
        granule("a.h5");
        granule("b.h5");
        Map<String, Supplier<URI>> suppliers = new LinkedHashMap<>();
        for (String location : List.of("granule://a.h5", "granule://b.h5")) {
            suppliers.put(location, () -> sign(location));
        }
        AtomicInteger ofA = new AtomicInteger();
        server.always(request -> request.path().equals("/store/a.h5") && ofA.incrementAndGet() > 2
                ? expires(request, 0)
                : ServerFault.none());
        float[] expected = unsigned();
        List<String> seen = new ArrayList<>();
        FileSeries.Options options = FileSeries.Options.defaults()
                .withRead(small().build())
                .withStorage(StorageOptions.none().with(SignedUrls.class, SignedUrls.of(suppliers)));
        try (FileSeries series = H5Coro.series(List.copyOf(suppliers.keySet()), HEIGHTS, options)) {
            for (FileSeries.Entry entry : series) {
                seen.add(entry.location());
                assertArrayEquals(expected, ((FloatArray) entry.get("/gt1l/heights/h_ph")).values());
            }
            assertEquals(14_000, series.concat("/gt1l/heights/h_ph").shape().dimension(0));
        }
        assertEquals(List.of("granule://a.h5", "granule://b.h5"), seen);
        assertEquals(2, signatures.get("granule://a.h5").get(), "concat uses what the iteration has signed");
        assertEquals(1, signatures.get("granule://b.h5").get());
    }

    @Test
    void aSignerThatFailsFailsItsFileAlone() {
        granule("b.h5");
        SignedUrls signed = SignedUrls.by(location -> {
            if (location.endsWith("a.h5")) {
                throw new StorageException(StorageException.Kind.ACCESS_DENIED, location + ": no right to it");
            }
            return sign(location);
        });
        FileSeries.Options options =
                FileSeries.Options.defaults().withStorage(StorageOptions.none().with(SignedUrls.class, signed));
        List<String> messages = new ArrayList<>();
        try (FileSeries series = H5Coro.series(List.of("s3://x/a.h5", "s3://x/b.h5"), HEIGHTS, options)) {
            for (FileSeries.Entry entry : series) {
                messages.add(entry.failure().map(Throwable::getMessage).orElse("fine"));
            }
        }
        assertEquals(List.of("s3://x/a.h5: no right to it", "fine"), messages);
    }

    /** The second time, in another process, with another signature: one request confirms the version. */
    @Test
    void cachesOnDiskKnowAnObjectByItsLocationWhateverItsSignature() throws IOException {
        granule("a.h5");
        float[] expected = unsigned();
        for (int i = 0; i < 2; i++) {
            server.clearLog();
            ReadOptions caches = small().indexCache(IndexCache.at(temp.resolve("index")))
                    .dataCache(DataCache.at(temp.resolve("data"), 64L << 20))
                    .build();
            try (H5Coro file = H5Coro.open("s3://bucket/a.h5", caches, storage())) {
                assertArrayEquals(expected, heights(file));
            }
        }
        assertEquals(1, server.requests());
        assertEquals(2, signatures.get("s3://bucket/a.h5").get());
        try (Stream<Path> all = Files.walk(temp)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String text = path.getFileName() + Files.readString(path, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("SECRET") || text.contains("bucket"), text);
            }
        }
    }

    @Test
    void withAnIndexCacheAFileIsOpenedWithoutASignature() {
        granule("a.h5");
        for (int i = 0; i < 2; i++) {
            signatures.clear();
            ReadOptions index =
                    small().indexCache(IndexCache.at(temp.resolve("index"))).build();
            try (H5Coro file = H5Coro.open("s3://bucket/a.h5", index, storage())) {
                if (i == 0) {
                    file.read("/gt1l/heights/h_ph");
                }
                assertEquals(i == 0, signatures.containsKey("s3://bucket/a.h5"));
            }
        }
    }

    @Test
    void filesThatAFileNamesAreSignedToo() {
        for (String name : List.of("external_links_v110", "virtual_sources")) {
            server.put("/store/" + name + ".h5", Fixtures.bytes(name));
        }
        // The last one is hidden but for its scheme: files must not be taken for one another for that.
        for (String folder : List.of("s3://bucket/dir/", "granule://dir/", "granule://me@dir/")) {
            try (H5Coro file = H5Coro.open(folder + "external_links_v110.h5", ReadOptions.defaults(), storage())) {
                assertEquals(30, file.read("/to_dataset").length());
            }
            assertEquals(1, signatures.get(folder + "virtual_sources.h5").get());
        }
    }

    @Test
    void pathsAreReadFromDisk() throws IOException {
        Path local = temp.resolve("a.h5");
        Files.write(local, Fixtures.bytes("sample_granule"));
        for (String location : List.of(local.toString(), local.toUri().toString(), "file:" + local)) {
            try (H5Coro file = H5Coro.open(location, ReadOptions.defaults(), storage())) {
                assertEquals(7_000, file.dataset("/gt1l/heights/h_ph").shape().dimension(0));
            }
        }
        assertTrue(signatures.isEmpty());
    }

    @Test
    void whatIsNoAddressOnTheWebIsRefusedAndNotRepeated() {
        for (String given : List.of("ftp://SECRET/x", "SECRET", "file:/SECRET", "http:/SECRET")) {
            SignedUrls signed = SignedUrls.by(location -> URI.create(given));
            StorageFailureException failure = assertThrows(
                    StorageFailureException.class,
                    () -> H5Coro.open(
                            "s3://b/a.h5",
                            ReadOptions.defaults(),
                            StorageOptions.none().with(SignedUrls.class, signed)));
            assertEquals(StorageException.Kind.ACCESS_DENIED, failure.kind());
            assertEquals("s3://b/a.h5: its signer gives no http or https URL", failure.getMessage());
        }
    }

    @Test
    void twoWaysToRenewUrlsAreRefused() {
        HttpOptions http =
                HttpOptions.builder().renewedUrl(() -> server.uri("/x")).build();
        StorageFailureException failure = assertThrows(
                StorageFailureException.class,
                () -> H5Coro.open(
                        "s3://b/a.h5", ReadOptions.defaults(), storage().with(HttpOptions.class, http)));
        assertEquals(StorageException.Kind.INVALID, failure.kind());
        assertInstanceOf(StorageException.class, failure.getCause());
    }
}
