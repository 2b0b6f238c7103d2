// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --data-cache} of the commands. */
final class DataCacheCommandTest {
    private static final String DATASET = "/gt1l/heights/h_ph";

    @TempDir
    Path temp;

    /** A command line with both caches; data do not come along with metadata only if the file is large. */
    private Run run(String command, String file, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--index-cache",
                temp.resolve("index").toString(),
                "--data-cache",
                temp.resolve("data") + ":1G"));
        arguments.addAll(List.of(more));
        arguments.add(file);
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void aDumpReadsFromDiskTheSecondTimeAndSaysSo() throws IOException {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put("/a.h5", Fixtures.bytes("sample_granule"));
            String file = server.uri("/a.h5").toString();
            Run first = run("dump", file, "-d", DATASET, "--stats");
            assertEquals(0, first.status(), first.err());
            assertTrue(first.err().contains(" 0 bytes from the data cache (0 hits)"), first.err());
            server.clearLog();
            Run second = run("dump", file, "-d", DATASET, "--stats");
            assertEquals(first.out(), second.out());
            assertEquals(1, server.requests());
            assertTrue(second.err().startsWith("1 requests, 1 bytes fetched"), second.err());
            assertTrue(second.err().matches("(?s).* [1-9][0-9]* bytes from the data cache \\([1-9][0-9]* hits\\).*"));
            Run plan = run("plan", file, "-d", DATASET);
            assertTrue(plan.out().matches("(?s).*\ndata      0 requests, .* here already\n.*"), plan.out());
            for (String command : List.of("ls", "attrs")) {
                Run other = run(command, file);
                assertEquals(0, other.status(), other.err());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":20", ":20GB", ":0G", ":1g", ":1234567G", ":2X"})
    void aSizeThatIsNoneIsRefused(String size) {
        String file = Fixtures.path("sample_granule").toString();
        for (String command : List.of("dump", "ls")) {
            Run run = Run.of(command, "--data-cache", temp.resolve("x") + size, file);
            assertEquals(2, run.status(), run.err());
            assertTrue(run.err().contains("'" + size.substring(1) + "' is not a size"), run.err());
        }
    }

    @Test
    void aFolderWithoutASizeMayHaveColonsInItsName() throws IOException {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put("/a.h5", Fixtures.bytes("sample_granule"));
            String file = server.uri("/a.h5").toString();
            for (String name : List.of("plain", "a:b", "a:b:64M")) {
                Run run = Run.of("dump", "-d", DATASET, "--data-cache=" + temp.resolve(name), file);
                assertEquals(0, run.status(), run.err());
            }
            assertTrue(Files.isDirectory(temp.resolve("plain")));
            assertTrue(Files.isDirectory(temp.resolve("a:b")));
            assertTrue(Files.notExists(temp.resolve("a:b:64M")));
        }
    }
}
