// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line for each problem, and the status of the first. */
final class ReportTest {
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(lines, true, StandardCharsets.UTF_8);
    private final Report report = new Report(stream, false);

    private String said() {
        return lines.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstErrorDecidesTheStatus() {
        assertEquals(ExitCode.OK, report.status());
        report.warn("a warning");
        assertEquals(ExitCode.OK, report.status());
        report.error(new NotFoundException(Where.source("x.h5"), "no such file"));
        report.error(new MalformedFileException(Where.source("y.h5"), "not an HDF5 file"));
        assertEquals(ExitCode.NOT_FOUND, report.status());
        assertEquals("h5coro: a warning\nh5coro: x.h5: no such file\nh5coro: y.h5: not an HDF5 file\n", said());
    }

    @Test
    void nothingIsSaidTwice() {
        for (int i = 0; i < 3; i++) {
            report.error(ExitCode.CORRUPT, "the same");
            report.warn("the same");
        }
        assertEquals("h5coro: the same\n", said());
        assertEquals(ExitCode.CORRUPT, report.status());
    }

    /** What was said is kept in bounded memory: an endless number of different lines is said. */
    @Test
    void aThousandLinesAreRemembered() {
        for (int i = 0; i < 1500; i++) {
            report.warn("line " + i);
        }
        assertEquals(1500, said().lines().count());
        report.warn("line 999");
        assertEquals(1500, said().lines().count());
        report.warn("line 1200");
        assertEquals(1501, said().lines().count());
    }

    @Test
    void saysWhatWasDoneAndWhatMayHelp() {
        report.error("unable to open", new NotFoundException(Where.source("x.h5"), "no such file"), "; try y.h5");
        report.error("/d", new UsageException("no"));
        assertEquals("h5coro: unable to open: x.h5: no such file; try y.h5\nh5coro: /d: no\n", said());
    }

    @Test
    void problemsOfTheMachineHaveWords() {
        report.error(new StackOverflowError());
        report.error("reading", new OutOfMemoryError("Java heap space"));
        report.error(new IllegalStateException((String) null));
        assertEquals(
                "h5coro: nested too deeply\nh5coro: reading: not enough memory\nh5coro: IllegalStateException\n",
                said());
        assertEquals(ExitCode.LIMIT, report.status());
    }

    @Test
    void aMessageIsOneLineThatPaintsNothing() {
        report.error(ExitCode.OTHER, "a\nb\u001b[31m\u202e");
        assertEquals("h5coro: a\\nb\\x1b[31m\\u202e\n", said());
    }

    @Test
    void linesForPeopleKeepTheirBreaks() {
        report.line("1 request\n\t2 chunks\u0007");
        assertEquals("1 request\n\t2 chunks\\x07\n", said());
    }

    @Test
    void aLongPathOfALimitIsCut() {
        report.limit("/short", "too deep");
        report.limit("/" + "g/".repeat(300), "too deep");
        assertEquals(ExitCode.LIMIT, report.status());
        assertEquals(
                "h5coro: /short: too deep\n" + "h5coro: /" + "g/".repeat(300).substring(0, 199) + "...: too deep\n",
                said());
    }

    @Test
    void stackTracesAreForDebugging() {
        new Report(stream, true).error(new UsageException("broken"));
        assertTrue(said().startsWith("h5coro: broken\n"), said());
        assertTrue(said().contains("\tat io.h5coro.cli.report.ReportTest."), said());
        lines.reset();
        report.error(new UsageException("broken"));
        assertEquals("h5coro: broken\n", said());
    }

    /** A user of the command knows options, not calls of a library. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ReadOptions.allowTruncated opens it|--allow-truncated opens it",
                "see ReadOptions.allowUnclosed|see --allow-unclosed",
                "StorageOptions allow_changing reads it|--allow-changing reads it",
                "StorageOptions.allowChanging reads it|--allow-changing reads it",
                "the bucket can be read as anonymous|the bucket can be read with --anonymous",
                "say it with ReadOptions.fileDriver|say it with dump's option --filedriver",
                "more than 16 links (ReadOptions.linkDepth)|more than 16 links",
                "option total_timeout of the storage must be a time|option --timeout must be a time",
                "option retries of the storage must be a whole number|option --retries must be a whole number"
            })
    void callsOfTheLibraryAreOptionsHere(String message, String expected) {
        report.error(new NotFoundException(Where.source("x"), message));
        assertEquals("h5coro: x: " + expected + "\n", said());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown --token=SECRET|--token=SECRET|unknown --token",
                "bad value SECRET of --token|--token=SECRET|bad value ... of --token",
                "bad https://u:SECRET@h/x?SECRET|https://u:SECRET@h/x?SECRET|bad https://h/x",
                "bad value abc of -t|-t=abc|bad value abc of -t",
                "nothing of it|--token=SECRET|nothing of it",
                "the file x.h5|x.h5|the file x.h5"
            })
    void valuesOfArgumentsAreHidden(String message, String argument, String expected) {
        String hidden = ArgumentText.hidden(message, argument);
        assertEquals(expected, hidden);
        assertFalse(hidden.contains("SECRET"), hidden);
    }
}
