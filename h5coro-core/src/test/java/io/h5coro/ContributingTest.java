// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the documents tell to run are there to be run. */
final class ContributingTest {
    private static final Pattern NAMED = Pattern.compile("-pl ([a-z0-9-]+) [^`]*-Dtest=([A-Za-z0-9]+)");

    @Test
    void theTestsThatTheDocumentsRunExist() throws IOException {
        Path top = Path.of("").toAbsolutePath().getParent();
        int found = 0;
        for (String name : List.of("CONTRIBUTING.md", "README.md", "docs/reliability.md")) {
            Matcher matcher = NAMED.matcher(Files.readString(top.resolve(name)));
            while (matcher.find()) {
                Path tests = top.resolve(matcher.group(1)).resolve("src/test/java");
                String wanted = matcher.group(2) + ".java";
                assertTrue(classes(tests).contains(wanted), name + " runs " + matcher.group(2) + ", which is no test");
                found++;
            }
        }
        assertTrue(found >= 2, "no document names a test");
    }

    private static List<String> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }
}
