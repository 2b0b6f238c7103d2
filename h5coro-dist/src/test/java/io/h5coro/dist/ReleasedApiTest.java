// SPDX-License-Identifier: Apache-2.0
package io.h5coro.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions say what they break: this one, and what the comparison finds in a history that is made for it. */
final class ReleasedApiTest {
    private static final String CORE = "public final class a.B\n    public int a.B.c()\n";

    @TempDir
    private Path top;

    @Test
    void thisVersionBreaksNoMoreThanItSays() {
        ReleasedApi api = new ReleasedApi(Project.TOP);
        assertEquals(List.of(), api.problems(Project.version()), () -> "since " + api.lastRelease());
    }

    private ReleasedApi released(String tag) throws IOException {
        ReleasedApi api = new ReleasedApi(top);
        assumeTrue(api.git("init", "-q").isPresent(), "git is there");
        write("core", CORE);
        commit(api);
        assertTrue(api.git("tag", tag).isPresent());
        return api;
    }

    private void write(String module, String text) throws IOException {
        Files.writeString(Files.createDirectories(top.resolve(module)).resolve("api.txt"), text);
    }

    private static void commit(ReleasedApi api) {
        assertTrue(api.git("add", "-A").isPresent());
        assertTrue(api.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a", "--allow-empty")
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "v0.1.0, 0.1.1-SNAPSHOT, 1",
        "v0.1.0, 0.1.0, 1",
        "v0.1.0, 0.2.0-SNAPSHOT, 0",
        "v0.9.3, 1.0.0, 0",
        "v1.2.3, 1.2.4, 1",
        "v1.2.3, 1.3.0, 1",
        "v1.2.3, 2.0.0-SNAPSHOT, 0",
        "v2.0.0, 1.9.0, 1"
    })
    void aLineThatIsGoneNeedsAVersionThatMayBreak(String tag, String version, int problems) throws Exception {
        ReleasedApi api = released(tag);
        write("core", "public final class a.B\n");
        commit(api);
        assertEquals(
                problems,
                api.problems(version).size(),
                () -> api.problems(version).toString());
        assertTrue(api.problems(version).stream().allMatch(line -> line.endsWith("public int a.B.c()")));
    }

    @ParameterizedTest
    @CsvSource({"v0.1.0, 0.1.1, 0", "v1.2.3, 1.2.4, 1", "v1.2.3, 1.3.0, 0", "v1.2.3, 2.0.0, 0"})
    void aNewLineNeedsANewMinorVersion(String tag, String version, int problems) throws Exception {
        ReleasedApi api = released(tag);
        write("core", CORE + "    public int a.B.d()\n");
        commit(api);
        assertEquals(
                problems,
                api.problems(version).size(),
                () -> api.problems(version).toString());
    }

    @Test
    void aModuleThatIsNewHasNothingToCompareWith() throws Exception {
        ReleasedApi api = released("v1.0.0");
        write("other", CORE);
        commit(api);
        assertEquals(List.of(), api.problems("1.0.1"));
        assertEquals(Optional.of("v1.0.0"), api.lastRelease());
    }

    @Test
    void beforeTheFirstReleaseEverythingMayChange() throws Exception {
        ReleasedApi api = new ReleasedApi(top);
        write("core", CORE);
        assertEquals(Optional.empty(), api.lastRelease());
        assertEquals(List.of(), api.problems("0.1.0-SNAPSHOT"));
    }
}
