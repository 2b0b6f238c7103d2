// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dump says of a mistake, and that it does no harm. */
final class DumpMistakesTest {
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");
    private static final String LINKS = CommandEdgesTest.resource("options/links.h5");

    @TempDir
    Path folder;

    private static String[] words(String line) {
        return Stream.of(("dump " + line).split(" "))
                .map(word ->
                        word.equals("''") ? "" : word.replace("KINDS", KINDS).replace("LINKS", LINKS))
                .toArray(String[]::new);
    }

    private static Run fails(int status, String message, String... words) {
        Run run = Run.of(words);
        assertAll(
                () -> assertTrue(run.err().contains(message), run.err()),
                () -> assertEquals(status, run.status(), run.err()),
                () -> assertEquals(1, run.errorLines(), run.err()));
        return run;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-d '' KINDS|an object has a name",
                "-g '' KINDS|an object has a name",
                "-a '' KINDS|an object has a name",
                "-w '' KINDS|option -w: '' is not a number",
                "-w 1e2 KINDS|option -w: '1e2' is not a number",
                "-w 9999999999 KINDS|option -w: '9999999999' is not a number",
                "--width=a KINDS|option -w: 'a' is not a number",
                "-m %d KINDS|option -m: '%d' is not a format for one number",
                "-m '' KINDS|option -m: '' is not a format for one number",
                "-m %9999f KINDS|asks for more than 4096 characters",
                "-q '' KINDS|option -q is name or creation_order, not ''",
                "-z '' KINDS|option -z is ascending or descending, not ''",
                "--contents=x KINDS|option -n: 'x' is not a number",
                "--onlyattr=x KINDS|option -A: 'x' is not a number",
                "--vds-gap-size=-1 KINDS|option --vds-gap-size is not negative",
                "--vds-gap-size=x KINDS|option --vds-gap-size: 'x' is not a number",
                "-b LE KINDS|binary output requires a file name, use -o FILE",
                "-b XX -o out KINDS|option -b is NATIVE, FILE, LE or BE, not 'XX'",
                "--noindex=1 KINDS|option --noindex takes no argument",
                "--properties=1 KINDS|option --properties takes no argument",
                "--stride=1 KINDS|option -S can only be used after option -d",
                "-d /int/i1 -H -s 0 KINDS|option -s can only be used after option -d",
                "-d /int/i1 -w 40 -c 1 KINDS|option -c can only be used after option -d",
                "-d /int/i1 -g /attr -M 0,1 KINDS|option -M can only be used after option -d",
                "-d /int/i1 -s a KINDS|option -s: 'a' is not a list of numbers",
                "-d /int/i1 -s -1 KINDS|option -s: '-1' is not a list of numbers",
                "-d /int/i1 -s 1,,2 KINDS|option -s: '1,,2' is not a list of numbers",
                "-d /int/i1 -s 99999999999999999999 KINDS|is not a number of up to 63 bits",
                "-d /int/i1 -s 09 KINDS|'09' is not a number of up to 63 bits",
                "-d /int/i1[0:1] -s 1 KINDS|option -s and a slice in brackets do not go together",
                "-d /int/i1[1] -k 2 KINDS|option -k and a slice in brackets do not go together",
                "-d /int/i1[0;0;0;0;0] KINDS|where [start;stride;count;block] has",
                "-d /int/i1[0;x] KINDS|'x' where [start;stride;count;block] has",
                "-d /int/i1[0; KINDS|the end where [start;stride;count;block] has",
                "-d /int/i1[0;1]x KINDS|']' where [start;stride;count;block] has",
                "-d /int/i1 -M 1 KINDS|bad mask list (1): offset and length come in pairs",
                "-d /int/i1 -M 0,1,0,1,0,1,0,1,0,1,0,1,0,1,0,1,0,1 KINDS|too many masks requested (at most 8)",
                "-f nonsense KINDS|option --filedriver=nonsense of h5dump is not supported",
                "-f onion --vfd-info x KINDS|option --vfd-info: 'x' is not a number",
                "--vfd-info|option --vfd-info needs an argument",
                "--clipp KINDS|did you mean --clip?",
                "-x KINDS|option -x of h5dump is not supported",
                "--use-dtd KINDS|option -u of h5dump is not supported",
                "--form=x KINDS|option -F of h5dump is not supported",
                "--vol-name=x KINDS|option --vol-name of h5dump is not supported",
                "--s3-cred KINDS|option --s3-cred of h5dump is not supported"
            })
    void saysWhatIsWrongBeforeItPrintsAnything(String line, String message) {
        int status = message.contains("not supported") ? ExitCode.UNSUPPORTED : ExitCode.USAGE;
        assertEquals("", fails(status, message, words(line)).out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-d /int KINDS|unable to open dataset \"/int\": it is a group",
                "-d /point KINDS|unable to open dataset \"/point\": it is a datatype",
                "-g /int/i1 KINDS|unable to open group \"/int/i1\": it is a dataset",
                "-g /soft LINKS|unable to open group \"/soft\": it is a dataset",
                "-t /int/i1 KINDS|unable to open datatype \"/int/i1\": it is a dataset",
                "-t /int KINDS|unable to open datatype \"/int\": it is a group",
                "-d /itn/i1 KINDS|did you mean /int/i1?",
                "-g /atrt KINDS|did you mean /attr?",
                "-t /piont KINDS|did you mean /point?",
                "-l /sfot LINKS|did you mean /soft?",
                "KINDS /int/i11|did you mean /int/i1?",
                "-a /attr/none KINDS|unable to open attribute \"none\" of /attr/",
                "-a /none/a KINDS|unable to open object \"/none/\"",
                "-g /loop LINKS|more than 16 soft and external links on the way"
            })
    void saysWhatIsNotThere(String line, String message) {
        int status = message.contains("more than 16") ? ExitCode.LIMIT : ExitCode.NOT_FOUND;
        Run run = fails(status, message, words(line));
        assertTrue(run.out().startsWith("HDF5 \""), run.out());
        assertTrue(run.out().endsWith("}\n"), run.out());
    }

    @Test
    void aHardLinkIsNoSoftOne() {
        fails(ExitCode.USAGE, "\"/data\" is a hard link", words("-l /data LINKS"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-d /space/line -s 98 -c 3|length 100, asked for is start 98, stride 1, count 3, block 1",
                "-d /space/line -s 100|dimension 0 has length 100",
                "-d /space/line -k 101|dimension 0 has length 100",
                "-d /space/line -S 9223372036854775807 -c 2|dimension 0 has length 100",
                "-d /space/line -c 9223372036854775807|dimension 0 has length 100",
                "-d /space/line -S 2 -c 2 -k 3|blocks overlap",
                "-d /space/line -S 0 -c 2|stride and block of a subset are at least 1",
                "-d /space/line -k 0|stride and block of a subset are at least 1",
                "-d /space/line -s 0,0|number of start dims (2) exceed dataset dims (1)",
                "-d /space/scalar -c 1|number of count dims (1) exceed dataset dims (0)",
                "-d /space/grid -S 1,1,1|number of stride dims (3) exceed dataset dims (2)",
                "-d /space/grid -k 1,1,1|number of block dims (3) exceed dataset dims (2)",
                "-d /space/line[0:101]|(100,)",
                "-d /space/line[100]|(100,)",
                "-d /space/line[-101]|(100,)",
                "-d /space/grid[0,0,0]|(5, 12)"
            })
    void aSubsetThatReachesOutOfTheDatasetIsRefused(String line, String message) {
        Run run = fails(ExitCode.USAGE, message, words(line + " KINDS"));
        assertFalse(run.out().contains("DATA {"), run.out());
    }

    /** A partial list is filled: starts with 0, the others with 1. */
    @Test
    void missingNumbersOfASubsetAreTheUsualOnes() {
        String whole = Run.of(words("-d /space/grid -s 1,0 -S 1,1 -c 2,1 -k 1,1 KINDS"))
                .out();
        assertEquals(whole, Run.of(words("-d /space/grid -s 1 -c 2 KINDS")).out());
        assertEquals(whole, Run.of(words("-d /space/grid[1:3,0] KINDS")).out());
    }

    @Test
    void aCountOfZeroSelectsNothingWhereverItStarts() {
        Run run = Run.of(words("-d /space/line -s 100 -c 0 KINDS"));
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("COUNT ( 0 );"), run.out());
        assertTrue(run.out().contains("DATA {\n      }"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o", "-O", "--output", "--ddl"})
    void theFileThatIsDumpedIsNotOverwritten(String option) throws IOException {
        Path file = Files.copy(Path.of(KINDS), folder.resolve("mine.h5"));
        byte[] content = Files.readAllBytes(file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        for (String output : List.of(file.toString(), link.toString(), folder + "/x/../mine.h5")) {
            if (Files.exists(Path.of(output))) {
                fails(
                        ExitCode.USAGE,
                        "an output would replace the file that is dumped",
                        "dump",
                        option,
                        output,
                        "-d",
                        "/int/i1",
                        file.toString());
            }
            assertArrayEquals(content, Files.readAllBytes(file));
        }
        fails(
                ExitCode.USAGE,
                "an output would replace the file that is dumped",
                "dump",
                option,
                file.toString(),
                file.toUri().toString());
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void twoOutputsInOneFileAreRefused() {
        String out = folder.resolve("out").toString();
        fails(ExitCode.USAGE, "options -o and -O name the same file", words("-o " + out + " -O " + out + " KINDS"));
        fails(
                ExitCode.USAGE,
                "options -o and -O name the same file",
                words("-o " + out + " -O " + folder + "/./out KINDS"));
        assertFalse(Files.exists(Path.of(out)));
        assertEquals(0, Run.of(words("-o /dev/null -O /dev/null KINDS")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o", "-O"})
    void saysWhyAnOutputCannotBeWritten(String option) {
        fails(
                ExitCode.USAGE,
                "unable to write to '" + folder + "/no/out': no such folder",
                words(option + " " + folder + "/no/out KINDS"));
        fails(
                ExitCode.USAGE,
                "unable to write to '" + folder + "': Is a directory",
                words(option + " " + folder + " KINDS"));
    }

    @Test
    void anErrorDoesNotSpoilTheOutputOfTheRest() throws IOException {
        Path out = folder.resolve("out.txt");
        Run run = Run.of(words("-d /no -d /int/i1 -o " + out + " KINDS"));
        assertEquals(ExitCode.NOT_FOUND, run.status());
        assertTrue(Files.readString(out).contains("(0,0): 0, 1, 65,"), Files.readString(out));
    }

    @Test
    void bitsThatANumberDoesNotHaveAreZeroWithAWarning() {
        Run run = Run.of(words("-d /int/i1 -M 4,8 KINDS"));
        assertEquals(0, run.status());
        assertEquals("h5coro: packed bits: offset 4 and length 8 are more than the 8 bits of a value\n", run.err());
        assertTrue(run.out().contains("(0,0): 0, 0, 0,\n"), run.out());
    }

    @Test
    void valuesThatNeverWereAreAnErrorOfTheirDatasetOnly() {
        String stored = CommandEdgesTest.resource("options/stored.h5");
        Run run = fails(
                ExitCode.NOT_FOUND, "/undefined: has no values", "dump", "-d", "/undefined", "-d", "/late", stored);
        assertTrue(run.out().contains("(0): 0, 0"), run.out());
    }

    @ParameterizedTest
    @CsvSource({"sec2, 0", "stdio, 0", "core, 0", "direct, 0", "log, 0", "windows, 0", "multi, 3", "split, 3"})
    void driversOfOneFileReadOneFile(String driver, int status) {
        Run run = Run.of("dump", "-f", driver, "-d", "/int/i1", KINDS);
        assertEquals(status, run.status(), run.err());
    }

    @Test
    void aFamilyIsReadByItsPattern() {
        String family = Fixtures.path("family_00000").toString().replace("00000", "%05d");
        String plain = Run.of("dump", "-d", "/contiguous", family).out();
        Run run = Run.of("dump", "-f", "family", "-d", "/contiguous", family);
        assertEquals(0, run.status(), run.err());
        assertEquals(plain, run.out());
        assertTrue(plain.contains("(0"), plain);
    }

    @Test
    void anOnionHasRevisions() {
        String file = Fixtures.path("onion").toString();
        Run last = Run.of("dump", "-H", "-f", "onion", file);
        Run first = Run.of("dump", "-H", "-f", "onion", "--vfd-info", "0", file);
        assertEquals(0, last.status(), last.err());
        assertEquals(0, first.status(), first.err());
        Run none = Run.of("dump", "-H", "-f", "onion", "--vfd-info=99", file);
        assertTrue(none.status() != 0 && none.errorLines() == 1, none.err());
    }
}
