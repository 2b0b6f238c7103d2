// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Destination;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IndexCache;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What files cost that are opened again with an index cache, and that a changed object is noticed. */
@Timeout(120)
final class IndexCacheTest {
    @TempDir
    Path temp;

    private FaultyHttpServer server;
    private ReadOptions options;

    @BeforeEach
    void start() throws IOException {
        server = FaultyHttpServer.start();
        // Requests are counted: a busy machine must not have one sent twice.
        options = ReadOptions.builder()
                .indexCache(IndexCache.at(folder()))
                .hedgeAfter(Duration.ZERO)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Path folder() {
        return temp.resolve("index");
    }

    private H5Coro open() {
        return H5Coro.open(server.uri("/a.h5").toString(), options);
    }

    /** Opens the object, does something, closes it; and forgets what that cost. */
    private void learn(byte[] object, Consumer<H5Coro> what) {
        server.put("/a.h5", object);
        try (H5Coro file = open()) {
            what.accept(file);
        }
        server.clearLog();
    }

    private static void learnAll(H5Coro file) {
        file.list("/");
        for (Dataset dataset : file.list("/").variables().values()) {
            dataset.read();
            dataset.attributes().forEach(Attribute::read);
        }
        file.group("/group").attribute("units").orElseThrow().read();
    }

    private static List<DatasetRequest> beam() {
        return Stream.of("delta_time", "lat_ph", "lon_ph", "h_ph", "signal_conf_ph", "quality_ph")
                .map(name -> DatasetRequest.parse("/gt1l/heights/" + name + "[100:200]"))
                .toList();
    }

    private static double[] numbers(H5Array array) {
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getDouble(i);
        }
        return values;
    }

    /** The file with other numbers in the same places: what was learnt of the old one fits, and is wrong. */
    private static byte[] changed() {
        byte[] bytes = Fixtures.bytes("superblock_v0");
        replace(bytes, shorts(1, 2, 3, 4), shorts(5, 6, 7, 8));
        replace(bytes, doubles(0.5, 2.0), doubles(7.5, 9.0));
        replace(bytes, ints(1, 2, 3, 4, 5), ints(-1, -2, -3, -4, -5));
        replace(bytes, "metres".getBytes(StandardCharsets.US_ASCII), "inches".getBytes(StandardCharsets.US_ASCII));
        return bytes;
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(v -> bytes.putShort((short) v));
        return bytes.array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putInt);
        return bytes.array();
    }

    private static byte[] doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putDouble);
        return bytes.array();
    }

    private static void replace(byte[] bytes, byte[] old, byte[] with) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + old.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + old.length, old, 0, old.length)) {
                places.add(i);
            }
        }
        assertEquals(1, places.size(), "the old values stand in one place");
        System.arraycopy(with, 0, bytes, places.get(0), with.length);
    }

    /**
     * Small values came with the metadata between which they stand; the second time they come in blocks of the same
     * size.
     */
    @Test
    void aLocalFileOpenedASecondTimeSendsNoRequestForEachSmallValue() {
        Path file = Fixtures.path("sample_granule");
        List<List<double[]>> values = new ArrayList<>();
        List<ReadStatistics> costs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (H5Coro opened = H5Coro.open(file, options)) {
                List<double[]> read = new ArrayList<>();
                readOneByOne(opened, "/", read);
                values.add(read);
                costs.add(opened.statistics());
            }
        }
        int datasets = values.get(0).size();
        assertTrue(datasets > 40, "datasets: " + datasets);
        for (int i = 0; i < datasets; i++) {
            assertArrayEquals(values.get(0).get(i), values.get(1).get(i));
        }
        ReadStatistics second = costs.get(1);
        assertTrue(second.requests() >= 5 && second.requests() <= datasets / 2, second.toString());
        assertTrue(second.metadataRequests() <= 1, second.toString());
        assertTrue(second.bytesFetched() <= costs.get(0).bytesFetched(), second + " after " + costs.get(0));
    }

    private static void readOneByOne(H5Coro file, String group, List<double[]> values) {
        Listing listing = file.list(group);
        for (Dataset dataset : listing.variables().values()) {
            H5Array array = dataset.read();
            boolean numbers = dataset.type() instanceof IntegerType || dataset.type() instanceof FloatType;
            values.add(numbers ? numbers(array) : new double[] {array.length()});
        }
        for (String name : listing.groups()) {
            readOneByOne(file, (group.equals("/") ? "/" : group + "/") + name, values);
        }
    }

    @Test
    void aReopenedFileCostsTheDataRequestsInOneWave() {
        server.put("/a.h5", Fixtures.bytes("sample_granule"));
        List<double[]> first = new ArrayList<>();
        try (H5Coro file = open()) {
            ReadPromise promise = file.readDatasets(beam());
            promise.names().forEach(name -> first.add(numbers(promise.get(name))));
        }
        try (WaveRangeReader reader =
                        new WaveRangeReader(Storages.open(server.uri("/a.h5").toString(), StorageOptions.none()));
                H5Coro file = H5Coro.open(reader, options)) {
            assertEquals(0, reader.requests(), "opening asks for nothing");
            ReadPromise promise = file.readDatasets(beam());
            for (int i = 0; i < first.size(); i++) {
                assertArrayEquals(
                        first.get(i), numbers(promise.get(promise.names().get(i))));
            }
            assertEquals(1, reader.waves());
            assertEquals(0, file.statistics().metadataRequests());
            assertEquals(0, file.statistics().metadataBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFirstRequestOfAReopenedFileIsForTheVersionThatIsKnown() {
        byte[] granule = Fixtures.bytes("sample_granule");
        learn(granule, file -> file.read("/gt1l/heights/h_ph[5:6]"));
        try (H5Coro file = open()) {
            file.read("/gt1l/heights/h_ph[5:6]");
        }
        List<ServedRequest> requests = server.log();
        assertEquals(1, requests.size(), requests::toString);
        assertEquals(
                FaultyHttpServer.etag(granule),
                requests.get(0).header("If-Match").orElseThrow());
    }

    @Test
    void metadataAreConfirmedByOneByteOnce() {
        learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
        try (H5Coro file = open()) {
            assertEquals(0, server.requests());
            assertTrue(file.list("/").variables().containsKey("compact"));
            assertEquals(1, server.requests());
            assertEquals("bytes=0-0", server.log().get(0).header("Range").orElseThrow());
            assertEquals(1, file.statistics().requests());
            assertEquals(4, file.dataset("/compact").read().length());
            assertArrayEquals(new double[] {1, 2, 3, 4}, numbers(file.read("/compact")));
            assertEquals(0, file.inspect("/group").metadata().stream().count());
            assertEquals(0, file.info().superblockVersion());
            assertEquals(1, server.requests());
        }
    }

    @Test
    void valuesThatStandInMetadataAreConfirmedByOneByte() {
        learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
        for (String request : List.of("/compact", "/unwritten", "/contiguous/scale", "/group/units")) {
            server.clearLog();
            try (H5Coro file = open()) {
                assertTrue(file.read(request).length() > 0);
                assertEquals(1, server.requests(), request);
                assertEquals("bytes=0-0", server.log().get(0).header("Range").orElseThrow(), request);
            }
        }
    }

    @Test
    void valuesThatStandInMetadataNeedNoRequestBesideThoseForData() {
        learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
        try (H5Coro file = open()) {
            ReadPromise promise = file.readDatasets(List.of(
                    DatasetRequest.of("/compact"),
                    DatasetRequest.of("/contiguous"),
                    DatasetRequest.parse("/contiguous/scale")));
            promise.await();
            assertArrayEquals(new double[] {1, 2, 3, 4}, numbers(promise.get("/compact")));
            assertEquals(30, promise.get("/contiguous").length());
            assertEquals(1, server.requests());
            assertFalse(server.log().get(0).header("Range").orElseThrow().equals("bytes=0-0"));
        }
    }

    @Test
    void aChangedObjectIsReadAnewWithoutTheUserNoticing() {
        for (Consumer<H5Coro> asks : List.<Consumer<H5Coro>>of(
                file -> assertArrayEquals(new double[] {5, 6, 7, 8}, numbers(file.read("/compact"))),
                file -> assertEquals(-1, file.read("/contiguous").getDouble(0)),
                file -> {
                    int[] memory = new int[32];
                    DatasetRequest request = DatasetRequest.of("/contiguous");
                    assertEquals(
                            30,
                            file.readInto(request, Destination.of(memory, 1))
                                    .join()
                                    .length());
                    assertEquals(List.of(0, -1), List.of(memory[0], memory[1]));
                },
                file -> assertArrayEquals(new double[] {7.5, 9}, numbers(file.read("/contiguous/scale"))),
                file -> assertEquals("inches", file.read("/group/units").getString(0)),
                file -> assertArrayEquals(
                        new double[] {7.5, 9},
                        numbers(file.dataset("/contiguous")
                                .attribute("scale")
                                .orElseThrow()
                                .read())),
                file -> assertEquals(
                        "inches",
                        file.list("/group").attributes().get("units").read().getString(0)),
                file -> assertEquals(
                        "inches",
                        file.root()
                                .get("group")
                                .attribute("units")
                                .orElseThrow()
                                .read()
                                .getString(0)))) {
            learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
            server.put("/a.h5", changed());
            try (H5Coro file = open()) {
                asks.accept(file);
                assertEquals(-2, file.read("/contiguous[0:1]").getDouble(1));
            }
            server.clearLog();
            try (H5Coro file = open()) {
                asks.accept(file);
            }
            assertTrue(
                    server.log().stream()
                            .allMatch(request ->
                                    request.header("If-Match").orElse("").equals(FaultyHttpServer.etag(changed()))),
                    "the entry is that of the new version");
        }
    }

    @Test
    void anotherStructureIsReadAnewToo() {
        learn(Fixtures.bytes("composed_047"), file -> {
            file.list("/");
            file.read("/x");
        });
        server.put("/a.h5", Fixtures.bytes("composed_048"));
        try (H5Coro file = open()) {
            ReadPromise promise =
                    file.readDatasets(List.of(DatasetRequest.of("/x"), DatasetRequest.of("/time/flag values")));
            assertEquals(2, promise.get("/x").shape().rank());
            assertThrows(NotFoundException.class, () -> promise.get("/time/flag values"));
        }
        learn(Fixtures.bytes("composed_047"), file -> file.list("/"));
        server.put("/a.h5", Fixtures.bytes("composed_048"));
        try (H5Coro file = open()) {
            assertEquals(2, file.dataset("/x").shape().rank());
        }
    }

    @Test
    void whatTheStaleFileLacksIsLookedForInTheNewOne() {
        learn(Fixtures.bytes("composed_048"), file -> file.list("/"));
        server.put("/a.h5", Fixtures.bytes("composed_047"));
        try (H5Coro file = open()) {
            assertEquals(37, file.read("/time/flag values").length());
        }
    }

    @Test
    void anObjectThatIsGoneIsNotFound() {
        learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
        server.always(request -> ServerFault.status(404));
        try (H5Coro file = open()) {
            assertThrows(NotFoundException.class, () -> file.list("/"));
            assertThrows(NotFoundException.class, () -> file.read("/compact"));
        }
    }

    @Test
    void anObjectReplacedAfterItWasConfirmedIsAFailureAsWithoutACache() {
        byte[] bytes = Fixtures.bytes("sample_granule");
        learn(bytes, file -> file.readDatasets(beam()).await());
        try (H5Coro file = open()) {
            assertEquals(100, file.read("/gt1l/heights/lat_ph[100:200]").length());
            bytes[bytes.length - 1] ^= 1;
            server.put("/a.h5", bytes);
            assertThrows(ObjectChangedException.class, () -> file.read("/gt1l/heights/h_ph"));
        }
    }

    @Test
    void theReaderOfACallerHasToBeOpenedAgain() {
        learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
        server.put("/a.h5", changed());
        String location = server.uri("/a.h5").toString();
        try (var reader = Storages.open(location, StorageOptions.none());
                H5Coro file = H5Coro.open(reader, options)) {
            String message = assertThrows(ObjectChangedException.class, () -> file.read("/compact"))
                    .getMessage();
            assertTrue(message.contains("open it again"), message);
            assertThrows(ObjectChangedException.class, () -> file.list("/"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (var reader = Storages.open(location, StorageOptions.none());
                H5Coro file = H5Coro.open(reader, options)) {
            assertEquals(5, file.read("/compact").getDouble(0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aServerThatTellsNoVersionIsAskedForAll() {
        server.always(request -> ServerFault.header("ETag", "W/\"weak\""));
        learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
        assertFalse(Files.exists(folder()));
        try (H5Coro file = open()) {
            assertTrue(server.requests() > 0);
            assertEquals(1, file.read("/compact").getDouble(0));
        }
    }

    @Test
    void aServerThatNoLongerTellsTheVersionConfirmsNothing() {
        learn(Fixtures.bytes("superblock_v0"), IndexCacheTest::learnAll);
        server.put("/a.h5", changed());
        // The size is the same.
        server.withoutVersions();
        try (H5Coro file = open()) {
            assertEquals(5, file.read("/compact").getDouble(0));
        }
    }

    @Test
    void secretsOfALocationAreNowhereInTheFolder() throws IOException {
        server.put("/a.h5", Fixtures.bytes("superblock_v0"));
        String location = server.uri("/a.h5?X-Amz-Signature=s3cr3t&X-Amz-Credential=t0ken")
                .toString()
                .replace("http://", "http://user:passw0rd@");
        try (H5Coro file = H5Coro.open(location, options)) {
            learnAll(file);
        }
        server.clearLog();
        try (H5Coro file = H5Coro.open(location.replace("s3cr3t", "another"), options)) {
            file.list("/");
            assertEquals(1, server.requests(), "another signature is another way to the same object");
        }
        try (Stream<Path> files = Files.walk(folder())) {
            List<Path> all = files.toList();
            assertEquals(2, all.size());
            for (Path path : all) {
                String text = path.getFileName().toString();
                text += Files.isDirectory(path) ? "" : Files.readString(path, StandardCharsets.ISO_8859_1);
                for (String secret : List.of("s3cr3t", "t0ken", "passw0rd", "user:", "Amz", "127.0.0.1", "/a.h5")) {
                    assertFalse(text.contains(secret), secret);
                }
            }
        }
    }

    @Test
    void anAddressWhoseQueryMayChooseTheObjectIsNotKept() {
        server.put("/a.h5", Fixtures.bytes("superblock_v0"));
        try (H5Coro file = H5Coro.open(server.uri("/a.h5?id=7&Signature=x").toString(), options)) {
            learnAll(file);
        }
        assertFalse(Files.exists(folder()));
    }

    @Test
    void closingTwiceAndReadingNothingIsFine() {
        server.put("/a.h5", Fixtures.bytes("superblock_v0"));
        H5Coro file = open();
        file.close();
        file.close();
        try (H5Coro again = open()) {
            assertEquals(1, server.requests());
            ReadPromise none = again.readDatasets(List.of());
            none.await();
            assertEquals(1, server.requests());
        }
    }
}
