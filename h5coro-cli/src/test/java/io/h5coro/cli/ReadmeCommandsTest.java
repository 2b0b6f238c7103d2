// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each line of the README, and of what it says more in, that starts the command runs, and prints something. */
final class ReadmeCommandsTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TestFactory
    Stream<DynamicTest> printsSomethingAndSucceeds() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String document : List.of("../README.md", "../docs/export.md", "../docs/plot.md", "../docs/refs.md")) {
            Files.readAllLines(Path.of(document)).stream()
                    .filter(line -> line.startsWith("bin/h5coro "))
                    .forEach(lines::add);
        }
        assertTrue(lines.size() >= 5, "the README shows the command");
        return lines.stream().map(line -> DynamicTest.dynamicTest(line, () -> runs(line)));
    }

    private static void runs(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.substring("bin/h5coro ".length()));
        while (word.find()) {
            String text = word.group(1) != null ? word.group(1) : word.group(2);
            words.add(text.startsWith("testdata/") ? "../" + text : text);
        }
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        assertFalse(run.out().isBlank() && !line.contains(" -o "));
    }
}
