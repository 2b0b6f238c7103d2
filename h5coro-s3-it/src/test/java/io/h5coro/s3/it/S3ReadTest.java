// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.CanonicalBytes;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DataCache;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.s3.S3Options;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.ExpectedSlice;
import io.h5coro.testdata.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

/** HDF5 files in a real S3 store, read from end to end. */
@ExtendWith(S3ServerExtension.class)
@Timeout(300)
class S3ReadTest {
    private static final String GRANULE = "sample_granule";
    private static final String HEIGHTS = "/gt1l/heights/h_ph";

    private static S3TestServer server;
    private static ScratchBucket bucket;
    private static StorageOptions options;

    /** The fixtures are small: with these, data and metadata come in many ranges instead of with the first. */
    private static final ReadOptions PIECEWISE = ReadOptions.builder()
            .firstReadBytes(4_096)
            .blockBytes(4_096)
            .gapBytes(0)
            .maxRequestBytes(16_384)
            .build();

    @BeforeAll
    static void start(S3TestServer started) {
        server = started;
        bucket = new ScratchBucket(server);
        options = StorageOptions.none().withAll(server.properties());
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    private static String put(String fixture) {
        return bucket.put(fixture + ".h5", Fixtures.bytes(fixture));
    }

    private static H5Coro open(String location) {
        return H5Coro.open(location, ReadOptions.defaults(), options);
    }

    /** Each fixture in one call: all datasets whole, and all slices that libhdf5 was asked for. */
    @TestFactory
    Stream<DynamicTest> hasTheValuesThatLibhdf5Reads() {
        return Stream.of(
                        GRANULE,
                        "numbers_earliest",
                        "numbers_v200",
                        "strings_v18",
                        "compounds_v200",
                        "chunk_indexes_earliest",
                        "chunk_indexes_v110",
                        "chunk_indexes_v200",
                        "dataspaces_v18",
                        "groups_v200")
                .flatMap(name -> Stream.of(
                        DynamicTest.dynamicTest(name, () -> check(name, ReadOptions.defaults())),
                        DynamicTest.dynamicTest(name + ", piecewise", () -> check(name, PIECEWISE))));
    }

    private static void check(String name, ReadOptions reading) {
        Map<DatasetRequest, String> hashes = new LinkedHashMap<>();
        for (ExpectedObject object : Fixtures.expected(name).datasets()) {
            if (!object.sha256().isEmpty()) {
                hashes.put(DatasetRequest.of(object.path()), object.sha256());
            }
            for (ExpectedSlice slice : object.slices()) {
                hashes.put(DatasetRequest.parse(object.path() + slice.selection()), slice.sha256());
            }
        }
        assertFalse(hashes.isEmpty(), "a fixture has datasets");
        try (H5Coro file = H5Coro.open(put(name), reading, options)) {
            ReadPromise promise = file.readDatasets(List.copyOf(hashes.keySet()));
            List<Executable> checks = new ArrayList<>();
            hashes.forEach((request, hash) ->
                    checks.add(() -> assertEquals(hash, hash(promise.get(request.name())), request.name())));
            assertAll(name, checks);
            assertTrue(promise.statistics().bytesDecoded() > 0);
            assertEquals(reading == PIECEWISE, file.statistics().requests() > 1, "more than one request");
        }
    }

    private static String hash(H5Array array) {
        return CanonicalBytes.sha256(array, reference -> "", reference -> 0);
    }

    @Test
    void countsTheRequestsThatTheStoreSees() throws Exception {
        String location = put(GRANULE);
        AtomicLong seen = new AtomicLong();
        try (S3Client client = counting(seen)) {
            StorageOptions counted = StorageOptions.none()
                    .with(S3Options.class, S3Options.builder().client(client).build());
            try (H5Coro file = H5Coro.open(location, ReadOptions.defaults(), counted)) {
                assertEquals(1, seen.get(), "opening is one request, and no HEAD");
                List<DatasetRequest> requests = Fixtures.expected(GRANULE).datasets().stream()
                        .map(object -> DatasetRequest.of(object.path()))
                        .toList();
                ReadPromise promise = file.readDatasets(requests);
                promise.await();
                assertEquals(seen.get(), file.statistics().requests(), "statistics tell what was sent");
                // 53 datasets of some 200 chunks in 380 kB: what one range can hold is not asked for piece by piece.
                assertTrue(seen.get() <= 10, "requests: " + seen.get());
                long bytes = file.statistics().bytesFetched();
                long size = Fixtures.bytes(GRANULE).length;
                assertTrue(bytes >= size / 2 && bytes <= size + size / 5, bytes + " of " + size + " bytes");
            }
        }
    }

    @Test
    void aReopenedFileCostsTheDataRequests(@TempDir Path folder) throws Exception {
        String location = put(GRANULE);
        ReadOptions remembering = ReadOptions.builder()
                .firstReadBytes(4_096)
                .blockBytes(4_096)
                .indexCache(IndexCache.at(folder.resolve("index")))
                .build();
        String expected = Fixtures.expected(GRANULE).object(HEIGHTS).sha256();
        AtomicLong seen = new AtomicLong();
        try (S3Client client = counting(seen)) {
            StorageOptions counted = StorageOptions.none()
                    .with(S3Options.class, S3Options.builder().client(client).build());
            try (H5Coro file = H5Coro.open(location, remembering, counted)) {
                assertEquals(expected, hash(file.read(HEIGHTS)));
                assertTrue(file.statistics().metadataRequests() > 1);
            }
            seen.set(0);
            try (H5Coro file = H5Coro.open(location, remembering, counted)) {
                assertEquals(0, seen.get());
                assertEquals(expected, hash(file.read(HEIGHTS)));
                assertEquals(0, file.statistics().metadataRequests());
                assertEquals(file.statistics().requests(), seen.get());
            }
            bucket.put(GRANULE + ".h5", Fixtures.bytes("numbers_v200"));
            try (H5Coro file = H5Coro.open(location, remembering, counted)) {
                assertThrows(NotFoundException.class, () -> file.read(HEIGHTS));
                assertFalse(file.root().links().isEmpty());
            }
        }
        put(GRANULE);
    }

    @Test
    void dataReadAgainCostOneRequest(@TempDir Path folder) throws Exception {
        String location = put(GRANULE);
        String expected = Fixtures.expected(GRANULE).object(HEIGHTS).sha256();
        AtomicLong seen = new AtomicLong();
        try (S3Client client = counting(seen)) {
            StorageOptions counted = StorageOptions.none()
                    .with(S3Options.class, S3Options.builder().client(client).build());
            for (int i = 0; i < 2; i++) {
                seen.set(0);
                ReadOptions keeping = ReadOptions.builder()
                        .firstReadBytes(4_096)
                        .blockBytes(4_096)
                        .indexCache(IndexCache.at(folder.resolve("index")))
                        .dataCache(DataCache.at(folder.resolve("data")))
                        .build();
                try (H5Coro file = H5Coro.open(location, keeping, counted)) {
                    assertEquals(expected, hash(file.read(HEIGHTS)));
                    assertEquals(i > 0, file.statistics().dataCacheHits() > 0);
                    assertEquals(file.statistics().requests(), seen.get());
                    assertTrue(i > 0 ? seen.get() == 1 : seen.get() > 2, "requests: " + seen.get());
                }
            }
        }
    }

    private static S3Client counting(AtomicLong count) {
        ExecutionInterceptor counter = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                count.incrementAndGet();
            }
        };
        return server.clientBuilder()
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(counter))
                .build();
    }

    @Test
    void manyFilesAreReadAtOnce() {
        String expected = Fixtures.expected(GRANULE).object(HEIGHTS).sha256();
        Map<String, H5Coro> files = new HashMap<>();
        try {
            for (int i = 0; i < 12; i++) {
                String location = bucket.put("many/" + i + ".h5", Fixtures.bytes(GRANULE));
                files.put(location, open(location));
            }
            Map<String, ReadPromise> promises = new HashMap<>();
            files.forEach((name, file) -> promises.put(name, file.readDatasets(List.of(DatasetRequest.of(HEIGHTS)))));
            promises.forEach((name, promise) -> assertEquals(expected, hash(promise.get(HEIGHTS)), name));
        } finally {
            files.values().forEach(H5Coro::close);
        }
    }

    @Test
    void aFileReplacedWhileItIsOpenIsAnErrorAndNeverAMixture() {
        String location = bucket.put("replaced.h5", padded(Fixtures.bytes(GRANULE), 0));
        try (H5Coro file = H5Coro.open(location, PIECEWISE, options)) {
            bucket.put("replaced.h5", padded(Fixtures.bytes(GRANULE), 1));
            ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of(HEIGHTS)));
            ObjectChangedException failure = assertThrows(ObjectChangedException.class, () -> promise.get(HEIGHTS));
            assertTrue(String.valueOf(failure.getMessage()).contains(location), failure.getMessage());
        }
    }

    /** The same file with other bytes behind its end. */
    private static byte[] padded(byte[] file, int pad) {
        byte[] longer = Arrays.copyOf(file, file.length + 8);
        Arrays.fill(longer, file.length, longer.length, (byte) pad);
        return longer;
    }

    @Test
    void badLocationsAreTypedErrorsOfOneLine() {
        String text = bucket.put("text.h5", "this is not HDF5".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        byte[] granule = Fixtures.bytes(GRANULE);
        String cut = bucket.put("cut.h5", Arrays.copyOf(granule, granule.length / 2));
        String empty = bucket.put("empty.h5", new byte[0]);
        expect(NotFoundException.class, "no such object", () -> open("s3://" + bucket.name() + "/missing.h5"));
        expect(NotFoundException.class, "no such bucket", () -> open("s3://" + bucket.name() + "-x/missing.h5"));
        expect(MalformedFileException.class, text, () -> open(text));
        expect(MalformedFileException.class, cut, () -> open(cut));
        expect(MalformedFileException.class, empty, () -> open(empty));
        expect(StorageFailureException.class, "key", () -> open("s3://" + bucket.name()));
        StorageOptions wrong = options.with("aws_secret_access_key", "not-the-secret");
        expect(StorageFailureException.class, "denies access", () -> H5Coro.open(text, ReadOptions.defaults(), wrong));
        StorageOptions down = options.with("endpoint", "http://127.0.0.1:1");
        expect(
                StorageFailureException.class,
                "does not accept connections",
                () -> H5Coro.open(text, ReadOptions.defaults(), down));
    }

    private static void expect(Class<? extends H5Exception> type, String part, Supplier<H5Coro> opening) {
        H5Exception failure =
                assertThrows(H5Exception.class, () -> opening.get().close());
        assertInstanceOf(type, failure);
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(part) && !message.contains("\n") && message.length() < 400, message);
        assertFalse(message.contains(server.secretKey()), "no secret");
    }
}
