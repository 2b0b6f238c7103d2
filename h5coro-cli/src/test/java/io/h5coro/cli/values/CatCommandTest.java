// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code h5coro cat}: values alone, as h5py has them. */
final class CatCommandTest {
    private static final String NUMBERS = Expected.file("numbers.h5");

    private static Object read(String word) {
        String text = word.equals("nan") ? "NaN" : word.replaceFirst("inf$", "Infinity");
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return word;
        }
    }

    /** Whole numbers as they are written, other numbers by their value, inside of brackets too. */
    private static List<Object> words(String line) {
        List<Object> words = new ArrayList<>();
        for (String cell : line.split("\t", -1)) {
            for (String word : cell.startsWith("[") ? cell.split("(?<=\\[)|(?=\\])|, ") : new String[] {cell}) {
                words.add(word.matches("-?\\d+") ? word : read(word));
            }
        }
        return words;
    }

    @TestFactory
    Stream<DynamicTest> printsWhatH5pyReads() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one :
                Expected.json(Expected.text("rows.json")).properties()) {
            String file = one.getKey().substring(0, one.getKey().indexOf('/'));
            String path = one.getKey().substring(file.length());
            tests.add(DynamicTest.dynamicTest(one.getKey(), () -> {
                Run run = Run.of("cat", Expected.file(file), path);
                assertEquals(0, run.status(), run.err());
                List<List<Object>> expected = new ArrayList<>();
                one.getValue().forEach(row -> expected.add(words(row.asText())));
                assertEquals(
                        expected, run.out().lines().map(CatCommandTest::words).toList());
            }));
        }
        assertTrue(tests.size() > 20, "the table of expected values is there");
        return tests.stream();
    }

    @Test
    void singleNumbersHaveTheDigitsOfTheirPrecision() {
        assertEquals(
                List.of("0.1", "1e-5", "1e10", "123456.7", "-0.0", "Infinity", "3.4028235e38"),
                Run.of("cat", NUMBERS, "/single").out().lines().toList());
    }

    @Test
    void slicesOfSeveralDatasetsStandOneBehindTheOther() {
        Run run = Run.of("cat", NUMBERS, "-d", "/cube[:, 1, ::2]", "-d", "/u64[-1][0]", "-d", "/cube[0,0,3]");
        assertEquals("4\t6\n16\t18\n18446744073709551614\n0\n3\n", run.out());
        assertEquals(0, run.status(), run.err());
    }

    /** Of cube the value at [i, j, k] is 12 i + 4 j + k. */
    @Test
    void listsOfIndicesSelectInTheirOrder() {
        Run run = Run.of("cat", NUMBERS, "-d", "/cube[[1, 0], [2, 0], 1:3]", "-d", "/u64[[-1]]", "-d", "/cube[[], 0]");
        assertEquals("21\t22\n13\t14\n9\t10\n1\t2\n18446744073709551614\n", run.out());
        assertEquals(0, run.status(), run.err());
        Run beyond = Run.of("cat", NUMBERS, "-d", "/i1[[0, 3]]", "-d", "/i1[[1]]");
        assertEquals("127\n", beyond.out());
        assertTrue(beyond.err().contains("index 3 is outside of dimension 0 of length 3"), beyond.err());
        assertEquals(ExitCode.USAGE, beyond.status());
    }

    /** A dataset that cannot be read does not keep the others from being printed. */
    @Test
    void whatCannotBeReadIsAnErrorOfItsOwn() {
        Run run = Run.of("cat", NUMBERS, "-d", "/no_such", "-d", "/i1", "-d", "/i1[5]");
        assertEquals("-128\n127\n0\n", run.out());
        assertEquals(ExitCode.NOT_FOUND, run.status());
        assertEquals(2, run.errorLines(), run.err());
        assertEquals(ExitCode.USAGE, Run.of("cat", NUMBERS, "-d", "/i1[5]").status());
        assertEquals(ExitCode.USAGE, Run.of("cat", NUMBERS, "-d", "/i1[a]").status());
        assertEquals(ExitCode.NOT_FOUND, Run.of("cat", NUMBERS, "/no_such").status());
    }

    @Test
    void referencesNameTheirTargetByItsAddress() {
        String out = Run.of("cat", NUMBERS, "/link").out();
        assertTrue(out.matches("object 0x[0-9a-f]+\nnil\n"), out);
    }

    @Test
    void namesOfDatasetsCanBeTypedAsTheyArePrinted() {
        String names = CommandEdgesTest.resource("odd_names.h5");
        Run printed = Run.of("cat", names, "/bell\\x07");
        assertEquals(0, printed.status(), printed.err());
        assertEquals(printed.out(), Run.of("cat", names, "-d", "/bell\\x07").out());
    }
}
