// SPDX-License-Identifier: Apache-2.0
package io.h5coro.testdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The committed fixtures and what libhdf5 reads from them. Thread-safe.
 *
 * <p>Names are without folder and extension, such as {@code numbers_v18}. {@code testdata/CASES.md} says which fixture
 * holds which case.
 */
public final class Fixtures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixtures() {}

    /** The names of all fixtures that have expected values, sorted. */
    public static List<String> all() {
        return lines("expected/index.txt");
    }

    /**
     * A fixture as a file of the default file system; beside it lie the files that it names (external raw data, sources
     * of virtual datasets).
     *
     * @param name a name of {@link #all()}, or the full name of a companion file such as {@code external_raw_1.bin};
     *     what follows an {@code @} is a revision of the same file
     * @return the file among the compiled classes, or a copy in a temporary folder when this class is in a jar
     * @throws UncheckedIOException when there is no such fixture
     */
    public static Path path(String name) {
        String file = file(name);
        URL url = resource("fixtures/" + file);
        try {
            return url.getProtocol().equals("file") ? Path.of(url.toURI()) : JarCopies.FOLDER.resolve(file);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a location: " + url, e);
        }
    }

    /**
     * All bytes of a fixture.
     *
     * @param name as for {@link #path(String)}
     * @throws UncheckedIOException when there is no such fixture
     */
    public static byte[] bytes(String name) {
        try (InputStream in = resource("fixtures/" + file(name)).openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What libhdf5 reads from a fixture.
     *
     * @param name a name of {@link #all()}
     * @throws UncheckedIOException when there is no such fixture
     */
    public static ExpectedFile expected(String name) {
        try (InputStream in = resource("expected/" + name + ".json").openStream()) {
            return ExpectedJson.file(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String name) {
        String plain = name.replaceFirst("@.*", "");
        return plain.contains(".") ? plain : plain + ".h5";
    }

    private static URL resource(String name) {
        URL url = Fixtures.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new UncheckedIOException(new FileNotFoundException("no test resource " + name));
        }
        return url;
    }

    private static List<String> lines(String resource) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(resource(resource).openStream(), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Holds the temporary folder, which ends with the JVM. Every fixture and every file that one names is in it from
     * the start: whoever has the path of one has its neighbours, whichever was asked for before.
     */
    private static final class JarCopies {
        private static final Path FOLDER = folder();

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("h5coro-fixtures");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "h5coro-fixtures-end"));
                for (String file : files()) {
                    copy(resource("fixtures/" + file), folder.resolve(file));
                }
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Set<String> files() {
            Set<String> files = new TreeSet<>(lines("expected/companions.txt"));
            all().forEach(name -> files.add(file(name)));
            return files;
        }

        private static void copy(URL url, Path target) throws IOException {
            try (InputStream in = url.openStream()) {
                Files.copy(in, target);
            }
            // Not a file of just now, of which no cache takes note.
            Files.setLastModifiedTime(target, FileTime.from(Instant.EPOCH));
        }

        private static void delete(Path folder) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                // What is left is in the temporary folder.
            }
        }
    }
}
