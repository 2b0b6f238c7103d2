// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The planted faults of {@code bin/h5coro-sim-faults} still apply to the sources: each hunk, without a line missed. */
final class FaultPatchesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    /** Faults that the simulation is to find. */
    private static final int LEAST_FAULTS = 20;

    static List<Path> patches() throws IOException {
        try (Stream<Path> all = Files.list(TOP.resolve("h5coro-sim/faults"))) {
            return all.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreTwentyOrMore() throws IOException {
        assertTrue(patches().size() >= LEAST_FAULTS, patches().size() + " faults");
    }

    @ParameterizedTest
    @MethodSource("patches")
    void appliesToTheSources(Path patch) throws IOException {
        List<String> source = List.of();
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        int hunks = 0;
        List<String> lines = new ArrayList<>(Files.readAllLines(patch));
        lines.add("@@ end");
        for (String line : lines) {
            if (line.startsWith("+++ b/")) {
                source = Files.readAllLines(TOP.resolve(line.substring("+++ b/".length())));
            } else if (line.startsWith("@@") || line.startsWith("diff ")) {
                hunks += before.isEmpty() ? 0 : 1;
                assertEquals(before.isEmpty() ? -1 : 1, times(source, before), patch + " does not apply: " + before);
                assertTrue(before.isEmpty() || !before.equals(after), patch + " changes nothing");
                before.clear();
                after.clear();
                source = line.startsWith("diff ") ? List.of() : source;
            } else if (!source.isEmpty() && !line.startsWith("\\")) {
                String text = line.substring(Math.min(1, line.length()));
                if (!line.startsWith("+")) {
                    before.add(text);
                }
                if (!line.startsWith("-")) {
                    after.add(text);
                }
            }
        }
        assertTrue(hunks > 0, patch + " has nothing to apply");
    }

    /** How often lines follow each other in a file; -1 when there are none. */
    private static int times(List<String> source, List<String> wanted) {
        if (wanted.isEmpty()) {
            return -1;
        }
        int times = 0;
        for (int from = Collections.indexOfSubList(source, wanted); from >= 0; ) {
            times++;
            int next = Collections.indexOfSubList(source.subList(from + 1, source.size()), wanted);
            from = next < 0 ? -1 : from + 1 + next;
        }
        return times;
    }
}
