// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.testdata.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as users find it: read-only, behind links, without a home. Skipped where none was packaged. */
@Timeout(180)
class InstalledTest {
    private static Installed installed;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() {
        assumeTrue(Installed.distribution().isPresent(), "the build packaged a distribution");
        installed = Installed.distribution().orElseThrow();
    }

    private CommandRun run(Map<String, String> environment, String... arguments) throws Exception {
        CommandRun run = CommandRun.command(folder, environment, List.of(arguments));
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        return run;
    }

    @Test
    void readsAFileWithoutAWritableHome() throws Exception {
        String file = Fixtures.path("sample_granule").toString();
        Map<String, String> homeless = Map.of("HOME", "/nonexistent", "XDG_CACHE_HOME", "/proc/nonexistent");
        String out =
                run(homeless, "dump", "-d", "/gt1l/heights/h_ph[0:2]", file).out();
        assertTrue(out.contains("(0): 1811.2, 1800.25"), out);
        assertTrue(run(homeless, "ls", file).out().contains("gt1l"));
    }

    @Test
    void saysItsVersionAndCommit() throws Exception {
        String version = installed.folder().getFileName().toString().replaceFirst("^h5coro-", "");
        assertTrue(run(Map.of(), "--version").out().contains(version));
    }

    /** Half the heap of a small container is enough for a slice. */
    @Test
    void takesOptionsOfTheJvm() throws Exception {
        String file = Fixtures.path("sample_granule").toString();
        String small = "-Xmx64m -XX:ActiveProcessorCount=1";
        assertTrue(run(Map.of("JAVA_OPTS", small), "dump", "-d", "/gt1l/heights/h_ph", file)
                .out()
                .contains("(0): 1811.2"));
    }

    @Test
    void holdsManualCompletionAndLicences() throws Exception {
        for (String name : List.of(
                "LICENSE",
                "NOTICE",
                "THIRD-PARTY.txt",
                "Dockerfile",
                "bin/h5coro.cmd",
                "share/man/man1/h5coro.1",
                "share/man/man1/h5coro-dump.1",
                "share/bash-completion/completions/h5coro")) {
            assertTrue(Files.size(installed.folder().resolve(name)) > 100, name);
        }
        assertTrue(Files.isExecutable(installed.folder().resolve("bin/h5coro")));
        try (Stream<Path> jars = Files.list(installed.folder().resolve("lib"))) {
            List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
            assertTrue(names.containsAll(List.of("h5coro-cli.jar")), names.toString());
            assertFalse(names.stream().anyMatch(name -> name.contains("test") || name.contains("junit")), "" + names);
        }
    }
}
