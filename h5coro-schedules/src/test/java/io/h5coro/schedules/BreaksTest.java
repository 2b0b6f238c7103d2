// SPDX-License-Identifier: Apache-2.0
package io.h5coro.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The breaks that bin/h5coro-schedules-breaks plants: each still applies, and each test class has one. */
final class BreaksTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static List<Path> breaks() throws IOException {
        List<Path> breaks = files(MODULE.resolve("breaks"), ".patch");
        assertTrue(breaks.size() >= 15, breaks.size() + " breaks");
        return breaks;
    }

    /** The lines of a file that a patch changes, as they are before. */
    private record Place(String file, List<String> lines) {}

    private static List<Place> placesOf(Path patch) throws IOException {
        List<Place> places = new ArrayList<>();
        String file = "";
        for (String line : Files.readAllLines(patch)) {
            if (line.startsWith("+++ b/")) {
                file = line.substring("+++ b/".length());
            } else if (line.startsWith("@@")) {
                places.add(new Place(file, new ArrayList<>()));
            } else if (!places.isEmpty()
                    && (line.startsWith(" ") || line.startsWith("-") && !line.startsWith("--- "))) {
                places.get(places.size() - 1).lines().add(line.substring(1));
            }
        }
        return places;
    }

    @Test
    void eachBreakStillApplies() throws IOException {
        for (Path patch : breaks()) {
            List<Place> places = placesOf(patch);
            assertTrue(!places.isEmpty(), patch + " changes nothing");
            for (Place place : places) {
                String source =
                        Files.readString(MODULE.resolveSibling(place.file())).replace("\r\n", "\n");
                String before = String.join("\n", place.lines()) + "\n";
                assertTrue(source.contains(before), patch.getFileName() + " does not apply to " + place.file());
            }
        }
    }

    @Test
    void eachTestClassHasABreakThatItReports() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path patch : breaks()) {
            broken.add(Files.readAllLines(patch).get(0).replaceFirst(":.*", ""));
        }
        Set<String> tests = new TreeSet<>();
        for (Path test : files(MODULE.resolve("src/test/java"), "SchedulesTest.java")) {
            tests.add(test.getFileName().toString().replace(".java", ""));
        }
        assertEquals(tests, broken);
    }
}
