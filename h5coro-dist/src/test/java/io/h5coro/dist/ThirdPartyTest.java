// SPDX-License-Identifier: Apache-2.0
package io.h5coro.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the distribution consists of besides h5coro, and under which licences, was reviewed: {@code third-party.txt}.
 * After a change that is meant, {@code -Dh5coro.licences.write=true} writes it. Versions are not part of it.
 */
final class ThirdPartyTest {
    private static final Path REVIEWED = Path.of("third-party.txt");

    /** Lines {@code group:artifact:version - licence}, as the build found them. */
    private static List<String> found() throws IOException {
        return Files.readAllLines(Path.of("target/licences/THIRD-PARTY.txt")).stream()
                .filter(line -> line.contains(" - "))
                .toList();
    }

    @Test
    void dependenciesAndTheirLicencesAreTheReviewedOnes() throws IOException {
        String now = found().stream()
                .map(line -> line.replaceFirst(":[^:]* - ", " - ") + "\n")
                .collect(Collectors.joining());
        assertTrue(now.lines().count() > 10, now);
        if (Boolean.getBoolean("h5coro.licences.write")) {
            Files.writeString(REVIEWED, now);
        }
        assertEquals(Files.readString(REVIEWED), now, "-Dh5coro.licences.write=true writes it");
    }

    /** The Apache License itself is in the distribution; MIT's must come with its copyright, and does, in the jars. */
    @Test
    void whatIsUnderTheMitLicenceBringsIt() throws IOException {
        List<String> jars = found().stream()
                .filter(line -> line.endsWith(" - MIT"))
                .map(line -> line.replaceFirst("^[^:]*:([^:]*):([^:]*) - .*", "$1-$2.jar"))
                .toList();
        assertTrue(jars.size() >= 2, jars.toString());
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String jar : jars) {
            String file = Stream.of(path.split(File.pathSeparator, -1))
                    .filter(entry -> entry.endsWith(File.separator + jar))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(jar + " is not on the class path"));
            try (JarFile opened = new JarFile(file)) {
                assertTrue(opened.stream().anyMatch(entry -> entry.getName().startsWith("META-INF/LICENSE")), jar);
            }
        }
    }
}
