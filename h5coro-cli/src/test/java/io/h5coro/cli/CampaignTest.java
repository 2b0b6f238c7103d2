// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Some files of the campaign, and whether the campaign reaches what the format coverage lists. */
final class CampaignTest {
    private static final Path FOLDER = Path.of("src/test/resources/campaign");
    private static final Path TOP = Path.of("..");

    @TestFactory
    Stream<DynamicTest> filesOfTheCampaignAreWhatLibhdf5ReadsAndH5dumpPrints() throws IOException {
        List<String> tasks = Files.readAllLines(FOLDER.resolve("tasks.txt"));
        assertTrue(tasks.size() >= 20, () -> tasks.size() + " files");
        return tasks.stream().map(task -> DynamicTest.dynamicTest(task.replace('\t', ' '), () -> check(task)));
    }

    private static void check(String task) {
        String[] answer = Campaign.answer(FOLDER, task.split("\t", -1)).split("\t", -1);
        assertEquals("", answer[6], task);
        assertTrue(Integer.parseInt(answer[1]) > 0, "datasets");
        assertTrue(Long.parseLong(answer[4]) > 0, "values");
        assertEquals(task.endsWith("\t-") ? "0" : "1", answer[5], "dumps");
    }

    @Test
    void whatIsOtherThanLibhdf5SaysIsADifference() throws IOException {
        List<String> stems = Files.readAllLines(FOLDER.resolve("tasks.txt")).stream()
                .filter(task -> task.contains("\tplain\tfalse\t"))
                .map(task -> task.split("\t")[0])
                .toList();
        String[] answer = Campaign.answer(FOLDER, stems.get(0), stems.get(1) + ".h5", "plain", "false", "-")
                .split("\t", -1);
        assertTrue(answer[6].contains("AssertionFailedError"), answer[6]);
    }

    @Test
    void everyRowOfTheFormatCoverageIsReachedOrNamed() throws IOException {
        String axes = Files.readString(TOP.resolve("testdata/make/generated/axes.py"));
        Set<String> named = new HashSet<>();
        for (String line : Files.readAllLines(TOP.resolve("testdata/make/generated/rows.tsv"))) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] row = line.split("\t", -1);
            assertTrue(named.add(row[0]), () -> "twice: " + row[0]);
            assertTrue(!row[1].equals("-") || !row[2].isEmpty(), () -> "no reason: " + row[0]);
            for (String feature : row[1].equals("-") ? new String[0] : row[1].split(" ")) {
                for (String word : feature.split("=")) {
                    assertTrue(axes.contains("\"" + word + "\""), () -> row[0] + ": no " + feature);
                }
            }
        }
        assertEquals(coverage(), named);
    }

    /** The first cells of the rows of the tables. */
    private static Set<String> coverage() throws IOException {
        Set<String> rows = new HashSet<>();
        String above = "";
        for (String line : Files.readAllLines(TOP.resolve("docs/format-coverage.md"))) {
            if (line.startsWith("| ") && !above.isEmpty() && above.startsWith("|")) {
                rows.add(Arrays.asList(line.split("\\|")).get(1).strip());
            }
            above = line;
        }
        assertTrue(rows.size() > 60, () -> rows.size() + " rows");
        return rows;
    }
}
