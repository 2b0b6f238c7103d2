// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What make_checked.py writes. */
final class Checked {
    /** A dataset of 2 GiB whose answers take no room on disk. */
    static final String UNWRITTEN = "/msgpack/data/checked.h5?object=/unwritten&slice=0:268435456";

    private Checked() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Checked.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }

    static void copy(String name, Path folder) throws IOException {
        Files.write(folder.resolve(name), bytes(name));
    }

    /** The lines of {@code checked.tsv}, each split. */
    static List<String[]> slices() throws IOException {
        return new String(bytes("checked.tsv"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .toList();
    }

    /** Asked again, on a busy machine a server with a short limit of time ends a request that it has not looked at. */
    private static final int TRIES = 50;

    /** The value of a gauge or counter without labels. */
    static long metric(H5Server server, String name) {
        String text = "";
        for (int i = 0; i < TRIES && text.isEmpty(); i++) {
            text = metrics(server); // over a connection that ends with it
        }
        String found = text;
        List<String> lines =
                text.lines().filter(line -> line.startsWith(name + " ")).toList();
        assertTrue(lines.size() == 1, () -> name + " in " + found);
        return Long.parseLong(lines.get(0).substring(name.length() + 1));
    }

    private static String metrics(H5Server server) {
        try (RawClient client =
                RawClient.connect(server.uri()).send("GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")) {
            return client.rest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> slice(String object, Object slice) {
        return Map.of("object", object, "slice", slice);
    }
}
