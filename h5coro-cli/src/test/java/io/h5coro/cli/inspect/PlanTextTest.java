// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan in words and as JSON. Sizes of datasets are stated by hand. */
final class PlanTextTest {
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");
    private static final String STORED = CommandEdgesTest.resource("options/stored.h5");

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "9999, 9999 bytes",
        "10000, 10.0 kB",
        "10050, 10.1 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "999999, 1.0 MB",
        "1000000, 1.0 MB",
        "999949999, 999.9 MB",
        "999950000, 1.0 GB",
        "1500000000000, 1.5 TB",
        "999999999999999, 1.0 PB",
        "9223372036854775807, 9.2 EB"
    })
    void sizesHaveAUnitThatFits(long number, String text) {
        assertEquals(text, PlanText.bytes(number));
    }

    @Test
    void countsHaveTheirPlural() {
        assertEquals("0 requests", PlanText.count(0, "request"));
        assertEquals("1 request", PlanText.count(1, "request"));
        assertEquals("2 requests", PlanText.count(2, "request"));
        assertEquals("1 wave", PlanText.waves(1));
        assertEquals("0 waves", PlanText.waves(0));
        assertEquals("at most 3 waves", PlanText.waves(3));
        assertEquals("12345 bytes", PlanText.exact(12345));
        assertEquals(0.0015, PlanText.seconds(Duration.ofNanos(1_500_000)));
    }

    private static JsonNode json(int status, String... arguments) {
        List<String> words = new ArrayList<>(List.of("plan", "--json"));
        words.addAll(List.of(arguments));
        Run run = Run.of(words.toArray(new String[0]));
        assertAll(
                () -> assertEquals(status, run.status(), run.err()),
                () -> assertEquals(1, run.out().lines().count(), run.out()),
                () -> assertTrue(run.out().endsWith("}\n"), run.out()));
        try {
            return new ObjectMapper().readTree(run.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError(run.out(), e);
        }
    }

    @Test
    void jsonHasEachDatasetWithItsShapeAndBytes() {
        JsonNode plan = json(0, KINDS, "-d", "/space/cube", "-d", "/space/line[10:20:3]", "-d", "/space/scalar");
        JsonNode datasets = plan.get("datasets");
        assertEquals(3, datasets.size());
        assertEquals("[4,5,6]", datasets.get(0).get("shape").toString());
        assertEquals(480, datasets.get(0).get("bytesWanted").asLong());
        assertEquals(480, datasets.get(0).get("bytesDecoded").asLong());
        assertEquals("/space/line[10:20:3]", datasets.get(1).get("name").asText());
        assertEquals("[4]", datasets.get(1).get("shape").toString());
        assertEquals(8, datasets.get(1).get("bytesDecoded").asLong());
        assertEquals("[]", datasets.get(2).get("shape").toString());
        assertEquals(4, datasets.get(2).get("bytesWanted").asLong());
        assertEquals(0, plan.get("failures").size());
        assertEquals(1, plan.get("open").get("requests").asLong());
        assertTrue(plan.get("seconds").isNumber() && plan.get("overRead").isNumber());
        assertTrue(plan.get("unpinned").isBoolean());
    }

    @Test
    void jsonHasChunksAndTheRangesThatAreFetched() {
        JsonNode plan = json(0, STORED, "/filtered", "-d", "/external");
        assertEquals(2, plan.get("datasets").get(0).get("chunks").asInt());
        assertEquals(1, plan.get("datasets").get(1).get("ranges").asInt());
        List<String> sources = new ArrayList<>();
        plan.get("sources").forEach(source -> sources.add(source.get("source").asText()));
        assertTrue(sources.stream().anyMatch(name -> name.endsWith("one.bin")), sources.toString());
        plan.get("sources").forEach(source -> {
            if (source.get("source").asText().endsWith("two.bin")) {
                assertEquals("[[4,16]]", source.get("requests").toString());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/space/zero", "/space/null", "/space/line[0:0]", "/space/line[5:5]"})
    void nothingIsPlannedForNothing(String path) {
        JsonNode plan = json(0, KINDS, "-d", path);
        assertEquals(0, plan.get("bytesWanted").asLong());
        assertEquals(0, plan.get("requests").size());
        assertEquals(1.0, plan.get("overRead").asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/no_such|NotFoundException|does not exist",
                "/int|NotFoundException|is not a dataset",
                "/no\"quote\\back|NotFoundException|does not exist",
                "/caf\u00e9\u202e\ud83c\udf0d|NotFoundException|does not exist"
            })
    void jsonHasEachFailureBesideTheRest(String path, String type, String message) {
        JsonNode plan = json(ExitCode.NOT_FOUND, KINDS, "-d", path, "-d", "/int/i1");
        assertEquals(1, plan.get("datasets").size());
        JsonNode failure = plan.get("failures").get(0);
        assertEquals(path, failure.get("name").asText());
        assertEquals(type, failure.get("error").asText());
        assertTrue(failure.get("message").asText().contains(message), failure.toString());
    }

    @Test
    void jsonIsPlainWhateverANameHolds() {
        String odd = CommandEdgesTest.resource("odd_names.h5");
        JsonNode plan = json(0, odd, "-d", "/a\nb", "-d", "/\u202egnp", "-d", "/y\u009b2J", "-d", "/Größe");
        List<String> names = new ArrayList<>();
        plan.get("datasets").forEach(dataset -> names.add(dataset.get("name").asText()));
        assertEquals(List.of("/a\nb", "/\u202egnp", "/y\u009b2J", "/Größe"), names);
    }

    /** The library asks for different names; a command line may name a dataset twice. */
    @Test
    void whatIsNamedTwiceIsReadOnce() {
        JsonNode once = json(0, KINDS, "-d", "/int/i1");
        assertEquals(
                once.get("datasets"),
                json(0, KINDS, "-d", "/int/i1", "-d", "/int/i1").get("datasets"));
        assertEquals(
                once.get("datasets"), json(0, KINDS, "/int/i1", "-d", "/int/i1").get("datasets"));
        assertEquals(
                2,
                json(0, KINDS, "-d", "/int/i1", "-d", "/int/i1[0]")
                        .get("datasets")
                        .size());
    }

    @Test
    void wordsHaveALineForEachDatasetAndThePartsOfTheTime() {
        Run run = Run.of("plan", STORED, "-d", "/filtered", "-d", "/contiguous[1:3]");
        List<String> lines = run.out().lines().toList();
        assertAll(
                () -> assertTrue(
                        lines.get(0).matches("/filtered  \\(20,\\)  \\d\\d bytes stored, 80 bytes as values, 2 chunks"),
                        lines.get(0)),
                () -> assertEquals(
                        "/contiguous[1:3]  (2,)  8 bytes stored, 8 bytes as values, 1 uncompressed range",
                        lines.get(1)),
                () -> assertTrue(lines.get(2).startsWith("open      1 request, "), lines.get(2)),
                () -> assertTrue(lines.get(3).startsWith("metadata  "), lines.get(3)),
                () -> assertTrue(lines.get(4).matches("data .* bytes here already"), lines.get(4)),
                () -> assertTrue(lines.get(lines.size() - 1).startsWith("time      0.0"), lines.toString()));
    }

    @Test
    void clippedSlicesEndWithTheirDataset() {
        assertEquals(
                json(0, KINDS, "-d", "/space/line[90:100]").get("requests"),
                json(0, KINDS, "--clip", "-d", "/space/line[90:1000]").get("requests"));
        Run run = Run.of("plan", KINDS, "-d", "/space/line[90:1000]");
        assertEquals(ExitCode.USAGE, run.status(), run.err());
    }
}
