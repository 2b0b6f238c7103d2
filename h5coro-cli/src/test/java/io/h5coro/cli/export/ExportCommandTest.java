// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code h5coro export}: what a command line writes, and what it says instead. Values are those of make_types.py. */
final class ExportCommandTest {
    private static final String TYPES = "../h5coro-export/src/test/resources/types.h5";
    private static final String TERMINAL = "h5coro.stdout.tty";

    @TempDir
    private Path folder;

    @AfterEach
    void noTerminal() {
        System.clearProperty(TERMINAL);
    }

    @Test
    void datasetsAreColumnsOnStandardOutput() {
        Run run = Run.of("export", TYPES, "-d", "/table/i4[3:5]", "-d", "/table/truth[3:5]", "--format", "csv");
        assertEquals(new Run(0, "i4,truth\n3,true\n4,false\n", ""), run);
    }

    @Test
    void datasetsAreNamedAsOtherCommandsDo() {
        String expected = "i4\n3\n";
        assertEquals(new Run(0, expected, ""), Run.of("export", TYPES + "::/table/i4[3]", "-f", "csv"));
        assertEquals(new Run(0, expected, ""), Run.of("export", TYPES, "/table/i4[3]", "-f", "csv"));
        assertEquals(
                new Run(0, "i4,i8\n3,3\n", ""), Run.of("export", TYPES, "/table/i4[3]", "/table/i8[3]", "-f", "csv"));
        assertEquals(
                new Run(0, "i4\n9\n10\n", ""), Run.of("export", TYPES, "-d", "/table/i4[9:20]", "--clip", "-f", "csv"));
    }

    @Test
    void listsOfIndicesAreRowsInTheirOrder() {
        assertEquals(
                new Run(0, "i4,i8\n9,4\n3,5\n3,6\n", ""),
                Run.of("export", TYPES, "-d", "/table/i4[[9, 3, -8]]", "-d", "/table/i8[4:7]", "-f", "csv"));
        Run beyond = Run.of("export", TYPES, "-d", "/table/i4[[11]]", "-f", "csv");
        assertEquals(ExitCode.USAGE, beyond.status());
        assertTrue(beyond.err().contains("index 11 is outside of dimension 0 of length 11"), beyond.err());
    }

    @Test
    void theNameOfTheOutputSaysTheFormat() throws IOException {
        Path target = folder.resolve("x.ndjson");
        assertEquals(new Run(0, "", ""), Run.of("export", TYPES, "-d", "/table/i4[3]", "-o", target.toString()));
        assertEquals("{\"i4\":3}\n", Files.readString(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"npy", "npz", "arrow", "arrows", "parquet"})
    void binaryFormatsGoToFilesAndPipesAndNotToTerminals(String format) throws IOException {
        Path target = folder.resolve("x");
        String[] line = {"export", TYPES, "-d", "/table/i4", "-f", format};
        String[] named = Arrays.copyOf(line, 8);
        named[6] = "-o";
        named[7] = target.toString();
        assertEquals(new Run(0, "", ""), Run.of(named));
        String piped = Run.of(line).out();
        assertEquals(new String(Files.readAllBytes(target), StandardCharsets.UTF_8), piped);
        assertTrue(piped.length() > 100);
        System.setProperty(TERMINAL, "true");
        Run terminal = Run.of(line);
        assertEquals(ExitCode.USAGE, terminal.status());
        assertEquals("", terminal.out());
        assertEquals(
                "h5coro: standard output is a terminal, and " + format + " is no text: say -o FILE, or redirect it\n",
                terminal.err());
    }

    @Test
    void whatWouldActOnATerminalIsMadeVisible() {
        System.setProperty(TERMINAL, "true");
        Run run = Run.of("export", TYPES, "-d", "/table/text[0:2]", "-f", "csv");
        assertEquals("text\n\"\"\na\n", run.out());
    }

    @Test
    void aGroupIsItsMostFrequentNumberOfRowsAndTheOthersAreNamed() {
        Run run = Run.of("export", TYPES, "-g", "/others", "-f", "csv");
        assertEquals(0, run.status());
        assertEquals("long,long_too\n0,0\n", run.out().substring(0, 18));
        assertEquals(
                "h5coro: left out: /others/empty (0,)\nh5coro: left out: /others/empty_rows (3, 0)\n"
                        + "h5coro: left out: /others/i4 (4,)\nh5coro: left out: /others/ragged_texts (2,)\n"
                        + "h5coro: left out: /others/scalar ()\nh5coro: left out: /others/short (4,)\n",
                run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | which dataset? Say -d PATH or -g GROUP | -f csv",
                "2 | which format? Say --format FORMAT: one of arrow | -d /table/i4",
                "2 | no format 'xlsx'; there are arrow, arrows, csv, ndjson, npy, npz, parquet | -d /table/i4 -f xlsx",
                "2 | reaches over the length 11 | -d /table/i4[5:12] -f csv",
                "2 | column 13 | -d /table/i4[5: -f csv",
                "3 | /table/none | -d /table/none -f csv",
                "4 | csv cannot hold /table/ragged: list of any number of int32 | -d /table/ragged -f csv",
                "4 | columns of csv have one number of rows | -d /table/i4 -d /others/short -f csv",
                "3 | /none | -g /none -f csv",
                "2 | no such folder | -d /table/i4 -o /no/such/folder/x.csv",
            })
    void whatIsWrongIsSaidAndNothingIsWritten(int status, String said, String arguments) {
        String[] words = ("export " + TYPES + " " + arguments).split(" ");
        Run run = Run.of(words);
        assertEquals(status, run.status(), run.err());
        assertTrue(run.err().contains(said), run.err());
        assertEquals(1, run.errorLines(), run.err());
        assertEquals("", run.out());
    }

    @Test
    void theOutputDoesNotReplaceTheFileThatIsRead() throws IOException {
        Path copy = Files.copy(Path.of(TYPES), folder.resolve("copy.h5"));
        byte[] before = Files.readAllBytes(copy);
        Run run = Run.of("export", copy.toString(), "-d", "/table/i4", "-f", "csv", "-o", copy.toString());
        assertEquals("h5coro: the output would replace the file that is exported\n", run.err());
        assertEquals(ExitCode.USAGE, run.status());
        assertArrayEquals(before, Files.readAllBytes(copy));
    }

    @Test
    void oneFileIsExportedAtATime() throws IOException {
        Files.copy(Path.of(TYPES), folder.resolve("a.h5"));
        Files.copy(Path.of(TYPES), folder.resolve("b.h5"));
        Run run = Run.of("export", folder.resolve("*.h5").toString(), "-d", "/table/i4", "-f", "csv");
        assertEquals("h5coro: one file is exported at a time, and 2 are named\n", run.err());
    }

    @Test
    void aRefusalLeavesNoFile() {
        Path target = folder.resolve("x.csv");
        assertEquals(
                4,
                Run.of("export", TYPES, "-d", "/table/ragged", "-o", target.toString())
                        .status());
        assertFalse(Files.exists(target));
    }
}
