// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold for each source file of the whole project. */
final class SourceFilesTest {
    private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0";
    private static final int MOST_LINES = 500;
    private static final int MOST_COLUMNS = 120;
    private static final String SPECIFICATION = "https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html";

    @Test
    void everySourceFileStartsWithItsLicence() throws IOException {
        assertEquals(
                List.of(), offenders(lines -> lines.isEmpty() || !lines.get(0).equals(LICENCE)));
    }

    @Test
    void noSourceFileIsLongerThanTheHardLimit() throws IOException {
        assertEquals(List.of(), offenders(lines -> lines.size() > MOST_LINES));
    }

    @Test
    void noLineIsLongerThanTheFormattersOnesCommentsIncluded() throws IOException {
        assertEquals(List.of(), offenders(lines -> lines.stream().anyMatch(line -> line.length() > MOST_COLUMNS)));
    }

    /** An edition of its own numbers its sections differently, and its links rot at another time. */
    @Test
    void everyLinkToTheSpecificationIsToOneEdition() throws IOException {
        Pattern link = Pattern.compile("https?://[^\"\\s]*hdfgroup\\.(org|github\\.io)[^\"\\s>)]*");
        AtomicInteger links = new AtomicInteger();
        assertEquals(
                List.of(),
                offenders(lines -> lines.stream()
                        .flatMap(line -> link.matcher(line).results())
                        .peek(found -> links.incrementAndGet())
                        .anyMatch(found -> !found.group().equals(SPECIFICATION))));
        assertTrue(links.get() > 20, "links: " + links);
    }

    private interface Defect {
        boolean in(List<String> lines);
    }

    private static List<String> offenders(Defect defect) throws IOException {
        Path root = projectRoot();
        List<Path> sources;
        try (Stream<Path> modules = Files.list(root)) {
            sources = modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceFilesTest::javaFiles)
                    .toList();
        }
        assertTrue(sources.size() > 20, "only " + sources.size() + " source files found under " + root);
        return sources.stream()
                .filter(source -> defect.in(linesOf(source)))
                .map(source -> root.relativize(source).toString())
                .sorted()
                .toList();
    }

    /** The folder above this module; Surefire starts tests in the module's own folder. */
    private static Path projectRoot() {
        Path root = Path.of("").toAbsolutePath().getParent();
        assertTrue(root != null && Files.exists(root.resolve("h5coro-core/pom.xml")), "not run in a module: " + root);
        return root;
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
