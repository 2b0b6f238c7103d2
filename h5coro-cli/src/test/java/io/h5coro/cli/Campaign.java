// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.FileCheck;
import io.h5coro.H5Coro;
import io.h5coro.model.FileDriver;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.ExpectedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares generated files with what libhdf5 and h5dump say of them, one after the other in one JVM.
 * {@code testdata/make/campaign.py} starts it in the files' folder and names them on standard input.
 *
 * <p>A line: the stem of the description ({@code STEM.json}, in the form of {@code testdata/README.md}), the name to
 * open the file by, its driver, whether it was left open by a writer, and, where {@code STEM.ddl} is what h5dump
 * printed, the options of h5dump with blanks between, or {@code -}; with tabs between. An answer: the stem, datasets,
 * attributes, parts and elements that were compared, whether a dump was, and the differences, with tabs between.
 */
public final class Campaign {
    private Campaign() {}

    /** Answers until standard input ends. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.println(answer(Path.of(""), line.split("\t", -1)));
        }
    }

    /** Answers for files of a folder, to which their names are relative. */
    static String answer(Path folder, String... words) {
        List<String> differences = new ArrayList<>();
        String counts = values(folder, words, differences);
        int dumps = words[4].equals("-") ? 0 : 1;
        if (dumps > 0) {
            dump(folder, words, differences);
        }
        String found = String.join(" | ", differences).replaceAll("[\\t\\n\\r]+", " ");
        return words[0] + "\t" + counts + "\t" + dumps + "\t" + found;
    }

    private static String values(Path folder, String[] words, List<String> differences) {
        ReadOptions.Builder options = ReadOptions.builder().allowUnclosed(words[3].equals("true"));
        switch (words[2]) {
            case "split" -> options.fileDriver(new FileDriver.Split());
            case "multi" -> options.fileDriver(new FileDriver.Multi());
            case "onion" -> options.fileDriver(new FileDriver.Onion(1));
            default -> {}
        }
        try (H5Coro file = H5Coro.open(folder.resolve(words[1]), options.build())) {
            ExpectedFile expected = ExpectedFile.read(folder.resolve(words[0] + ".json"));
            FileCheck.Counts counts = FileCheck.all(file, expected, differences);
            return counts.datasets() + "\t" + counts.attributes() + "\t" + counts.parts() + "\t" + counts.elements();
        } catch (AssertionError | RuntimeException e) {
            differences.add(words[1] + ": " + e);
            return "0\t0\t0\t0";
        }
    }

    private static void dump(Path folder, String[] words, List<String> differences) {
        List<String> line = new ArrayList<>(List.of("dump"));
        if (!words[4].isEmpty()) {
            line.addAll(List.of(words[4].split(" ")));
        }
        line.add(folder.resolve(words[1]).toString());
        Run run = Run.of(line.toArray(new String[0]));
        String path = folder.resolve(words[1]).toString();
        List<String> found = lines(run.out().replace("\"" + path, "\"" + words[1]));
        List<String> expected;
        try {
            expected = lines(Files.readString(folder.resolve(words[0] + ".ddl"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            differences.add("no text of h5dump: " + e);
            return;
        }
        if (!expected.equals(found)) {
            int at = 0;
            while (at < Math.min(expected.size(), found.size())
                    && expected.get(at).equals(found.get(at))) {
                at++;
            }
            differences.add("dump " + words[4] + " line " + (at + 1) + ": h5dump has <" + at(expected, at) + ">, we <"
                    + at(found, at) + "> " + run.err());
        }
    }

    private static String at(List<String> lines, int at) {
        return at < lines.size() ? lines.get(at).strip() : "no more";
    }

    /** Lines without blanks at their ends, and without empty ones at the end. */
    private static List<String> lines(String text) {
        return text.stripTrailing().lines().map(String::stripTrailing).toList();
    }
}
