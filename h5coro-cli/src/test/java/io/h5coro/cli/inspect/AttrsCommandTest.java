// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.DumpFiles;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code h5coro attrs}: a line for each attribute; with --ddl what the dump prints, with letters as letters. */
final class AttrsCommandTest {
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");
    private static final String LINKS = CommandEdgesTest.resource("options/links.h5");

    private static String printed(String... arguments) {
        List<String> words = new java.util.ArrayList<>(List.of("attrs", "--ddl"));
        words.addAll(List.of(arguments));
        Run run = Run.of(words.toArray(new String[0]));
        assertAll(() -> assertEquals("", run.err()), () -> assertEquals(0, run.status()));
        return run.out();
    }

    private static List<String> lines(String... arguments) {
        List<String> words = new java.util.ArrayList<>(List.of("attrs"));
        words.addAll(List.of(arguments));
        Run run = Run.of(words.toArray(new String[0]));
        assertAll(() -> assertEquals("", run.err()), () -> assertEquals(0, run.status()));
        return run.out().lines().toList();
    }

    /** The values are those that testdata/make/dump_options.py writes. */
    @Test
    void anAttributeHasALineWithItsObjectNameAndValue() {
        assertEquals(
                List.of(
                        "attr:a = 2.5",
                        "attr:a/b = -1",
                        "attr:bytes = 108, 101, 116, 116, 101, 114, 115",
                        "attr:empty = null",
                        "attr:grid = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],"
                                + " [15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]]",
                        "attr:m = \"text\"",
                        "attr:record = {i: 1, f: 2.5}",
                        "attr:z = 0, 1, 2"),
                lines(KINDS, "/attr"));
        assertEquals(List.of(), lines(KINDS));
        String climate = CommandEdgesTest.resource("values/climate.h5");
        assertEquals(
                List.of(":history = \"made\", \"by hand\"", ":title = \"A small \\\"climate\\\"\""), lines(climate));
        assertTrue(lines(climate, "/tas").contains("tas:DIMENSION_LIST = [/time], [/lat], [/lon]"));
    }

    @Test
    void jsonHasNamesTypesShapesAndExactValues() throws IOException {
        com.fasterxml.jackson.databind.JsonNode attributes = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(Run.of("attrs", "--json", KINDS, "/attr").out())
                .at("/files/0/attributes");
        assertEquals(
                "{\"name\":\"record\",\"shape\":[],\"type\":\"compound{i: int32, f: float64}\","
                        + "\"value\":{\"i\":1,\"f\":2.5}}",
                attributes.get(6).toString());
        assertEquals(
                "{\"name\":\"empty\",\"shape\":null,\"type\":\"float64\"}",
                attributes.get(3).toString());
        assertEquals(2, attributes.get(4).get("value").size());
    }

    /** Those of a dump of the same attribute, which h5dump's are compared with. */
    @ParameterizedTest
    @CsvSource({"a", "bytes", "empty", "grid", "m", "record", "z"})
    void anAttributeIsPrintedAsByTheDump(String name) {
        String dump = Run.of("dump", "-a", "/attr/" + name, KINDS).out();
        String attribute =
                dump.substring(dump.indexOf('\n') + 1, dump.lastIndexOf('}')).stripTrailing();
        assertTrue(printed(KINDS, "/attr").contains(attribute + "\n"), attribute);
    }

    @Test
    void allAttributesStandInTheOrderOfTheirNames() {
        List<String> names = printed(KINDS + "::/attr")
                .lines()
                .filter(line -> line.startsWith("ATTRIBUTE"))
                .map(line -> line.replaceAll("^ATTRIBUTE \"|\" \\{$", ""))
                .toList();
        assertEquals(List.of("a", "a/b", "bytes", "empty", "grid", "m", "record", "z"), names);
    }

    @Test
    void objectsOfEveryKindHaveAttributes() {
        assertTrue(printed(KINDS, "/point").contains("(0): \"m\""));
        assertTrue(printed(KINDS, "/attr/late/data").contains("(0): 7"));
        assertTrue(printed(LINKS, "/out").contains("ATTRIBUTE \"far\" {"));
        assertEquals("\n", printed(KINDS));
        assertEquals("\n", printed(KINDS, "int/i1"));
    }

    @Test
    void lettersAreLettersAndControlsAreEscaped() {
        String file = Fixtures.path("attributes_earliest").toString();
        String out = Run.of("attrs", file).out();
        assertTrue(out.chars().allMatch(c -> c >= ' ' || c == '\n'), out);
        Run odd = Run.of("attrs", "--ddl", CommandEdgesTest.resource("odd_names.h5"), "/x[1]");
        assertEquals(
                1,
                odd.out().lines().filter(line -> line.startsWith("ATTRIBUTE")).count(),
                odd.out());
    }

    @ParameterizedTest
    @CsvSource({
        "/no_such, 3, does not exist",
        "/atrt, 3, did you mean /attr?",
        "/attr/z, 3, does not exist",
        "/int/i1/x, 3, /int/i1"
    })
    void saysThatThereIsNoSuchObject(String path, int status, String why) {
        Run run = Run.of("attrs", KINDS, path);
        assertAll(
                () -> assertEquals(status, run.status(), run.err()),
                () -> assertTrue(run.err().contains(why), run.err()),
                () -> assertEquals(1, run.errorLines(), run.err()));
    }

    /** References say where they lead. */
    @Test
    void anAttributeOfReferencesNamesItsTargets() {
        String linked = Fixtures.path("datatypes_references_earliest").toString();
        Run run = Run.of("attrs", linked);
        assertEquals(0, run.status(), run.err());
        assertEquals(ExitCode.OK, Run.of("attrs", linked, "/object").status());
    }

    /** A reference is an address in its own file; here the linking file has a decoy at that address. */
    @Test
    void referencesBehindALinkIntoAnotherFileLeadToWhatIsThere(@TempDir Path folder) throws IOException {
        DumpFiles.copy(folder, "linking.h5", "linked.h5");
        String out = printed(folder.resolve("linking.h5").toString(), "/r");
        assertTrue(out.contains("/linked.h5/electrodes\"\n"), out);
        assertTrue(out.contains("(0): 1, 2, 3\n"), out);
        // Without the folder's name, which may have any digits.
        String said = out.replace(folder.toString(), "");
        assertFalse(said.contains("decoy") || said.contains("999"), out);
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed(@TempDir Path folder) throws IOException {
        DumpFiles.copy(folder.resolve("in"), "outside.h5");
        DumpFiles.copy(folder, "secret.h5");
        Run run = Run.of("attrs", folder.resolve("in/outside.h5").toString(), "/link");
        assertTrue(run.status() != 0, run.out());
        assertTrue(run.err().contains("which is not in its folder"), run.err());
    }
}
