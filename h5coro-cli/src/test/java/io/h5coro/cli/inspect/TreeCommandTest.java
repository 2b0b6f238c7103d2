// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.terminal.Look;
import io.h5coro.cli.terminal.Screen;
import io.h5coro.cli.text.Sink;
import io.h5coro.model.WalkOptions;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code h5coro tree} and {@code h5coro info}, against what the scripts write. */
final class TreeCommandTest {
    private static final String CLIMATE = CommandEdgesTest.resource("values/climate.h5");
    private static final String LINKS = CommandEdgesTest.resource("options/links.h5");

    private static List<String> lines(String... words) {
        Run run = Run.of(words);
        assertEquals(0, run.status(), run.err());
        return run.out().lines().toList();
    }

    @Test
    void aTreeHasNamesTypesShapesAttributesAndLinks() {
        assertEquals(
                List.of(
                        CLIMATE + "  2 attributes",
                        "├── alias -> /tas",
                        "├── far -> other.h5 /x",
                        "├── forecast",
                        "│   ├── pressure  uint16 (6, 2)  2 attributes",
                        "│   └── station  string (6,)",
                        "├── lat  float32 (3,)  3 attributes",
                        "├── level  float32be (2,)  3 attributes",
                        "├── lon  float32 (4,)  3 attributes",
                        "├── tas  float32 (6, 3, 4)  5 attributes",
                        "└── time  float64 (6,)  4 attributes"),
                lines("tree", CLIMATE));
        assertEquals(9, lines("tree", "-L", "1", CLIMATE).size());
        assertEquals(List.of(CLIMATE + "  2 attributes"), lines("tree", "--depth", "0", CLIMATE));
        assertEquals(3, lines("tree", CLIMATE + "::/forecast").size());
        assertEquals(List.of("/tas  float32 (6, 3, 4)  5 attributes"), lines("tree", CLIMATE, "/tas"));
    }

    /** A group that was shown is named where it is met again. */
    @Test
    void aCircleEnds() {
        List<String> lines = lines("tree", LINKS);
        assertTrue(lines.contains("│   ├── circle  (as /g)"), lines.toString());
        assertTrue(lines.contains("│   └── up  (as /)"), lines.toString());
        assertEquals(19, lines.size(), lines.toString());
    }

    @Test
    void whatCannotBeOpenedHasALineAndAnError() {
        Run run = Run.of("tree", Fixtures.path("required_unknown").toString());
        assertTrue(run.out().contains("must_understand  ?"), run.out());
        assertEquals(1, run.errorLines(), run.err());
        assertTrue(run.status() != 0);
        assertEquals(
                ExitCode.LIMIT,
                Run.of("tree", CommandEdgesTest.resource("deep_groups.h5")).status());
        assertEquals(ExitCode.USAGE, Run.of("tree", "-L", "-1", CLIMATE).status());
    }

    @Test
    void coloursAreAroundNamesThatHaveNone() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = Sink.to(new Screen(out, new Look(true, 80, 24), null));
        try (H5Coro file = H5Coro.open(Path.of(CommandEdgesTest.resource("odd_names.h5")))) {
            Report report = new Report(new PrintStream(out, true, StandardCharsets.UTF_8), false);
            TreeText tree = new TreeText(sink, report, 1);
            file.root().walk(WalkOptions.all().depth(1)).forEach(member -> tree.member(member, "x\u001b[5m.h5"));
        }
        sink.flush();
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("\u001b[1;34mx\\x1b[5m.h5\u001b[0m\n"), text);
        assertTrue(text.contains("\u001b[1;34mg::h\u001b[0m"), text);
        assertFalse(text.replaceAll("\u001b\\[(?:0|1;34)m", "").contains("\u001b"), text);
    }

    @Test
    void infoShowsAFileAsNcdumpDoes() {
        assertEquals(
                List.of(
                        "file " + CLIMATE + " {",
                        "dimensions:",
                        "    lat = 3 ;",
                        "    level = 2 ;",
                        "    lon = 4 ;",
                        "    time = UNLIMITED ; // (6 currently)",
                        "variables:",
                        "    float32 lat(lat) ;",
                        "    float32 lon(lon) ;",
                        "    float32 tas(time, lat, lon) ;",
                        "        tas:_FillValue = 1e20 ;",
                        "        tas:flag = 3 ;",
                        "        tas:units = \"K\" ;",
                        "        tas:valid_range = 0.0, 1000.5 ;",
                        "    float64 time(time) ;",
                        "        time:units = \"days since 2000-01-01\" ;",
                        "links:",
                        "    alias -> /tas",
                        "    far -> other.h5 /x",
                        "attributes:",
                        "    :history = \"made\", \"by hand\" ;",
                        "    :title = \"A small \\\"climate\\\"\" ;",
                        "}",
                        "group /forecast {",
                        "variables:",
                        "    uint16 pressure(time, level) ;",
                        "        pressure:missing_value = 7 ;",
                        "    string station(6) ;",
                        "}"),
                lines("info", CLIMATE));
        assertEquals(
                "    uint16 pressure(time, level) ;",
                lines("info", CLIMATE, "/forecast").get(2));
        assertTrue(lines("info", "-a", CLIMATE).contains("        lat:CLASS = \"DIMENSION_SCALE\" ;"));
        assertEquals(ExitCode.NOT_FOUND, Run.of("info", CLIMATE, "/tas").status());
    }

    /** Their members are those of the first path, and not none. */
    @Test
    void infoSaysOfFurtherPathsOfAGroupThatTheyAreFurtherPaths() throws Exception {
        List<String> lines = lines("info", LINKS);
        assertTrue(lines.contains("group /g {"), lines.toString());
        assertTrue(lines.contains("group /g/circle (as /g) {"), lines.toString());
        assertTrue(lines.contains("group /g/up (as /) {"), lines.toString());
        var groups = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(Run.of("info", "--json", LINKS).out())
                .at("/files/0/groups");
        assertEquals("/g", groups.at("/2/same").asText());
        assertTrue(groups.at("/1/same").isMissingNode());
    }

    @Test
    void infoAsJsonHasDimensionsByName() throws Exception {
        var groups = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(Run.of("info", "--json", CLIMATE).out())
                .at("/files/0/groups");
        assertEquals(2, groups.size());
        assertEquals(
                "[\"time\",\"lat\",\"lon\"]",
                groups.at("/0/variables/2/dimensions").toString());
        assertEquals("[null]", groups.at("/1/variables/1/dimensions").toString());
        assertEquals(
                "{\"name\":\"time\",\"shape\":[6],\"maximum\":[null]}",
                groups.at("/0/dimensions/3").toString());
        assertEquals("other.h5", groups.at("/0/links/1/targetFile").asText());
    }
}
