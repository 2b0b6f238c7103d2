// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code h5coro ls} of files that {@code testdata/make/dump_options.py} wrote, which says what is in them. */
final class LsCommandTest {
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");
    private static final String STORED = CommandEdgesTest.resource("options/stored.h5");
    private static final String LINKS = CommandEdgesTest.resource("options/links.h5");
    private static final String MAPPED = CommandEdgesTest.resource("options/mapped.h5");

    private static List<String> listed(String... arguments) {
        Run run = Run.of(Stream.concat(Stream.of("ls"), Stream.of(arguments)).toArray(String[]::new));
        assertAll(() -> assertEquals("", run.err()), () -> assertEquals(0, run.status()));
        return run.out().lines().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/space/null|dataset  /space/null  null int32",
                "/space/scalar|dataset  /space/scalar  () int32",
                "/space/zero|dataset  /space/zero  (0, 3) int32",
                "/space/four|dataset  /space/four  (2, 3, 4, 3) int16",
                "/space/growing|dataset  /space/growing  (2, 3) int32 chunks (2, 2)",
                "/int/u2be|dataset  /int/u2be  (2, 3) uint16be",
                "/int/i8be|dataset  /int/i8be  (2, 3) int64be",
                "/float/f2|dataset  /float/f2  (6,) float16",
                "/float/f8be|dataset  /float/f8be  (8,) float64be",
                "/text/nullterm|dataset  /text/nullterm  (7,) string[12]",
                "/text/variable|dataset  /text/variable  (7,) string",
                "/made/compound_grid|dataset  /made/compound_grid  (2, 2) compound{a: int16, b: int16}",
                "/made/enum|dataset  /made/enum  (4,) enum(uint8)",
                "/made/bool|dataset  /made/bool  (2,) bool",
                "/made/matrix|dataset  /made/matrix  (2,) int32[2, 3]",
                "/made/matrices|dataset  /made/matrices  (2,) int32[2, 3][2]",
                "/made/sequence|dataset  /made/sequence  (3,) vlen(int32)",
                "/made/opaque|dataset  /made/opaque  (3,) opaque[3]",
                "/made/bitsB16BE|dataset  /made/bitsB16BE  (2,) bitfield16be",
                "/typed/uses|dataset  /typed/uses  (1,) compound{x: float64, y: float64}",
                "/point|datatype /point  compound{x: float64, y: float64}",
                "/short|datatype /short  uint16be"
            })
    void oneObjectHasOneLineWithItsKindShapeAndType(String path, String line) {
        assertEquals(List.of(line), listed(KINDS, path));
        assertEquals(List.of(line), listed(KINDS + "::" + path));
        assertEquals(List.of(line), listed(KINDS + path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compact|(20,) int32 compact 80 bytes",
                "contiguous|(20,) int32 contiguous 80 bytes",
                "unwritten|(20,) int32 contiguous 0 bytes",
                "chunked|(20,) int32 chunks (6,) chunked 96 bytes",
                "external|(6,) int32 external 24 bytes",
                "nbit|(20,) int32 chunks (10,) chunked 80 bytes nbit",
                "lzf|(20,) int32 chunks (10,) chunked 0 bytes lzf",
                "fill_text|(2,) string[3] contiguous 0 bytes"
            })
    void theLongFormHasStorageBytesAndFilters(String name, String rest) {
        assertEquals(List.of("dataset  /" + name + "  " + rest), listed("-l", STORED, name));
    }

    @Test
    void filtersStandInTheirOrder() {
        assertTrue(
                listed("--long", STORED, "/filtered").get(0).endsWith(" bytes shuffle deflate(level 6) fletcher32"),
                listed("-l", STORED, "/filtered").toString());
        assertTrue(listed("-l", MAPPED, "/whole").get(0).startsWith("dataset  /whole  (12,) int32 virtual "));
    }

    @Test
    void aGroupHasALineForEachMember() {
        assertEquals(
                List.of(
                        "dataset  a;b  () int32",
                        "dataset  brackets[0]  (3,) int32",
                        "link     dangling  -> /no/such",
                        "dataset  data  (4,) int32",
                        "group    g",
                        "link     loop  -> /loop",
                        "dataset  name with blanks  () int32",
                        "link     out  -> linked_to.h5 /there",
                        "link     out_group  -> linked_to.h5 /group",
                        "link     out_missing  -> no_such_file.h5 /x",
                        "link     out_nothing  -> linked_to.h5 /nothing",
                        "link     out_type  -> linked_to.h5 /type",
                        "link     relative  -> g/again",
                        "link     soft  -> /data",
                        "dataset  twin  (4,) int32"),
                listed(LINKS));
    }

    /** The circle is named and not followed, and neither is the way back to the root. */
    @Test
    void aCircleEnds() {
        List<String> lines = listed("-r", LINKS);
        assertEquals(
                1,
                lines.stream().filter(line -> line.equals("group    g/circle")).count());
        assertEquals(
                1, lines.stream().filter(line -> line.equals("group    g/up")).count());
        assertEquals(18, lines.size(), lines.toString());
        assertEquals(
                List.of("dataset  again  (4,) int32", "group    circle", "group    up"),
                listed("-r", LINKS, "/g").subList(0, 3));
    }

    @Test
    void membersOfMembersHaveThePathFromTheGroupThatWasAskedFor() {
        assertEquals(
                List.of("group    early", "group    late", "dataset  late/data  (3,) int32", "group    middle"),
                listed("--recursive", KINDS, "attr"));
        assertEquals(List.of("group    early", "group    late", "group    middle"), listed(KINDS, "attr"));
        assertEquals(List.of(), listed(KINDS, "/attr/early"));
    }

    @ParameterizedTest
    @CsvSource({
        "/soft, dataset  /soft  (4;) int32",
        "/relative, dataset  /relative  (4;) int32",
        "/out, dataset  /out  (3;) int32",
        "/out_type, datatype /out_type  int16",
        "/g/up/g/circle/again, dataset  /g/up/g/circle/again  (4;) int32",
        "/out_group, dataset  inner  () int32"
    })
    void aPathLeadsThroughLinks(String path, String line) {
        assertEquals(List.of(line.replace(';', ',')), listed(LINKS, path));
    }

    @ParameterizedTest
    @CsvSource({
        "/dangling, 3, has no link 'no'",
        "/loop, 7, more than 16 soft and external links on the way",
        "/out_missing, 3, no_such_file.h5",
        "/out_nothing, 3, nothing",
        "/data/x, 3, /data",
        "/nothing/at/all, 3, nothing"
    })
    void aLinkThatLeadsNowhereIsNotFound(String path, int status, String why) {
        Run run = Run.of("ls", LINKS, path);
        assertAll(
                () -> assertEquals(status, run.status(), run.err()),
                () -> assertTrue(run.err().contains(why), run.err()),
                () -> assertEquals(1, run.errorLines(), run.err()),
                () -> assertEquals("", run.out()));
    }

    @Test
    void userDefinedLinksAreNamed() {
        List<String> lines = listed("-r", Fixtures.path("user_links").toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("userlink ")), lines.toString());
    }

    /** What cannot be opened has a line too, so that a list is never shorter than the group. */
    @Test
    void aMemberThatCannotBeOpenedIsListedWithAnError() {
        Run run = Run.of("ls", "-r", Fixtures.path("required_unknown").toString());
        assertTrue(run.out().lines().anyMatch(line -> line.startsWith("?        must_understand")), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.startsWith("dataset  ")), run.out());
        assertTrue(run.status() != 0 && run.err().contains("must_understand: "), run.err());
    }

    @Test
    void severalPlacesAreListedOneAfterAnotherWhateverBecomesOfOne() {
        Run run = Run.of("ls", KINDS + "::/attr", LINKS + "::/no_such", STORED, "no_such_file.h5");
        assertAll(
                () -> assertEquals(ExitCode.NOT_FOUND, run.status()),
                () -> assertEquals(2, run.errorLines(), run.err()),
                () -> assertTrue(run.out().startsWith(KINDS + " /attr:\ngroup    early\n"), run.out()),
                () -> assertTrue(
                        run.out().contains("\n\n" + LINKS + " /no_such:\n\n" + STORED + ":\ndataset  "), run.out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"attrs", "ls", "plan"})
    void anAttributeIsNoObject(String command) {
        Run run = Run.of(command, KINDS, "/attr/z");
        assertEquals(command.equals("plan") ? 0 : ExitCode.NOT_FOUND, run.status(), run.err());
    }

    @Test
    void anIndexCacheChangesNothing(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        List<String> plain = listed("-rl", KINDS);
        String option = "--index-cache=" + folder;
        assertEquals(plain, listed("-rl", option, KINDS));
        assertEquals(plain, listed("-rl", option, KINDS));
        // A folder that is none is done without.
        assertEquals(plain, listed("-rl", "--index-cache=" + LINKS, KINDS));
    }
}
