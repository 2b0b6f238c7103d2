// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.msgpack.value.Value;

/** Files of a web server that lists its folders. */
final class RemoteRootTest {
    private static final String FILE = "web/a%20%231.h5";

    private FaultyHttpServer web;
    private H5Server server;
    private Client client;
    private byte[] content;

    @BeforeEach
    void start() throws Exception {
        content = Checked.bytes("checked.h5");
        web = FaultyHttpServer.start();
        web.put("/data/a%20%231.h5", content);
        web.put("/data/below/notes.txt", "grüße".getBytes(StandardCharsets.UTF_8));
        page("/data/", "a%20%231.h5", "below/");
        page("/data/below/", "notes.txt");
        web.always(request -> request.path().endsWith("/")
                ? answer -> {
                    if (answer.status != 404) {
                        ServerFault.ignoreRange().spoil(answer);
                        ServerFault.header("Content-Type", "text/html;charset=UTF-8")
                                .spoil(answer);
                    }
                }
                : ServerFault.none());
        server = H5Server.start(ServeOptions.defaults()
                .withRoot("web", web.uri("/data/").toString())
                .withRoot("single.h5", web.uri("/data/a%20%231.h5").toString())
                .withStorage(StorageOptions.none().with("index_pages", "true")));
        client = new Client(server.uri());
        web.clearLog();
    }

    /** A page as nginx makes it. */
    private void page(String folder, String... names) {
        StringBuilder page =
                new StringBuilder("<html>\r\n<head><title>Index of " + folder + "</title></head>\r\n<body>\r\n"
                        + "<h1>Index of " + folder + "</h1><hr><pre><a href=\"../\">../</a>\r\n");
        for (String name : names) {
            page.append("<a href=\"" + name + "\">" + name + "</a>          29-Nov-2026 18:38      1234\r\n");
        }
        web.put(
                folder,
                page.append("</pre><hr></body>\r\n</html>\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        web.close();
    }

    private static String names(Value map) {
        return map.asMapValue().keySet().toString();
    }

    @Test
    void listsAndDescribes() {
        Map<Value, Value> top = client.map("", Map.of());
        assertEquals("[single.h5]", names(Client.at(top, "files")));
        assertEquals("[web]", names(Client.at(top, "directories")));
        assertEquals(0, web.requests());
        assertEquals(200, client.ask("web", Map.of()).statusCode(), () -> Client.error(client.ask("web", Map.of())));
        Map<Value, Value> folder = client.map("web", Map.of());
        assertEquals("[a #1.h5]", names(Client.at(folder, "files")));
        assertEquals("[below]", names(Client.at(folder, "directories")));
        assertEquals("[notes.txt]", names(Client.at(client.map("web/below", Map.of()), "files")));
        Map<Value, Value> file = client.map(FILE, Map.of());
        assertEquals("application/x-hdf5", Client.at(file, "type").toString());
        assertEquals(content.length, Client.at(file, "size").asIntegerValue().asInt());
        assertEquals(404, client.ask("web/none.h5", Map.of()).statusCode());
        assertEquals(404, client.ask("web/none", Map.of()).statusCode());
        assertEquals(404, client.ask("single.h5/below", Map.of()).statusCode());
    }

    @Test
    void saysThatAStorageListsNoFolders() throws Exception {
        try (H5Server unlisted = H5Server.start(
                ServeOptions.defaults().withRoot("web", web.uri("/data/").toString()))) {
            Client other = new Client(unlisted.uri());
            HttpResponse<byte[]> folder = other.ask("web", Map.of());
            assertEquals(501, folder.statusCode());
            assertEquals("the storage lists no folders: ask for a file by its name", Client.error(folder));
            assertEquals(200, other.ask(FILE, Map.of()).statusCode());
            assertEquals(200, other.ask("web/below/notes.txt", Map.of()).statusCode());
            assertEquals(404, other.ask("web/none", Map.of()).statusCode());
        }
    }

    @Test
    void aFolderThatIsNotThereIsNone() throws Exception {
        try (H5Server none = H5Server.start(ServeOptions.defaults()
                .withStorage(StorageOptions.none().with("index_pages", "true"))
                .withRoot("none", web.uri("/none/").toString()))) {
            assertEquals(404, new Client(none.uri()).ask("none", Map.of()).statusCode());
        }
    }

    @Test
    void refusesLocationsWithoutAStorage() {
        for (String location : List.of("foo://host/file.h5", "foo://host/", "http:///file.h5")) {
            ServeOptions options = ServeOptions.defaults().withRoot("a", location);
            assertThrows(StorageException.class, () -> H5Server.start(options).close(), location);
        }
    }

    @Test
    void readsAndSendsFiles() {
        for (String path : List.of(FILE, "single.h5")) {
            byte[] found = client.array(path, "/plain", List.of(List.of(0, 500), List.of(0, 3)))
                    .bytes();
            assertEquals(12_000, found.length);
            assertArrayEquals(content, client.get("download/" + path).body());
        }
        assertEquals(
                "grüße", new String(client.get("download/web/below/notes.txt").body(), StandardCharsets.UTF_8));
    }

    /**
     * One byte tells the version, whatever is asked for; the open file is read no further for a group that it knows.
     */
    @Test
    void asksForOneByteOfAFileThatItKnows() {
        describe("/");
        web.clearLog();
        describe("/");
        List<ServedRequest> log = web.log();
        assertEquals(1, log.size(), log::toString);
        assertEquals("bytes=0-0", log.get(0).header("Range").orElse(""));
    }

    /** 40 members that lie apart are read together. */
    @Test
    void resolvesTheMembersOfAGroupTogether() throws Exception {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Checked.bytes("scattered.h5.gz")))) {
            web.put("/data/scattered.h5", in.readAllBytes());
        }
        web.latency(Duration.ofMillis(100)); // what is asked for together overlaps
        Value described = Client.value(
                client.ask("web/scattered.h5", Map.of("object", "/", "data_size_limit", 0, "max_depth", 1)));
        Map<Value, Value> members =
                Client.at(described.asMapValue().map(), "members").asMapValue().map();
        assertEquals(40, members.size());
        assertTrue(members.values().stream().allMatch(member -> member.toJson().contains("\"units\"")));
        int requests = web.requests();
        assertTrue(requests >= 8 && requests <= 16, () -> "requests: " + requests + " " + web.log());
        // The byte of the version, the front of the file, the links, and what they lead to.
        assertTrue(waves() >= 2 && waves() <= 5, () -> "waves: " + waves());
    }

    /** Requests that began after all before them had ended. */
    private int waves() {
        int waves = 0;
        long end = Long.MIN_VALUE;
        List<io.h5coro.storage.ServedExchange> all = web.exchanges().stream()
                .sorted(java.util.Comparator.comparingLong(io.h5coro.storage.ServedExchange::startNanos))
                .toList();
        for (io.h5coro.storage.ServedExchange one : all) {
            if (waves == 0 || one.startNanos() > end) {
                waves++;
                end = one.endNanos();
            } else {
                end = Math.max(end, one.endNanos());
            }
        }
        return waves;
    }

    @Test
    void noticesAChangeAtTheNextRequest() throws Exception {
        for (String path : List.of(FILE, "single.h5")) {
            web.put("/data/a%20%231.h5", content);
            assertEquals(200, describe(path, "/cube"));
            assertEquals(404, describe(path, "/rows"));
            web.put("/data/a%20%231.h5", Checked.bytes("served.h5"));
            assertEquals(404, describe(path, "/cube"));
            assertEquals(200, describe(path, "/rows"));
        }
    }

    /**
     * Without a tag nothing tells that a file changed, as long as its size stays: it is opened anew after 10 seconds.
     */
    @Test
    void noticesAnotherSizeWithoutATag() throws Exception {
        web.withoutVersions();
        assertEquals(200, describe(FILE, "/cube"));
        web.put("/data/a%20%231.h5", Checked.bytes("served.h5"));
        assertEquals(200, describe(FILE, "/rows"));
    }

    @Test
    void tellsNothingOfWhereAFileIs() {
        web.always(request -> ServerFault.status(403));
        String error = Client.error(client.ask(FILE, Map.of("object", "/")));
        assertFalse(error.contains("127.0.0.1") || error.contains("data/"), error);
        assertEquals(404, client.ask(FILE, Map.of("object", "/")).statusCode());
        assertEquals(200, client.ask("", Map.of()).statusCode());
    }

    private void describe(String object) {
        assertEquals(200, describe(FILE, object));
    }

    private int describe(String path, String object) {
        return client.ask(path, Map.of("object", object, "data_size_limit", 0, "max_depth", 1))
                .statusCode();
    }
}
