// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is broken where in a help text, and what the texts say. */
final class HelpLinesTest {
    private static String broken(int columns, String... lines) {
        String end = System.lineSeparator();
        return HelpLines.broken(String.join(end, lines) + end, columns).replace(end, "\n");
    }

    @Test
    void linesAreBrokenAtBlanksAndGoOnBelowTheirWords() {
        assertEquals(
                """
                Usage: h5coro cat [-hv] [--data-cache=DIR[:SIZE]]
                                  FILE[::PATH] [PATH]
                Prints the values of datasets, a line each, such
                as those of x.nc4.
                  -d, --dataset=PATH[SLICE] A dataset or slices:
                                              /a/b[5,:,-10:], /a/b
                      --long-long-long-name=VALUE
                            Ends in one of these, .h5, .nc or
                              .nc4.
                  ls      Lists what is in a group or in a folder
                            that there is.
                """,
                broken(
                        50,
                        "Usage: h5coro cat [-hv] [--data-cache=DIR[:SIZE]] FILE[::PATH] [PATH]",
                        "Prints the values of datasets, a line each, such as those of x.nc4.",
                        "  -d, --dataset=PATH[SLICE] A dataset or slices: /a/b[5,:,-10:], /a/b",
                        "      --long-long-long-name=VALUE",
                        " ".repeat(12) + "Ends in one of these, .h5, .nc or .nc4.",
                        "  ls      Lists what is in a group or in a folder that there is."));
    }

    @Test
    void aWordThatIsLongerThanALineStaysWhole() {
        assertEquals("Usage: h5coro x\nabcdefghijkl\nb\n", broken(8, "Usage: h5coro x", "abcdefghijkl b"));
    }

    @Test
    void whatIsNoHelpStaysAsItIs() {
        assertEquals("h5coro: Version 1, of today\n", broken(10, "h5coro: Version 1, of today"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "tree", "info", "find", "attrs", "head", "cat", "stat", "plan", "export", "plot"})
    void noHelpHasHalfAWord(String command) {
        String help = Run.of(command, "--help").out();
        List<String> words = Arrays.asList(help.split("\\s+"));
        assertTrue(words.contains("[--data-cache=DIR[:SIZE]]"), help);
        assertTrue(words.contains("--data-cache=DIR[:SIZE]"), help);
        assertTrue(words.contains(".nc4."), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    }

    /** Neither takes a path in a second argument. */
    @ParameterizedTest
    @ValueSource(strings = {"doctor", "diff"})
    void aCommandSaysOfFilesWhatItTakes(String command) {
        String help = Run.of(command, "--help").out();
        assertFalse(help.contains("two arguments") || help.contains("FILE PATH"), help);
        // doctor takes wildcards and no object, diff the other way round
        assertEquals(command.equals("doctor"), help.contains("A FILE with * ?"), help);
        assertEquals(command.equals("diff"), help.contains("FILE::PATH"), help);
    }
}
