// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the documentation names as the proof of a promise exist. */
final class DocumentedPromisesTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @ParameterizedTest
    @ValueSource(strings = {"docs/security.md", "docs/reliability.md"})
    void namesTestsThatExist(String document) throws IOException {
        Path root = Path.of("..").toRealPath();
        Map<String, List<Path>> tests = tests(root);
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(Files.readString(root.resolve(document)));
        int count = 0;
        while (named.find()) {
            count++;
            boolean found = false;
            for (Path source : tests.getOrDefault(named.group(1) + ".java", List.of())) {
                found |= Files.readString(source).contains(" " + named.group(2) + "(");
            }
            if (!found) {
                missing.add(named.group());
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(count > 10, count + " tests named");
    }

    /** Tests by their files' names, which several modules may have. */
    private static Map<String, List<Path>> tests(Path root) {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(DocumentedPromisesTest::sources)
                    .collect(Collectors.groupingBy(path -> path.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith("Test.java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
