// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each option of h5dump on an object of each kind; {@code testdata/make/dump_options.py} wrote down its answers. */
final class H5dumpOptionsTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /**
     * One command line and what h5dump does.
     *
     * @param arguments as a shell has them
     * @param refused whether h5dump fails
     * @param lines its output; of a long one "= " and its SHA-256
     * @param files what it writes into the files that are named {@code out.…}, in hexadecimal
     */
    private record Case(String arguments, boolean refused, List<String> lines, Map<String, String> files) {}

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> printsAWholeFile() throws IOException {
        return tests("whole");
    }

    @TestFactory
    Stream<DynamicTest> printsThePartsThatAreAskedFor() throws IOException {
        return tests("parts");
    }

    @TestFactory
    Stream<DynamicTest> laysOutValues() throws IOException {
        return tests("layout");
    }

    @TestFactory
    Stream<DynamicTest> printsSubsets() throws IOException {
        return tests("subsets");
    }

    @TestFactory
    Stream<DynamicTest> writesIntoFiles() throws IOException {
        return tests("outputs");
    }

    @TestFactory
    Stream<DynamicTest> takesEverySpellingOfAnOption() throws IOException {
        return tests("command_line");
    }

    @TestFactory
    Stream<DynamicTest> unwrittenEnumerationsNullBytesAndManyBlocks() throws IOException {
        return tests("unwritten");
    }

    /** More than is held at once: a few blocks, or rows in pieces. */
    @TestFactory
    Stream<DynamicTest> printsWhatIsReadInPieces() throws IOException {
        return tests("large");
    }

    /** So that a group which is not read does not pass. */
    @ParameterizedTest
    @ValueSource(strings = {"whole", "parts", "layout", "subsets", "outputs", "command_line", "large", "unwritten"})
    void hasCasesInEachGroup(String group) throws IOException {
        List<Case> cases = cases(group);
        assertTrue(cases.size() >= 5, group);
        assertTrue(cases.stream().anyMatch(c -> c.lines().size() > 3), group);
    }

    private Stream<DynamicTest> tests(String group) throws IOException {
        return cases(group).stream().map(c -> DynamicTest.dynamicTest(c.arguments(), () -> check(c)));
    }

    private static List<Case> cases(String group) throws IOException {
        List<Case> cases = new ArrayList<>();
        Path file = Path.of(CommandEdgesTest.resource("options/" + group + ".txt"));
        for (String part : Files.readString(file).split("(?m)^@ ")) {
            if (!part.isEmpty()) {
                cases.add(parse(part));
            }
        }
        return cases;
    }

    private static Case parse(String part) {
        List<String> lines = new ArrayList<>(part.lines().toList());
        String arguments = lines.remove(0);
        boolean refused = lines.remove("! refused");
        Map<String, String> files = new TreeMap<>();
        lines.removeIf(line -> {
            boolean file = line.startsWith("% ");
            if (file) {
                String[] words = line.split(" ", 3);
                files.put(words[1], words[2]);
            }
            return file;
        });
        return new Case(arguments, refused, trimmed(lines), files);
    }

    private static List<String> trimmed(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isEmpty()) {
            end--;
        }
        return List.copyOf(lines.subList(0, end));
    }

    private void check(Case c) throws IOException {
        Path outputs = Files.createTempDirectory(folder, "case");
        String resources =
                Path.of(CommandEdgesTest.resource("options/kinds.h5")).getParent() + "/";
        Run run = Run.of(words(c.arguments(), resources, outputs));
        if (c.refused()) {
            assertNotEquals(0, run.status());
            assertEquals(1, run.errorLines(), run.err());
            return;
        }
        Map<String, String> written = new TreeMap<>();
        for (String name : c.files().keySet()) {
            written.put(name, content(outputs.resolve(name), resources));
        }
        String out = run.out().replace(resources, "");
        boolean hash = !c.lines().isEmpty() && c.lines().get(0).startsWith("= ");
        List<String> lines =
                hash ? List.of("= " + sha256(out)) : trimmed(out.lines().toList());
        assertAll(
                () -> assertEquals(String.join("\n", c.lines()), String.join("\n", lines)),
                () -> assertEquals(c.files(), written),
                () -> assertEquals("", run.err().replaceFirst("h5coro: packed bits: .* are more than the .*\n", "")),
                () -> assertEquals(0, run.status()));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The name of the file that is dumped stands in its DDL. */
    private static String content(Path file, String resources) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return file.toString().endsWith(".bin")
                ? HexFormat.of().formatHex(bytes)
                : HexFormat.of()
                        .formatHex(Files.readString(file).replace(resources, "").getBytes(StandardCharsets.UTF_8));
    }

    private static String[] words(String arguments, String resources, Path outputs) {
        List<String> words = new ArrayList<>(List.of("dump"));
        Matcher word = WORD.matcher(arguments);
        while (word.find()) {
            String text = word.group(1) != null ? word.group(1) : word.group(2);
            words.add(
                    text.endsWith(".h5")
                            ? resources + text
                            : text.replaceFirst("^(--output=|--ddl=|)out\\.", "$1" + outputs + "/out."));
        }
        return words.toArray(new String[0]);
    }
}
