// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code h5coro refs}: what a command line writes, and what it says instead. */
final class RefsCommandTest {
    private static final String REFS = "../h5coro-export/src/test/resources/refs.h5";

    @TempDir
    private Path folder;

    @Test
    void whatIsRefusedIsNamedAndTheRestIsWritten() throws IOException {
        Path target = folder.resolve("refs.json");
        Run run = Run.of("refs", REFS, "-o", target.toString(), "--inline-bytes", "400");
        assertEquals(ExitCode.UNSUPPORTED, run.status());
        assertEquals("", run.out());
        assertEquals(
                7,
                run.err()
                        .lines()
                        .filter(line -> line.startsWith("h5coro: refused: /"))
                        .count(),
                run.err());
        assertTrue(run.err().contains("h5coro: refused: /filters/lzf_large: numcodecs has no filter 32000 (lzf)"));
        assertTrue(Files.readString(target).contains("\"filters/plain/0.0\":[\"" + REFS + "\","));
    }

    @Test
    void theAddressIsWhatIsSaid() {
        Run run = Run.of("refs", REFS, "--address", "https://me:pass@host/x.h5?sig=1");
        assertTrue(run.out().contains("[\"https://host/x.h5\","), run.err());
        assertFalse(run.out().contains("sig=1"));
        assertTrue(
                run.err()
                        .contains("h5coro: https://host/x.h5: its query is left out of the references, since it may be"
                                + " a signature (--keep-query)\n"),
                run.err());
        assertTrue(Run.of("refs", REFS, "--address", "https://host/x.h5?sig=1", "--keep-query")
                .out()
                .contains("[\"https://host/x.h5?sig=1\","));
    }

    @Test
    void manyChunksAreAFolderOfParquet() {
        Path target = folder.resolve("refs.parq");
        Run run = Run.of("refs", REFS, "-o", target.toString(), "--format", "parquet");
        assertEquals(ExitCode.UNSUPPORTED, run.status());
        assertTrue(Files.exists(target.resolve(".zmetadata")));
        assertTrue(Files.exists(target.resolve("filters/plain/refs.0.parq")));
        assertFalse(Files.exists(target.resolve("fill/never/refs.0.parq")));
        assertEquals(
                new Run(
                        ExitCode.USAGE,
                        "",
                        "h5coro: unable to write to '" + target + "': it is there already, and not empty\n"),
                Run.of("refs", REFS, "-o", target.toString(), "--format", "parquet"));
    }

    @Test
    void aDashIsStandardOutput() {
        assertEquals(Run.of("refs", REFS), Run.of("refs", REFS, "-o", "-"));
        assertEquals(
                new Run(ExitCode.USAGE, "", "h5coro: references in parquet are a folder: say -o FOLDER\n"),
                Run.of("refs", REFS, "-f", "parquet", "-o", "-"));
    }

    @Test
    void anAddressOfALocalFileIsAPath() throws IOException {
        Path named = folder.resolve("a b#1%41.h5");
        Files.copy(Path.of(REFS), named);
        Files.copy(Path.of(REFS).resolveSibling("refs.raw"), folder.resolve("refs.raw"));
        Run run = Run.of("refs", named.toUri().toString());
        assertTrue(run.out().contains("[\"" + named + "\","), run.err());
        assertTrue(run.out().contains("[\"" + folder.resolve("refs.raw") + "\","), run.err());
    }

    @Test
    void severalFilesFollowOneAnother() {
        Run run = Run.of("refs", REFS, REFS, "--concat", "phony_dim_13");
        assertTrue(run.out().contains("\"types/i1/0.0\":\"base64:AAECAAECAwQFAwQF\""), run.err());
        assertEquals(
                new Run(ExitCode.USAGE, "", "h5coro: no variable has the dimension 'time'\n"),
                Run.of("refs", REFS, REFS, "--concat", "time"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-f xml | no format 'xml'; there are json and parquet",
                "-f parquet | references in parquet are a folder: say -o FOLDER",
                "../h5coro-export/src/test/resources/types.h5 | 2 files are named: say --concat DIM to put them"
                        + " in a row",
                "--inline-bytes -5 | --inline-bytes -5 is negative",
                "/filters | references are those of a whole file, and /filters is an object in " + REFS,
                "-o ../h5coro-export/src/test/resources/refs.h5 | the output would replace a file that is referred to"
            })
    void wrongUsageIsSaid(String arguments, String message) {
        String[] line = ("refs " + REFS + " " + arguments).split(" ");
        assertEquals(new Run(ExitCode.USAGE, "", "h5coro: " + message + "\n"), Run.of(line));
    }

    @Test
    void aMissingFileIsSaid() {
        assertEquals(ExitCode.NOT_FOUND, Run.of("refs", "no.h5").status());
    }
}
