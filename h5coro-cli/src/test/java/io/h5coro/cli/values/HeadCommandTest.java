// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code h5coro head}: the first rows as a table. The values are those that command_values.py writes. */
final class HeadCommandTest {
    private static final String NUMBERS = Expected.file("numbers.h5");
    private static final String CLIMATE = Expected.file("climate.h5");

    private static List<String> lines(String... words) {
        String[] line = new String[words.length + 1];
        line[0] = "head";
        System.arraycopy(words, 0, line, 1, words.length);
        Run run = Run.of(line);
        assertEquals(0, run.status(), run.err());
        return run.out().lines().toList();
    }

    @Test
    void theDatasetsOfAGroupStandSideBySide() {
        assertEquals(
                List.of(
                        "row  pressure  station",
                        "     uint16    string",
                        "  0  [0, 1]    north",
                        "  1  [2, 3]    a \"b\"",
                        "  2  [4, 5]    café",
                        "  3  [6, 7]    tab\\there"),
                lines("-n", "4", CLIMATE, "/forecast"));
    }

    @Test
    void aRowOfManyValuesShowsItsFirstOnesAndShorterDatasetsEnd() {
        assertEquals(
                List.of(
                        "row  /wide[:, 1:]            /i1              /u64[3:]",
                        "     int32                  int8                uint64",
                        "  0  [1, 2, 3, 4, ...]      -128  18446744073709551615",
                        "  1  [7, 8, 9, 10, ...]      127  18446744073709551614",
                        "  2  [13, 14, 15, 16, ...]     0"),
                lines(NUMBERS, "-d", "/wide[:, 1:]", "-d", "/i1", "-d", "/u64[3:]"));
    }

    @Test
    void rowsOfAListAreInItsOrder() {
        assertEquals(
                List.of(
                        "row  /wide[[2, 0, 1], 1:]",
                        "     int32",
                        "  0  [13, 14, 15, 16, ...]",
                        "  1  [1, 2, 3, 4, ...]"),
                lines("-n", "2", NUMBERS, "-d", "/wide[[2, 0, 1], 1:]"));
    }

    @Test
    void membersOfCompoundsAreColumns() {
        assertEquals(
                List.of(
                        "row              table.id  table.energy  table.name  table.point",
                        "                   uint64       float32  string      float64[2]",
                        "  0  18446744073709551615           0.1  first       [1.0, 2.5]",
                        "  1                     7           NaN  second      [3.0, 4.0]"),
                lines(NUMBERS, "/table"));
    }

    @Test
    void scalarsAndEmptyDatasetsHaveARowOrNone() {
        assertEquals(3, lines(NUMBERS, "/scalar").size());
        assertEquals(2, lines(NUMBERS, "/empty").size());
        assertEquals(0, lines(NUMBERS, "/none").size());
        assertEquals(2, lines(NUMBERS, "-n", "0", "/i1").size());
    }

    @Test
    void saysWhatIsWrong() {
        assertEquals(ExitCode.USAGE, Run.of("head", NUMBERS, "-n", "-1").status());
        assertEquals(ExitCode.USAGE, Run.of("head", NUMBERS, "-d", "/i1[7:9]").status());
        Run run = Run.of("head", NUMBERS, "-d", "/no_such", "-d", "/i1");
        assertEquals(ExitCode.NOT_FOUND, run.status());
        assertTrue(run.out().contains("-128"), run.out());
        assertEquals(1, run.errorLines(), run.err());
    }
}
