// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Every row of testdata/CASES.md: each trap of the format, and each case that a peer reads wrong, as a test of that
 * name. What a row names are objects whose values FixtureTest compares too; here they can be found by what they are
 * about.
 */
final class CasesTest {
    private static final Pattern ROW = Pattern.compile("\\| ([^|`]+) \\| (.*) \\|");
    private static final Pattern CASE = Pattern.compile("`([a-z0-9_@-]+)(?::(/[^`]*))?`");

    @TestFactory
    Stream<DynamicTest> isReadAsLibhdf5ReadsIt() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../testdata/CASES.md"));
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            ROW.matcher(line).results().forEach(row -> add(tests, row));
        }
        assertTrue(tests.size() > 70, "CASES.md has a row for each trap, case and element");
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, MatchResult row) {
        List<Executable> checks = new ArrayList<>();
        CASE.matcher(row.group(2)).results().forEach(found -> {
            String fixture = found.group(1);
            if (Fixtures.all().contains(fixture) && !FixtureTest.hasRefusals(fixture)) {
                String path = found.group(2);
                checks.add(() -> {
                    if (path == null) {
                        FixtureCheck.all(fixture);
                    } else {
                        FixtureCheck.below(fixture, path);
                    }
                });
            }
        });
        if (!checks.isEmpty()) {
            tests.add(DynamicTest.dynamicTest(row.group(1), () -> {
                for (Executable check : checks) {
                    check.execute();
                }
            }));
        }
    }
}
