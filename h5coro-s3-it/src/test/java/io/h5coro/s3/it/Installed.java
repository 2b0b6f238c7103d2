// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The distribution that the build packaged, unpacked once for the tests of this JVM: in a folder with a blank in its
 * name that cannot be written to, behind two symbolic links. Thread-safe.
 *
 * @param folder where the archive was unpacked
 * @param launcher a link to a link to its {@code bin/h5coro}
 */
record Installed(Path folder, Path launcher) {
    private static final Path TOP = Path.of("").toAbsolutePath().getParent();

    /**
     * Gives the distribution.
     *
     * @return empty when no archive is there, or when a source is newer than it: a build of the tests alone makes none
     */
    static Optional<Installed> distribution() {
        return Holder.INSTALLED;
    }

    private static final class Holder {
        private static final Optional<Installed> INSTALLED = archive().map(Installed::unpacked);
    }

    private static Optional<Path> archive() {
        Path target = TOP.resolve("h5coro-dist/target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .filter(Installed::isOfTheseSources)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfTheseSources(Path archive) {
        FileTime made = modified(archive);
        return Stream.of("bin", "h5coro-core/src/main", "h5coro-s3/src/main", "h5coro-cli/src/main")
                .map(TOP::resolve)
                .flatMap(Installed::files)
                .allMatch(source -> modified(source).compareTo(made) <= 0);
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Installed unpacked(Path archive) {
        try {
            Path top = Files.createTempDirectory("h5coro installed ").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                run("chmod", "-R", "u+w", top.toString());
                Folders.delete(top);
            }));
            run("tar", "-xzf", archive.toString(), "-C", top.toString());
            Path folder;
            try (Stream<Path> only = Files.list(top)) {
                folder = only.findFirst().orElseThrow();
            }
            Path inner = Files.createSymbolicLink(top.resolve("inner"), folder.resolve("bin/h5coro"));
            Path launcher = Files.createSymbolicLink(top.resolve("h5coro"), top.relativize(inner));
            run("chmod", "-R", "a-w", top.toString());
            return new Installed(folder, launcher);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
