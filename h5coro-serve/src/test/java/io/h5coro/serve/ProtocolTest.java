// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeLimits;
import io.h5coro.serve.option.ServeOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** The values are those that make_served.py writes. */
final class ProtocolTest {
    private static final String FILE = "data/served.h5";

    /** Windows of 64 bytes: what is larger is sent in many. */
    private static final ServeLimits SMALL = new ServeLimits(1 << 22, 200_000, 64, 4, 64, Duration.ofSeconds(30));

    @TempDir
    private static Path folder;

    private static H5Server server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        try (InputStream in = ProtocolTest.class.getResourceAsStream("/served.h5")) {
            byte[] bytes = in.readAllBytes();
            Files.write(root.resolve("served.h5"), bytes);
            Files.write(folder.resolve("outside.h5"), bytes);
        }
        Files.writeString(root.resolve("README"), "grüße");
        Files.createDirectory(root.resolve("below"));
        Files.createSymbolicLink(root.resolve("link.h5"), folder.resolve("outside.h5"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        server = H5Server.start(
                ServeOptions.defaults().withRoot("data", root.toString()).withLimits(SMALL));
        client = new Client(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersTheProbe() {
        assertEquals(200, client.get("msgpack/").statusCode());
        assertEquals(200, client.get("msgpack//").statusCode()); // so does version 0.0.11 ask for the roots
        assertEquals("ok\n", text(client.get("health")));
    }

    @Test
    void listsADirectoryWithoutWhatLinksOutOfIt() {
        Map<Value, Value> found = client.map("data", Map.of());
        assertEquals("\"directory\"", Client.at(found, "type").toJson());
        assertEquals(
                "[below]", Client.at(found, "directories").asMapValue().keySet().toString());
        assertEquals(
                "application/x-hdf5",
                Client.at(
                                Client.at(Client.at(found, "files").asMapValue().map(), "served.h5")
                                        .asMapValue()
                                        .map(),
                                "type")
                        .toString());
        assertEquals(2, Client.at(found, "files").asMapValue().size());
    }

    @Test
    void beginsAnArrayWithTheBytesThatClientsLookFor() {
        byte[] body = client.ask(FILE, Map.of("object", "/rows", "slice", List.of(List.of(0, 6), List.of(0, 3))))
                .body();
        assertArrayEquals(new byte[] {(byte) 0x86, (byte) 0xa2, 0x6e, 0x64, (byte) 0xc3}, Arrays.copyOf(body, 5));
    }

    @Test
    void readsSlicesOfTheFirstDimensionInOneRequest() {
        Client.Array array = client.array(FILE, "/rows", List.of(List.of(List.of(0, 4), List.of(1, 2)), List.of(1, 2)));
        assertEquals("<i4", array.type());
        assertEquals(List.of(3L, 2L), array.shape());
        assertArrayEquals(new int[] {1, 2, 13, 14, 16, 17}, ints(array));
        assertArrayEquals(
                ints(array), ints(client.array(FILE, "/rows", List.of(List.of(List.of(0, 4, 5), 1), List.of(1, 2)))));
    }

    @Test
    void readsSlicesOfAQuery() {
        HttpResponse<byte[]> response = client.get("msgpack/" + FILE + "?object=/rows&slice=0:1,1:3;4:6,1:3");
        assertArrayEquals(new int[] {1, 2, 13, 14, 16, 17}, ints(Client.array(Client.value(response))));
    }

    @Test
    void sendsManyWindowsAsOneArray() {
        byte[] values = client.array(FILE, "/chunked", List.of(List.of(0, 8), List.of(0, 8)))
                .bytes();
        for (int i = 0; i < 64; i++) {
            assertEquals(i, values[i]);
        }
        assertEquals(64, values.length);
        long[] starts = LongStream.range(0, 100_000).map(i -> i % 6).toArray();
        int[] rows = ints(client.array(FILE, "/rows", List.of(List.of(starts, 1), List.of(2, 1))));
        assertEquals(100_000, rows.length);
        assertEquals(3 * (99_999 % 6) + 2, rows[99_999]);
    }

    @Test
    void encodesTypesAsNumpyHasThem() {
        assertEquals(
                "<i2", client.array(FILE, "/big_endian", List.of(List.of(0, 3))).type());
        assertEquals(
                300,
                client.array(FILE, "/big_endian", List.of(List.of(2, 1)))
                        .buffer()
                        .getShort());
        Client.Array half = client.array(FILE, "/half", List.of(List.of(0, 3)));
        assertEquals("<f2", half.type());
        assertArrayEquals(new byte[] {0, 0x38, 0, (byte) 0xc0, 0, 0x7c}, half.bytes());
        assertEquals("<i1", client.array(FILE, "/flags", List.of(List.of(0, 3))).type());
        assertArrayEquals(
                new byte[] {1, 0, 1},
                client.array(FILE, "/flags", List.of(List.of(0, 3))).bytes());
        assertEquals("S4", client.array(FILE, "/fixed", List.of(List.of(0, 2))).type());
        assertEquals(List.of(), client.array(FILE, "/scalar", List.of()).shape());
        Client.Array compound = client.array(FILE, "/compound", List.of(List.of(0, 1)));
        assertEquals("{\"names\":[\"id\",\"grid\"],\"formats\":[\"<u2\",\"(2,3,)<f4\"]}", compound.type());
        assertEquals(26, compound.bytes().length);
        Client.Array arrays = client.array(FILE, "/arrays", List.of(List.of(0, 2), List.of(0, 2)));
        assertEquals(List.of(2L, 2L), arrays.shape());
    }

    @Test
    void sendsValuesOfAnyLengthAsAList() {
        Value texts = Client.value(client.ask(FILE, Map.of("object", "/texts", "slice", List.of(List.of(0, 2)))));
        assertEquals("{\"vlen\":true,\"shape\":[2],\"data\":[\"one\",\"zwölf\"]}", texts.toJson());
        Value lists = Client.value(client.ask(FILE, Map.of("object", "/lists", "slice", List.of(List.of(0, 2)))));
        List<Value> data =
                Client.at(lists.asMapValue().map(), "data").asArrayValue().list();
        assertArrayEquals(
                new byte[] {1, 0, 2, 0, 3, 0}, Client.array(data.get(0)).bytes());
        assertEquals(List.of(0L), Client.array(data.get(1)).shape());
    }

    /** Clients give the type to {@code numpy.dtype}, and fail for the whole group where it is none. */
    @Test
    void typesOfAnyLengthAreThoseOfNumpy() {
        assertTrue(describe("/lists", 0).contains("\"type\":\"O\",\"kind\":\"V\""), describe("/lists", 0));
        assertTrue(describe("/texts", 0).contains("\"type\":\"str\""), describe("/texts", 0));
    }

    @Test
    void saysWhichMembersHaveNoDescription() {
        String root = describe("/", 0);
        assertTrue(
                root.contains("\"refused\":{\"empty\":\"an empty dataset, without a shape\","
                        + "\"references\":\"references mean nothing outside of their file\"}"),
                root);
        assertFalse(describe("/many", 0).contains("refused"));
    }

    /** Version 0.0.11 indexes such a text with an empty tuple. */
    @Test
    void aTextWithoutDimensionsIsAnArrayForQueries() throws Exception {
        try (H5Server texts = H5Server.start(ServeOptions.defaults()
                .withRoot("texts.h5", Fixtures.path("strings_v18").toString()))) {
            Client other = new Client(texts.uri());
            String path = "msgpack/texts.h5?object=/variable/scalar&data_size_limit=1000&max_depth=0";
            Client.Array text = Client.array(
                    Client.at(Client.value(other.get(path)).asMapValue().map(), "data"));
            assertEquals("<U8", text.type());
            assertEquals(List.of(), text.shape());
            assertEquals("scalar ✓", new String(text.bytes(), "UTF-32LE"));
            Map<Value, Value> posted = other.map(
                    "texts.h5", Map.of("object", "/variable/scalar", "data_size_limit", 1000, "max_depth", 0));
            assertEquals(
                    "{\"vlen\":true,\"shape\":[],\"data\":[\"scalar ✓\"]}",
                    Client.at(posted, "data").toJson());
        }
    }

    @Test
    void describesGroupsToTheDepthThatIsAskedFor() {
        String flat = describe("/", 0);
        assertTrue(flat.contains("\"group\":null"), flat);
        assertTrue(flat.contains("\"soft\":{\"hdf5_object\":\"soft_link\",\"target\":\"/rows\"}"), flat);
        assertTrue(flat.contains("\"out\":null"), flat);
        assertTrue(describe("/", 5).contains("\"ambiguous\":null"));
        String deep = describe("/group", 5);
        assertTrue(deep.contains("\"below\":{\"hdf5_object\":\"group\""), deep);
        assertFalse(describe("/many", 5).contains("hdf5_object\":\"group\",\"attributes\":{},\"members\":{}"));
    }

    @Test
    void saysWhichAttributesItLeavesOut() {
        String rows = describe("/rows", 0);
        assertTrue(rows.contains("\"omitted\":{\"target\":\"references mean nothing outside of their file\"}"), rows);
        assertTrue(rows.contains("\"units\":{\"vlen\":true,\"shape\":[],\"data\":[\"m\"]}"), rows);
    }

    @Test
    void putsSmallValuesIntoDescriptions() {
        Map<Value, Value> found = client.map(FILE, Map.of("object", "/rows", "data_size_limit", 72, "max_depth", 0));
        assertEquals(17, ints(Client.array(Client.at(found, "data")))[17]);
        Map<Value, Value> larger = client.map(FILE, Map.of("object", "/rows", "data_size_limit", 71, "max_depth", 0));
        assertFalse(larger.containsKey(ValueFactory.newString("data")));
    }

    @Test
    void tellsAQueryOfNoSoftLinkAndOfNoDatasetByNil() {
        String root = Client.value(client.get("msgpack/" + FILE + "?object=/&max_depth=0"))
                .toJson();
        assertFalse(root.contains("soft_link"), root);
        assertTrue(root.contains("\"soft\":{\"hdf5_object\":\"dataset\""), root);
        assertFalse(root.contains("\"empty\""), root);
    }

    @Test
    void refusesWithAStatusAndAText() {
        assertEquals(404, client.ask("data/none.h5", Map.of()).statusCode());
        assertEquals(404, client.ask(FILE, Map.of("object", "/none")).statusCode());
        assertEquals(400, slice("/rows", List.of(List.of(0, 7), List.of(0, 3))));
        assertEquals(400, slice("/rows", List.of(List.of(0, 1))));
        assertEquals(501, slice("/references", List.of(List.of(0, 1))));
        assertEquals(501, slice("/empty", List.of()));
        assertEquals(501, client.ask(FILE, Map.of("object", "/ambiguous")).statusCode());
        assertEquals(415, client.ask("data/README", Map.of("object", "/")).statusCode());
        HttpResponse<byte[]> text =
                client.send(HttpRequest.newBuilder(server.uri().resolve("msgpack/data"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertEquals(415, text.statusCode());
    }

    @Test
    void refusesBodiesThatAreNoRequest() {
        byte[] deep = new byte[1 << 20];
        Arrays.fill(deep, (byte) 0x91);
        byte[] long32 = {(byte) 0x81, (byte) 0xa6, 'o', 'b', 'j', 'e', 'c', 't', (byte) 0xdb, 127, -1, -1, -1};
        List<byte[]> bodies = List.of(
                deep,
                long32,
                new byte[0],
                new byte[] {(byte) 0xdf, 127, -1, -1, -1},
                new byte[] {(byte) 0xc1},
                Client.packed(Map.of("object", "/rows", "slice", List.of(List.of(deepList(200), 1)))),
                Client.packed(Map.of("object", "/rows", "slice", List.of(List.of(-1, 5), List.of(0, 1)))),
                Client.packed(Map.of("object", "/rows", "slice", List.of(List.of(Long.MAX_VALUE, 5), List.of(0, 1)))));
        for (byte[] body : bodies) {
            assertEquals(400, client.post("msgpack/" + FILE, body).statusCode());
        }
    }

    /** From the length that it states: a client that still sends might never see the answer. */
    @Test
    void refusesABodyThatIsTooLongBeforeItComes() throws IOException {
        String head = "POST /msgpack/" + FILE + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + Client.TYPE
                + "\r\nContent-Length: " + ((1 << 22) + 1) + "\r\n\r\n";
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 413", new String(status, StandardCharsets.US_ASCII));
        }
    }

    /** A client that sends all before it reads sees the answer, whether it states a length or not. */
    @Test
    void tellsAClientThatStillSendsThatItsBodyIsTooLong() throws IOException {
        byte[] body = new byte[7 << 20];
        try (RawClient client = RawClient.connect(server.uri())) {
            client.post("/msgpack/" + FILE, body.length).send(body);
            assertEquals(413, client.status());
            assertTrue(client.rest().contains("Connection: close"));
        }
        try (RawClient client = RawClient.connect(server.uri())) {
            client.send("POST /msgpack/" + FILE + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                            + "Content-Type: " + Client.TYPE + "\r\n\r\n" + Integer.toHexString(body.length) + "\r\n")
                    .send(body)
                    .send("\r\n0\r\n\r\n");
            assertEquals(413, client.status());
            assertTrue(client.rest().contains("has more than 4194304 bytes"));
        }
    }

    /** What is dropped is bounded too. */
    @Test
    void endsAConnectionThatSendsOnAndOn() throws IOException {
        byte[] part = new byte[1 << 20];
        try (RawClient client = RawClient.connect(server.uri())) {
            client.post("/msgpack/" + FILE, Long.MAX_VALUE);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    client.send(part);
                }
            });
        }
    }

    /** As clients do that ask before they send a long body: they are told no, and asked for none of it. */
    @Test
    void answersAClientThatAsksFirst() throws IOException {
        try (RawClient client = RawClient.connect(server.uri())) {
            client.send("POST /msgpack/" + FILE + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                    + "Content-Type: " + Client.TYPE + "\r\nContent-Length: 7000000\r\n\r\n");
            assertEquals(413, client.status());
            assertFalse(client.rest().contains("HTTP/1.1 100"));
        }
    }

    /** A body of a path that is refused before it is read does not end the connection. */
    @Test
    void keepsAConnectionWhoseRequestWasRefused() throws IOException {
        try (RawClient client = RawClient.connect(server.uri())) {
            client.send("POST /download/data/README HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
                    .send(new byte[100_000])
                    .send("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n");
            assertEquals(405, client.status());
            assertTrue(client.rest().endsWith("ok\n"));
        }
    }

    @Test
    void sendsFilesAndRangesOfThem() {
        assertEquals("grüße", text(client.get("download/data/README")));
        HttpResponse<byte[]> range =
                client.send(HttpRequest.newBuilder(server.uri().resolve("download/data/README"))
                        .header("Range", "bytes=0-1")
                        .GET());
        assertEquals(206, range.statusCode());
        assertEquals("gr", text(range));
        assertEquals("bytes 0-1/7", range.headers().firstValue("Content-Range").orElse(""));
        HttpResponse<byte[]> behind =
                client.send(HttpRequest.newBuilder(server.uri().resolve("download/data/README"))
                        .header("Range", "bytes=99-")
                        .GET());
        assertEquals(416, behind.statusCode());
    }

    @Test
    void sendsTablesOfArrow() {
        HttpResponse<byte[]> table = client.get("arrow/" + FILE + "?object=/big_endian&object=/flags&slice=0:2");
        assertEquals(200, table.statusCode(), () -> text(table));
        assertEquals(-1, table.body()[0]);
        assertEquals(400, client.get("arrow/" + FILE).statusCode());
        assertEquals(400, client.get("arrow/" + FILE + "?object=").statusCode());
        assertEquals(
                400,
                client.get("arrow/" + FILE + "?object=/flags&slice=0:1&slice=1:2")
                        .statusCode());
    }

    @Test
    void showsAPageThatLoadsNothingFromElsewhere() {
        HttpResponse<byte[]> page = client.get("");
        assertTrue(text(page).contains("page.js"));
        assertTrue(
                page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'self'"));
        for (String part : List.of("page.js", "wire.js", "picture.js", "page.css", "icon.svg")) {
            HttpResponse<byte[]> response = client.get(part);
            assertEquals(200, response.statusCode(), part);
            assertFalse(text(response).replace("http://www.w3.org/2000/svg", "").contains("http"), part);
        }
    }

    @Test
    void noticesThatAFileChanged() throws Exception {
        Path file = folder.resolve("root/below/changing.h5");
        byte[] bytes = Files.readAllBytes(folder.resolve("outside.h5"));
        Files.write(file, bytes);
        assertEquals(
                200,
                client.ask("data/below/changing.h5", Map.of("object", "/rows")).statusCode());
        Files.write(file, new byte[100]);
        assertEquals(
                500,
                client.ask("data/below/changing.h5", Map.of("object", "/rows")).statusCode());
        Files.write(file, bytes);
        assertEquals(
                200,
                client.ask("data/below/changing.h5", Map.of("object", "/rows")).statusCode());
    }

    @Test
    void answersManyConnections() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int own = i;
                tasks.add(() -> {
                    Client another = new Client(server.uri());
                    for (int k = 0; k < 20; k++) {
                        int row = (own + k) % 8;
                        byte[] found = another.array(FILE, "/chunked", List.of(List.of(row, 1), List.of(3, 2)))
                                .bytes();
                        assertArrayEquals(new byte[] {(byte) (8 * row + 3), (byte) (8 * row + 4)}, found);
                    }
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(tasks)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(text(client.get("metrics")).contains("h5coro_requests_total{status=\"200\"}"));
    }

    private static List<Object> deepList(int depth) {
        List<Object> list = List.of(1);
        for (int i = 0; i < depth; i++) {
            list = List.of(list);
        }
        return list;
    }

    private static int slice(String object, Object slice) {
        return client.ask(FILE, Map.of("object", object, "slice", slice)).statusCode();
    }

    private static String describe(String object, int depth) {
        return Client.value(client.ask(FILE, Map.of("object", object, "data_size_limit", 0, "max_depth", depth)))
                .toJson();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static int[] ints(Client.Array array) {
        int[] ints = new int[array.bytes().length / 4];
        array.buffer().asIntBuffer().get(ints);
        return ints;
    }
}
