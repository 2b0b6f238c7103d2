// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What h5dump prints; {@code testdata/make/ddl.sh} wrote down what that is. */
final class H5dumpTest {
    @TestFactory
    Stream<DynamicTest> printsWhatH5dumpPrints() throws IOException {
        return resource("cases.txt").lines().map(line -> {
            String[] words = line.split(" ");
            return DynamicTest.dynamicTest(words[0], () -> check(words));
        });
    }

    private static void check(String[] words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("dump"));
        // External links lead to it.
        String folder = Fixtures.path("virtual_sources").getParent() + "/";
        for (int i = 1; i < words.length; i++) {
            // Asked for one by one: fixtures that come in a jar are copied when they are asked for.
            boolean fixture = words[i].endsWith(".h5");
            arguments.add(
                    fixture
                            ? Fixtures.path(words[i].substring(0, words[i].length() - 3))
                                    .toString()
                            : words[i]);
        }
        Run run = Run.of(arguments.toArray(new String[0]));
        assertAll(
                () -> assertEquals(resource(words[0] + ".ddl"), run.out().replace(folder, "")),
                () -> assertEquals(
                        "", run.err().replaceAll("(?m)^h5coro: a link is not followed: .*--follow-anywhere.*\\R", "")),
                () -> assertEquals(0, run.status()));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(H5dumpTest.class.getResourceAsStream("/ddl/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
