// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeOptions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing leads out of a root: no path of a request, no link of the file system, and no name that a file holds. */
final class ConfinementTest {
    private static final String SECRET = "secret";

    @TempDir
    private static Path folder;

    private static H5Server server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path below = Files.createDirectory(root.resolve("below"));
        Checked.copy("links.h5", root);
        Files.write(folder.resolve("outside.h5"), Checked.bytes("served.h5"));
        Files.write(below.resolve("inside.h5"), Checked.bytes("served.h5"));
        Files.writeString(folder.resolve("outside.raw"), SECRET);
        Files.writeString(below.resolve("inside.raw"), "inside");
        Files.writeString(below.resolve("100% %2e#?+ é"), "strange");
        Files.createSymbolicLink(root.resolve("link.h5"), folder.resolve("outside.h5"));
        Files.createSymbolicLink(root.resolve("link.raw"), folder.resolve("outside.raw"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        Files.createSymbolicLink(root.resolve("self"), root);
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        server = H5Server.start(ServeOptions.defaults().withRoot("data", root.toString()));
        client = new Client(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/../outside.raw",
                "/data/./../outside.raw",
                "/data//../outside.raw",
                "/data/%2e%2e/outside.raw",
                "/data/%2E%2e/outside.raw",
                "/data/.%2e/outside.raw",
                "/data/%252e%252e/outside.raw",
                "/data/%25252e%25252e/outside.raw",
                "/data/..%2foutside.raw",
                "/data/%2e%2e%2foutside.raw",
                "/data/..%252foutside.raw",
                "/data/..%5coutside.raw",
                "/data/..\\outside.raw",
                "/data/..;/outside.raw",
                "/data/..;x=y/outside.raw",
                "/data;x/../outside.raw",
                "/data/%c0%ae%c0%ae/outside.raw",
                "/data/%e0%80%ae%e0%80%ae/outside.raw",
                "/data/..%c0%afoutside.raw",
                "/data/%u002e%u002e/outside.raw",
                "/data/%ff",
                "/data/%",
                "/data/%4",
                "/data/%zz",
                "/data/links.h5%00.txt",
                "/data/%00",
                "/data/%0a",
                "/data/%7f",
                "/data/link.raw",
                "/data/link.h5",
                "/data/up/outside.raw",
                "/data/self/up/outside.raw",
                "/data/self/../../outside.raw",
                "/data/loop",
                "//etc/passwd",
                "/%2fetc/passwd",
                "/data//etc/passwd",
                "/data/%2fetc%2fpasswd",
                "/data/file:/etc/passwd",
                "/data/file:%2f%2f%2fetc%2fpasswd",
                "/file:///etc/passwd",
                "/https://example.org/x",
                "/..",
                "/../../etc/passwd",
                "/DATA/links.h5"
            })
    void leadsNowhereOutside(String path) throws Exception {
        for (String kind : List.of("/msgpack", "/download", "/arrow")) {
            try (RawClient raw = RawClient.connect(server.uri())
                    .send("GET " + kind + path
                            + "?object=/rows HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
                int status = raw.status();
                assertTrue(status == 400 || status == 404, kind + path + ": " + status);
                String rest = raw.rest();
                assertFalse(rest.contains(folder.toString()) || rest.contains(SECRET), rest);
            }
        }
    }

    @Test
    void followsNoNameThatAFileHolds() {
        Map<String, Integer> out = Map.of("external", 8, "virtual", 8, "raw", 6);
        out.forEach((kind, count) -> {
            for (int i = 0; i < count; i++) {
                List<List<Integer>> slice =
                        kind.equals("raw") ? List.of(List.of(0, 6)) : List.of(List.of(0, 6), List.of(0, 3));
                HttpResponse<byte[]> response = client.ask("data/links.h5", Checked.slice("/" + kind + i, slice));
                String text = new String(response.body(), StandardCharsets.ISO_8859_1);
                // Of an absolute name the last part is looked for inside, and a source that is not there means fill.
                boolean isFill = kind.equals("virtual") && text.contains("\u00ff".repeat(72));
                assertTrue(isFill || response.statusCode() == 404, kind + i + ": " + text);
                assertFalse(text.contains(folder.toString()) || text.contains(SECRET), text);
            }
        });
    }

    @Test
    void followsNamesInside() {
        assertEquals(
                72,
                client.array("data/links.h5", "/inside", List.of(List.of(0, 6), List.of(0, 3)))
                        .bytes()
                        .length);
        assertEquals(
                "inside",
                new String(
                        client.array("data/self/self/links.h5", "/raw_inside", List.of(List.of(0, 6)))
                                .bytes(),
                        StandardCharsets.US_ASCII));
    }

    @Test
    void findsStrangeNames() {
        HttpResponse<byte[]> found = client.get("download/data/below/100%25%20%252e%23%3F+%20%C3%A9");
        assertEquals("strange", new String(found.body(), StandardCharsets.UTF_8));
    }

    @Test
    void refusesNamesOfRootsThatAreNone() {
        for (String name : List.of("", ".", "..", "a/b", "a\\b", "a\u0000", "/")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> H5Server.start(ServeOptions.defaults().withRoot(name, folder.toString())),
                    name);
        }
    }
}
