// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code h5coro stat}: what numpy, and Python's own arithmetic of whole numbers and fractions, say of the values. */
final class StatCommandTest {
    private static final String NUMBERS = Expected.file("numbers.h5");
    private static final String CLIMATE = Expected.file("climate.h5");

    private static JsonNode datasets(String... words) {
        List<String> line = new ArrayList<>(List.of("stat", "--json"));
        line.addAll(List.of(words));
        Run run = Run.of(line.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        return Expected.json(run).at("/files/0/datasets");
    }

    private static void near(double expected, double found, double relative, String what) {
        assertTrue(
                Math.abs(expected - found) <= relative * Math.max(1e-300, Math.abs(expected)),
                what + ": " + expected + " is not " + found);
    }

    /** Numbers by their value; those of one precision only by the value that has. */
    private static void same(JsonNode expected, JsonNode found, boolean single, String what) {
        if (expected.isTextual()) {
            assertEquals(expected.asText().replace("inf", "Infinity"), found.asText(), what);
        } else if (single) {
            assertEquals((float) expected.asDouble(), (float) found.asDouble(), what);
        } else {
            assertEquals(0, expected.decimalValue().compareTo(found.decimalValue()), what + ": " + found);
        }
    }

    private static void check(String key, JsonNode expected, JsonNode found) {
        assertEquals(expected.get("count").asLong(), found.get("count").asLong(), key);
        assertEquals(expected.get("missing").asLong(), found.get("missing").asLong(), key);
        assertEquals(expected.has("min"), found.has("min"), key);
        if (expected.has("min")) {
            boolean single = found.get("type").asText().startsWith("float32");
            same(expected.get("min"), found.get("min"), single, key + " min");
            same(expected.get("max"), found.get("max"), single, key + " max");
        }
        if (expected.has("mean")) {
            near(expected.get("mean").asDouble(), found.get("mean").asDouble(), 1e-15, key + " mean");
        }
        if (expected.has("quantiles")) {
            assertTrue(found.at("/sample/all").asBoolean(), key);
            List<JsonNode> quantiles = new ArrayList<>();
            found.at("/sample/quantiles").forEach(quantiles::add);
            for (int q = 0; q < quantiles.size(); q++) {
                near(
                        expected.get("quantiles").get(q).asDouble(),
                        quantiles.get(q).asDouble(),
                        1e-14,
                        key + " " + q);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> saysWhatNumpySays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one :
                Expected.json(Expected.text("statistics.json")).properties()) {
            String file = one.getKey().substring(0, one.getKey().indexOf('/'));
            String path = one.getKey().substring(file.length());
            tests.add(DynamicTest.dynamicTest(
                    one.getKey(),
                    () -> check(
                            one.getKey(),
                            one.getValue(),
                            datasets(Expected.file(file), path).get(0))));
        }
        assertTrue(tests.size() > 20, "the table of expected values is there");
        return tests.stream();
    }

    /** 30,000 values: a sample of 10,000 is never further than 2 % of all ranks from where it should be. */
    @Test
    void indicesOfAListCountAsOftenAsTheyStandThere() {
        String out = Run.of("stat", Expected.file("numbers.h5"), "--json", "-d", "/i1[[1, 1, 2]]")
                .out();
        assertTrue(out.contains("\"count\":3,\"missing\":0,\"min\":0,\"max\":127"), out);
    }

    @Test
    void quantilesOfManyValuesAreThoseOfASampleAndTheSameEachTime() {
        JsonNode many = datasets(NUMBERS, "/many").get(0);
        assertFalse(many.at("/sample/all").asBoolean());
        assertEquals(10_000, many.at("/sample/size").asInt());
        assertEquals(30_000, many.get("count").asInt());
        JsonNode exact = Expected.json(Expected.text("statistics.json")).at("/numbers.h5~1many/exact_quantiles");
        double range = many.get("max").asDouble() - many.get("min").asDouble();
        int q = 0;
        for (JsonNode quantile : many.at("/sample/quantiles")) {
            assertEquals(exact.get(q++).asDouble(), quantile.asDouble(), 0.02 * range, many.toString());
        }
        assertEquals(5, q);
        assertEquals(many, datasets(NUMBERS, "/many").get(0));
        assertTrue(Run.of("stat", NUMBERS, "/many").out().contains("of a sample of 10000 values"));
        assertFalse(Run.of("stat", NUMBERS, "/i1").out().contains("sample"));
    }

    @Test
    void membersOfCompoundsHaveALineEach() {
        JsonNode members = datasets(NUMBERS, "/table");
        assertEquals(4, members.size());
        assertEquals("/table.id", members.get(0).get("name").asText());
        assertEquals(
                new BigDecimal("18446744073709551615"),
                members.get(0).get("max").decimalValue());
        assertEquals(1, members.get(1).get("missing").asInt());
        assertFalse(members.get(2).has("count"));
    }

    @Test
    void aTableHasALineForEachDatasetWhateverItsType() {
        Run run = Run.of("stat", "-r", CLIMATE);
        List<String> lines = run.out().lines().toList();
        assertEquals(0, run.status(), run.err());
        assertEquals(8, lines.size(), run.out());
        assertTrue(lines.get(0).matches("name +shape +type +count +missing +min +max +mean +5% +25% +50% +75% +95%"));
        assertTrue(lines.get(1).matches("/forecast/pressure +\\(6, 2\\) +uint16 +11 +1 +0 +11 +5.363636 .*"));
        assertTrue(lines.get(2).matches("/forecast/station +\\(6,\\) +string( +-){10}"), lines.get(2));
        assertEquals(6, Run.of("stat", CLIMATE).out().lines().count());
    }

    @Test
    void slicesAreCountedAlone() {
        JsonNode slice = datasets(NUMBERS, "-d", "/wide[0:2, ::5]").get(0);
        assertEquals(4, slice.get("count").asInt());
        assertEquals(5.5, slice.get("mean").asDouble());
    }

    @Test
    void saysWhatIsWrongOfEachDataset() {
        Run run = Run.of("stat", "--json", NUMBERS, "-d", "/nothing_here", "-d", "/i1");
        assertEquals(ExitCode.NOT_FOUND, run.status());
        assertEquals(1, run.errorLines(), run.err());
        assertEquals(1, Expected.json(run).at("/files/0/datasets").size());
        Run none = Run.of("stat", "--json", "no_such.h5");
        assertEquals(ExitCode.NOT_FOUND, none.status());
        assertTrue(Expected.json(none).at("/files/0/error").asText().contains("no such file"));
    }
}
