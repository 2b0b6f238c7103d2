// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When bin/h5coro makes and takes archives of classes, in an unpacked distribution, with a script in Java's place. */
@EnabledOnOs(OS.LINUX)
final class LauncherArchiveTest {
    /** Makes an archive where a JVM would, and notes it; else prints its arguments. */
    private static final String JAVA = """
            #!/bin/sh
            for word in "$@"; do
                case $word in
                    -XX:SharedArchiveFile=*) file=${word#*=} ;;
                    -Xshare:dump) dump=true ;;
                esac
            done
            if [ -n "$dump" ]; then
                echo made >>"${0%/*}/made"
                [ ! -e "${0%/*}/fails" ] && echo classes >"$file"
                exit
            fi
            printf '%s\\n' "$@"
            """;

    private static final String OPTION = "-XX:SharedArchiveFile=";

    @TempDir
    private Path temporary;

    private Path top;
    private Path jdk;
    private Path caches;

    @BeforeEach
    void unpack() throws IOException {
        top = temporary.resolve("h5coro 1.0");
        Path launcher = Files.createDirectories(top.resolve("bin")).resolve("h5coro");
        Files.copy(Path.of("../bin/h5coro"), launcher);
        assertTrue(launcher.toFile().setExecutable(true));
        Files.createDirectories(top.resolve("lib"));
        for (String name : List.of("h5coro-cli.jar", "h5coro-core-1.0.jar", "picocli.jar", "h5coro.classlist")) {
            Files.createFile(top.resolve("lib").resolve(name));
        }
        jdk = jdk("jdk", "17.0.1");
        caches = temporary.resolve("caches");
    }

    /** What still runs in the background would make its folder again while the test's is deleted. */
    @AfterEach
    void awaitBackground() throws InterruptedException {
        String here = temporary.toString();
        Eventually.holds(() -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(here)));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = temporary.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, JAVA);
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Process start(Path launcher, Map<String, String> environment, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList());
        builder.environment().keySet().removeIf(name -> name.contains("JAVA_") || name.startsWith("H5CORO_"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("XDG_CACHE_HOME", caches.toString());
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    private static String printed(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    private String run(String... words) throws IOException, InterruptedException {
        return printed(start(top.resolve("bin/h5coro"), Map.of(), words));
    }

    /** The name of the archive that is taken; empty for none. */
    private static String taken(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith(OPTION))
                .map(line -> line.substring(OPTION.length()))
                .findFirst()
                .orElse("");
    }

    private List<String> cached() {
        Path folder = caches.resolve("h5coro");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until what runs in the background has ended: an archive stays, and nothing else. */
    private void awaitArchives(int count) throws InterruptedException {
        Eventually.holds(() ->
                cached().size() == count && cached().stream().allMatch(name -> name.matches("h5coro-[0-9-]+\\.jsa")));
    }

    private long made() throws IOException {
        return Files.exists(jdk.resolve("bin/made"))
                ? Files.readAllLines(jdk.resolve("bin/made")).size()
                : 0;
    }

    @Test
    void theFirstRunMakesAnArchiveForTheSecond() throws Exception {
        assertEquals("", taken(run("ls", "a b")));
        awaitArchives(1);
        String second = run("ls", "a b");
        assertEquals(caches.resolve("h5coro").resolve(cached().get(0)).toString(), taken(second));
        assertTrue(second.endsWith("\nio.h5coro.cli.Main\nls\na b\n"), second);
        assertEquals(1, made());
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(caches.resolve("h5coro"))));
    }

    @Test
    void theOwnJarIsTheFirstOfTheClassPath() throws Exception {
        List<String> words = run("ls").lines().toList();
        String lib = top.resolve("lib").toRealPath().toString();
        assertEquals(
                lib + "/h5coro-cli.jar:" + lib + "/h5coro-core-1.0.jar:" + lib + "/picocli.jar",
                words.get(words.indexOf("-cp") + 1));
        awaitArchives(1);
    }

    @Test
    void isStartedThroughLinksFromElsewhere() throws Exception {
        Path other = Files.createDirectories(temporary.resolve("other bin"));
        Files.createSymbolicLink(temporary.resolve("link"), top.resolve("bin/h5coro"));
        Files.createSymbolicLink(other.resolve("h5coro"), Path.of("../link"));
        assertTrue(printed(start(other.resolve("h5coro"), Map.of(), "ls")).endsWith("\nls\n"));
        awaitArchives(1);
    }

    @Test
    void twoFirstRunsMakeOneArchive() throws Exception {
        Process one = start(top.resolve("bin/h5coro"), Map.of(), "ls");
        Process other = start(top.resolve("bin/h5coro"), Map.of(), "ls");
        assertTrue(printed(one).endsWith("\nls\n"));
        assertTrue(printed(other).endsWith("\nls\n"));
        awaitArchives(1);
        // The one that came later may have begun when the first had ended: it makes the same once more.
        assertTrue(made() >= 1 && made() <= 2);
        assertFalse(taken(run("ls")).isEmpty());
    }

    @Test
    void anotherJavaAndOtherJarsHaveAnArchiveEach() throws Exception {
        run("ls");
        awaitArchives(1);
        String first = taken(run("ls"));
        jdk = jdk("jdk25", "25.0.1");
        assertEquals("", taken(run("ls")));
        awaitArchives(2);
        assertNotEquals(first, taken(run("ls")));
        Files.createFile(top.resolve("lib/filter.jar"));
        Files.setLastModifiedTime(top.resolve("lib/filter.jar"), FileTime.from(Instant.EPOCH));
        assertEquals("", taken(run("ls")));
        awaitArchives(3);
    }

    @Test
    void anArchiveIsMadeAgainWhenAJarIsNewer() throws Exception {
        run("ls");
        awaitArchives(1);
        Path archive = Path.of(taken(run("ls")));
        Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));
        assertEquals("", taken(run("ls")));
        Eventually.holds(() -> archive.toFile().lastModified() > 0);
        awaitArchives(1);
        assertEquals(archive.toString(), taken(run("ls")));
    }

    @Test
    void onlyTheNewestFourArchivesStay() throws Exception {
        Path folder = Files.createDirectories(caches.resolve("h5coro"));
        for (int i = 1; i <= 6; i++) {
            Path old = Files.createFile(folder.resolve("h5coro-" + i + "-1.jsa"));
            Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH.plusSeconds(i)));
        }
        Files.createFile(folder.resolve("notes.txt"));
        run("ls");
        Eventually.holds(() -> cached().size() == 5);
        assertTrue(cached().containsAll(List.of("h5coro-4-1.jsa", "h5coro-5-1.jsa", "h5coro-6-1.jsa", "notes.txt")));
    }

    @Test
    void whereNothingCanBeWrittenTheCommandRunsAllTheSame() throws Exception {
        caches = Files.createFile(temporary.resolve("file"));
        assertTrue(run("ls").endsWith("\nls\n"));
        Map<String, String> nowhere = Map.of("XDG_CACHE_HOME", "", "HOME", "");
        assertTrue(
                printed(start(top.resolve("bin/h5coro"), nowhere, "ls")).startsWith("-Xshare:auto\n-Xlog:disable\n"));
        assertEquals(0, made());
    }

    @Test
    void whatFailedIsNotTriedAtEachRun() throws Exception {
        Files.createFile(jdk.resolve("bin/fails"));
        run("ls");
        Eventually.holds(() -> cached().size() == 1 && cached().get(0).endsWith(".lock"));
        assertEquals("", taken(run("ls")));
        assertEquals("", taken(run("ls")));
        assertEquals(1, made());
    }

    @Test
    void aLinkIsNoArchive() throws Exception {
        run("ls");
        awaitArchives(1);
        Path archive = Path.of(taken(run("ls")));
        Path moved = Files.move(archive, temporary.resolve("elsewhere"));
        Files.createSymbolicLink(archive, moved);
        assertEquals("", taken(run("ls")));
        Eventually.holds(() -> !Files.isSymbolicLink(archive));
        awaitArchives(1);
    }

    @Test
    void anArchiveBesideTheJarsIsTakenFirstAndOffIsOff() throws Exception {
        Path launcher = top.resolve("bin/h5coro");
        assertEquals("", printed(start(launcher, Map.of("H5CORO_ARCHIVE", "make"))));
        assertEquals(1, made());
        assertEquals(top.resolve("lib").toRealPath(), Path.of(taken(run("ls"))).getParent());
        assertEquals("", taken(printed(start(launcher, Map.of("H5CORO_ARCHIVE", "off"), "ls"))));
        String own = printed(start(launcher, Map.of("JAVA_OPTS", OPTION + "mine.jsa"), "ls"));
        assertEquals("mine.jsa", taken(own));
        assertEquals(List.of(), cached());
    }
}
