// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the command loads before it does something, counted in a JVM of its own; and an archive of a real JVM. */
@Timeout(300)
final class StartTest {
    private static final String FILE = Path.of("../testdata/src/main/resources/fixtures/numbers_earliest.h5")
            .toString();
    private static final String JAVA_HOME = System.getProperty("java.home");

    /** What a local file needs nothing of. */
    private static final List<String> REMOTE = List.of(
            "java.net.http.",
            "jdk.internal.net.http.",
            "sun.security.ssl.",
            "software.amazon.",
            "org.apache.hc.",
            "io.h5coro.s3.",
            "io.h5coro.storage.http.");

    @TempDir
    private Path folder;

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static void succeeds(ProcessBuilder builder, Path out) throws IOException, InterruptedException {
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertEquals(0, process.waitFor(), Files.readString(out));
    }

    private static List<String> names(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst("^\\[.*] ", "").split(" ", 2)[0])
                .toList();
    }

    /** The classes that a command line loads, in their order. */
    private List<String> loaded(String... line) throws IOException, InterruptedException {
        Path log = folder.resolve("loaded.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(JAVA_HOME, "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                classPath(),
                "io.h5coro.cli.Main"));
        command.addAll(Arrays.asList(line));
        succeeds(new ProcessBuilder(command), folder.resolve("out.txt"));
        return names(log);
    }

    private static void has(List<String> loaded, String prefix, int least, int most) {
        List<String> found =
                loaded.stream().filter(name -> name.startsWith(prefix)).toList();
        assertTrue(found.size() >= least && found.size() <= most, () -> found.size() + " of " + prefix + ": " + found);
    }

    private static void hasNone(List<String> loaded, List<String> prefixes) {
        prefixes.forEach(prefix -> has(loaded, prefix, 0, 0));
    }

    @Test
    void theVersionLoadsNothingOfTheReaderNorOfPicocli() throws Exception {
        List<String> loaded = loaded("--version");
        has(loaded, "io.h5coro.", 3, 30);
        has(loaded, "", 300, 1_200);
        hasNone(loaded, REMOTE);
        hasNone(loaded, List.of("picocli.", "io.h5coro.H5Coro"));
    }

    @Test
    void aWarningOfTheLibraryIsALineOfTheCommand() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path out = folder.resolve("out.txt");
        succeeds(
                new ProcessBuilder(
                        Path.of(JAVA_HOME, "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        "io.h5coro.cli.Main",
                        "ls",
                        "--index-cache",
                        file.toString(),
                        FILE),
                out);
        List<String> said = Files.readAllLines(out).stream()
                .filter(line -> line.contains(file.toString()))
                .toList();
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).startsWith("h5coro: the index cache in " + file), said::toString);
        assertTrue(Files.readAllLines(out).stream().noneMatch(line -> line.contains("WARNING")));
    }

    @Test
    void listingALocalFileLoadsNoPicocliAndNothingOfTheNetwork() throws Exception {
        List<String> loaded = loaded("ls", FILE);
        has(loaded, "io.h5coro.", 100, 400);
        has(loaded, "", 600, 2_200);
        hasNone(loaded, REMOTE);
        hasNone(
                loaded,
                List.of(
                        "picocli.",
                        "com.fasterxml.",
                        "io.h5coro.cli.json.",
                        "io.h5coro.cli.values.",
                        "io.h5coro.cli.dump.",
                        "io.h5coro.internal.decode.bzip2."));
    }

    @Test
    void theAttributesOfALocalFileLoadNoPicocliAndNothingOfTheNetwork() throws Exception {
        List<String> loaded = loaded("attrs", FILE);
        has(loaded, "io.h5coro.", 100, 500);
        hasNone(loaded, REMOTE);
        hasNone(loaded, List.of("picocli.", "com.fasterxml.", "io.h5coro.cli.json.", "io.h5coro.cli.values."));
    }

    @Test
    void picocliLearnsTheCommandThatIsNamedOnly() throws Exception {
        List<String> loaded = loaded("plan", FILE, "/chunked/i1");
        has(loaded, "picocli.", 50, 300);
        has(loaded, "io.h5coro.cli.inspect.PlanCommand", 1, 30);
        hasNone(loaded, REMOTE);
        hasNone(
                loaded,
                Stream.of("Ls", "Attrs", "Doctor", "Tree", "Info", "Find")
                        .map(name -> "io.h5coro.cli.inspect." + name + "Command")
                        .toList());
    }

    @Test
    void anExportLoadsWhatItsFormatNeedsAndNoOtherCommandLoadsIt() throws Exception {
        List<String> formats = List.of(
                "io.h5coro.export.",
                "io.h5coro.parquet.",
                "org.apache.commons.csv.",
                "com.fasterxml.",
                "org.apache.arrow.",
                "com.google.flatbuffers.",
                "io.h5coro.plot.",
                "io.h5coro.labels.",
                "java.awt.");
        hasNone(loaded("ls", FILE), formats);
        hasNone(loaded("plan", FILE, "/chunked/i1"), formats);
        List<String> loaded = loaded("export", FILE, "-d", "/chunked/i1", "-f", "csv");
        has(loaded, "io.h5coro.export.", 10, 80);
        has(loaded, "org.apache.commons.csv.", 1, 30);
        has(loaded, "io.h5coro.parquet.", 0, 2);
        hasNone(loaded, formats.subList(3, 6));
        hasNone(loaded, REMOTE);
    }

    @Test
    void aPictureOfCharactersLoadsNoAwt() throws Exception {
        List<String> loaded = loaded("plot", FILE, "-d", "/chunked/i1", "--raw");
        has(loaded, "io.h5coro.plot.", 10, 40);
        hasNone(loaded, List.of("java.awt.", "io.h5coro.labels.", "io.h5coro.parquet.", "org.apache.commons.csv."));
        hasNone(loaded, REMOTE);
    }

    /** A jar of what the test's class path has of a class: archives of classes hold those of jars only. */
    private static void jar(Class<?> type, Path jar) throws Exception {
        Path source =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(source)) {
            Files.copy(source, jar);
            return;
        }
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"));
                Stream<Path> files = Files.walk(source)) {
            files.filter(Files::isRegularFile).forEach(file -> copy(file, zip.getPath("/" + source.relativize(file))));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an unpacked distribution, and gives where the JVM found the main class. */
    private String source(Map<String, String> environment, String... line) throws Exception {
        Path log = folder.resolve("loaded.txt");
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("bin/h5coro").toString()));
        command.addAll(Arrays.asList(line));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.contains("JAVA_") || name.startsWith("H5CORO_"));
        builder.environment().put("JAVA_HOME", JAVA_HOME);
        builder.environment()
                .put("XDG_CACHE_HOME", Files.createFile(folder.resolve("none")).toString());
        builder.environment()
                .put("JAVA_OPTS", "-Xlog:class+load:file=" + log.toString().replace(' ', '?'));
        builder.environment().putAll(environment);
        succeeds(builder, folder.resolve("out.txt"));
        Files.delete(folder.resolve("none"));
        return Files.exists(log)
                ? Files.readAllLines(log).stream()
                        .filter(text -> text.contains(" io.h5coro.cli.Main "))
                        .findFirst()
                        .orElseThrow()
                : "";
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRealArchiveIsTakenAndADamagedOneIsLeftAloneWithoutAWord() throws Exception {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Path launcher = Files.createDirectories(folder.resolve("bin")).resolve("h5coro");
        Files.copy(Path.of("../bin/h5coro"), launcher);
        assertTrue(launcher.toFile().setExecutable(true));
        jar(Main.class, lib.resolve("h5coro-cli.jar"));
        jar(io.h5coro.H5Coro.class, lib.resolve("h5coro-core.jar"));
        jar(picocli.CommandLine.class, lib.resolve("picocli.jar"));
        Files.write(lib.resolve("h5coro.classlist"), List.of("java/lang/Object", "io/h5coro/cli/Main"));
        source(Map.of("H5CORO_ARCHIVE", "make"));
        File archive = lib.toFile().listFiles((in, name) -> name.endsWith(".jsa"))[0];
        assertTrue(source(Map.of(), "--version").contains("shared objects file"));
        String version = Files.readString(folder.resolve("out.txt"));
        assertEquals(Run.of("--version").out(), version);

        byte[] whole = Files.readAllBytes(archive.toPath());
        for (byte[] damaged : List.of(
                new byte[0],
                "no archive of classes".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Arrays.copyOf(whole, whole.length / 2),
                new byte[whole.length])) {
            assertTrue(archive.delete());
            Files.write(archive.toPath(), damaged);
            assertTrue(source(Map.of(), "--version").contains("h5coro-cli.jar"));
            assertEquals(version, Files.readString(folder.resolve("out.txt")));
        }
    }
}
