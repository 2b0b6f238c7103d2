// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Index cache and files that other files name, and local files. */
final class IndexCacheForeignTest {
    @TempDir
    Path temp;

    private ReadOptions cached() {
        return ReadOptions.builder()
                .indexCache(IndexCache.at(temp.resolve("index")))
                .build();
    }

    /** What each dataset of the root group holds, or why it cannot be read. */
    private static TreeMap<String, String> values(String location, ReadOptions options) {
        TreeMap<String, String> all = new TreeMap<>();
        try (H5Coro file = H5Coro.open(location, options)) {
            for (String name : file.list("/").variables().keySet()) {
                try {
                    all.put(
                            name,
                            PublicCalls.text(file.read(name))
                                    + file.dataset(name).shape());
                } catch (H5Exception e) {
                    all.put(name, e.getClass().getSimpleName());
                }
            }
        }
        return all;
    }

    @Test
    void sourcesOfVirtualDatasetsAreCachedAndNoticedWhenTheyChange() throws IOException {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put("/d/virtual.h5", Fixtures.bytes("virtual_v110"));
            server.put("/d/virtual_sources.h5", Fixtures.bytes("virtual_sources"));
            String location = server.uri("/d/virtual.h5").toString();
            TreeMap<String, String> expected = values(location, ReadOptions.defaults());
            assertEquals(expected, values(location, cached()));
            server.clearLog();
            assertEquals(expected, values(location, cached()));
            List<ServedRequest> found = server.log().stream()
                    .filter(request -> request.path().startsWith("/d/virtual"))
                    .toList();
            assertTrue(
                    found.stream()
                            .allMatch(request -> request.header("If-Match").isPresent()),
                    "all are in the cache");
            assertEquals(
                    1,
                    found.stream()
                            .filter(request -> request.path().equals("/d/virtual_sources.h5"))
                            .filter(request ->
                                    request.header("Range").orElse("").equals("bytes=0-0"))
                            .count());
            for (String other : List.of("superblock_v0", "external_links_v110")) {
                server.put("/d/virtual_sources.h5", Fixtures.bytes(other));
                TreeMap<String, String> now = values(location, ReadOptions.defaults());
                assertFalse(now.equals(expected));
                assertEquals(now, values(location, cached()));
                assertEquals(now, values(location, cached()));
            }
            server.put("/d/virtual_sources.h5", Fixtures.bytes("virtual_sources"));
            assertEquals(expected, values(location, cached()));
        }
    }

    @Test
    void externalLinksLeadToCachedFilesToo() throws IOException {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put("/d/links.h5", Fixtures.bytes("external_links_v110"));
            server.put("/d/virtual_sources.h5", Fixtures.bytes("virtual_sources"));
            String location = server.uri("/d/links.h5").toString();
            TreeMap<String, String> expected = values(location, cached());
            assertTrue(expected.containsKey("to_dataset"));
            assertEquals(expected, values(location, cached()));
            server.put("/d/virtual_sources.h5", Fixtures.bytes("superblock_v0"));
            assertEquals(values(location, ReadOptions.defaults()), values(location, cached()));
        }
    }

    @Test
    void aLocalFileThatWasRewrittenIsReadAnew() throws IOException {
        Path path = temp.resolve("a.h5");
        Files.write(path, Fixtures.bytes("composed_047"));
        age(path, 50);
        TreeMap<String, String> old = values(path.toString(), cached());
        assertEquals(1, entries());
        assertEquals(old, values(path.toString(), cached()));
        Files.write(path, Fixtures.bytes("composed_048"));
        age(path, 40);
        TreeMap<String, String> now = values(path.toString(), cached());
        assertEquals(values(path.toString(), ReadOptions.defaults()), now);
        assertFalse(now.equals(old));
        assertEquals(now, values(path.toString(), cached()));
    }

    @Test
    void aLocalFileWrittenJustNowIsNotKept() throws IOException {
        Path path = temp.resolve("a.h5");
        Files.write(path, Fixtures.bytes("composed_047"));
        // A clock that goes wrong may date it into the future.
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        values(path.toString(), cached());
        assertFalse(Files.exists(temp.resolve("index")));
    }

    private static void age(Path path, int minutes) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofMinutes(minutes))));
    }

    private long entries() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("index"))) {
            return files.count();
        }
    }
}
