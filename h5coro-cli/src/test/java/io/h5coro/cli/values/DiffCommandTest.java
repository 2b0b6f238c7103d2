// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code h5coro diff}: the verdicts are those of h5diff. */
final class DiffCommandTest {
    private static final String CLIMATE = Expected.file("climate.h5");
    private static final String NUMBERS = Expected.file("numbers.h5");

    private static Run diff(int status, String... words) {
        List<String> line = new ArrayList<>(List.of("diff"));
        line.addAll(List.of(words));
        Run run = Run.of(line.toArray(String[]::new));
        assertEquals(status, run.status(), run.out() + run.err());
        return run;
    }

    private static String other(String kind) {
        return Expected.file("climate_" + kind + ".h5");
    }

    /** Where h5diff calls objects "not comparable" it ends with 2; here they differ. */
    @TestFactory
    Stream<DynamicTest> agreesWithH5diff() {
        return Expected.text("h5diff.txt")
                .lines()
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    String[] words = line.replace("-d ", "--tolerance=")
                            .replace("-p ", "--relative=")
                            .split(" ");
                    int verdict = Math.min(1, Integer.parseInt(words[2]));
                    String[] option = words[1].equals("exact") ? new String[] {"-q"} : new String[] {words[1], "-q"};
                    String[] all = Stream.concat(Stream.of(CLIMATE, other(words[0])), Stream.of(option))
                            .toArray(String[]::new);
                    assertEquals("", diff(verdict, all).out());
                }));
    }

    @Test
    void saysInWhatTheyDiffer() {
        assertEquals("", diff(0, CLIMATE, other("same")).out());
        assertEquals(
                "/tas: 1 of 72 values differs, by 0.25 at most, the first at [5, 2, 1]: 276.9 != 277.15\n",
                diff(1, CLIMATE, other("values")).out());
        assertEquals(
                "/tas: attribute flag: only in the first\n/tas: attribute units: \"K\" != \"degC\"\n",
                diff(1, CLIMATE, other("attributes")).out());
        assertEquals(
                "/alias: a link to /tas != a link to /time\n",
                diff(1, CLIMATE, other("links")).out());
        List<String> structure =
                diff(1, CLIMATE, other("structure")).out().lines().toList();
        assertEquals("/forecast/extra: only in the second", structure.get(0));
        assertEquals("/forecast/station: only in the first", structure.get(1));
        assertTrue(structure.contains("/lat: type float32 != int32"), structure.toString());
        assertTrue(
                structure.get(structure.size() - 1).startsWith("/tas: attribute DIMENSION_LIST: [/time], [/lat], "),
                structure.toString());
    }

    @Test
    void everyKindOfElementEqualsItself() {
        assertEquals("", diff(0, NUMBERS, NUMBERS).out());
    }

    /** Their addresses are the same. */
    @Test
    void referencesThatDifferAreNamedByWhatTheyLeadTo() {
        assertEquals(
                """
                /r: 1 of 2 values differs, the first at [1]: /a != /b
                /rr: 1 of 1 value differs, the first at [0]: \
                /a Blocks[rank=1, corners=[[1], [2]]] != /b Blocks[rank=1, corners=[[1], [2]]]
                """,
                diff(1, Expected.file("references.h5"), Expected.file("references_other.h5"))
                        .out());
    }

    @Test
    void partsAreComparedAlone() {
        diff(0, CLIMATE, other("values"), "-g", "/forecast");
        diff(0, CLIMATE, other("values"), "-d", "/lat", "-d", "time");
        diff(1, CLIMATE, other("values"), "-d", "/lat", "-d", "/tas");
        diff(0, CLIMATE, other("values"), "--no-values");
        diff(0, CLIMATE + "::/forecast", other("values") + "::/forecast");
        diff(1, NUMBERS + "::/u64", NUMBERS + "::/i64");
        assertEquals(
                "/extra: only in the second\n/station: only in the first\n",
                diff(1, CLIMATE + "::/forecast", other("structure") + "::/forecast")
                        .out());
    }

    @Test
    void toleranceHoldsForWholeNumbersToo() {
        String[] ends = {NUMBERS + "::/u64", NUMBERS + "::/i64", "--tolerance"};
        assertTrue(diff(1, ends[0], ends[1], "--json").out().contains("\"kind\":\"type\""));
        JsonNode differences = Expected.json(diff(1, ends[0], ends[1], "--json", "--tolerance", "9223372036854775808"))
                .get("differences");
        assertEquals(2, differences.size(), differences.toString());
        JsonNode values = differences.get(1);
        // 0 and -2^63, 1 and 2^63 - 1, 2^63 and 2^63 - 1, 2^64 - 1 and -1, 2^64 - 2 and 2^63 - 2.
        assertEquals(1, values.get("different").asInt());
        assertEquals(5, values.get("of").asInt());
        assertEquals(0x1p64, values.get("largest").asDouble());
    }

    @Test
    void jsonHasAVerdict() {
        JsonNode equal = Expected.json(diff(0, "--json", CLIMATE, other("same")));
        assertTrue(equal.get("equal").asBoolean() && equal.get("differences").isEmpty());
        JsonNode differs = Expected.json(diff(1, "--json", CLIMATE, other("values")));
        assertEquals("values", differs.at("/differences/0/kind").asText());
        assertEquals("/tas", differs.at("/differences/0/path").asText());
        assertEquals(0.25, differs.at("/differences/0/largest").asDouble());
    }

    @Test
    void anErrorIsTwo() {
        for (Run run : List.of(
                diff(2, CLIMATE, "no_such.h5"),
                diff(2, "no_such.h5", CLIMATE),
                diff(2, CLIMATE, CLIMATE, "-d", "/no_such"),
                diff(2, CLIMATE, CLIMATE, "-d", "/forecast"),
                diff(2, CLIMATE, CLIMATE, "--tolerance", "-1"),
                diff(2, CLIMATE, CLIMATE, "--relative", "NaN"),
                diff(2, CLIMATE))) {
            assertEquals(1, run.errorLines(), run.err());
        }
        assertEquals(
                "/x: only in the first\n",
                diff(1, NUMBERS + "::/", CLIMATE, "-d", "/i1").out().replace("/i1", "/x"));
    }

    @Test
    void enumerationsDifferByTheirNames() {
        String file = CommandEdgesTest.resource("links_other.h5");
        assertTrue(
                diff(1, file + "::/first", file + "::/second")
                        .out()
                        .contains("type enum(int16) of A = 0, B = 1 != enum(int16) of A = 1, B = 0, C = 2\n"),
                diff(1, file + "::/first", file + "::/second").out());
    }
}
