// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LookTest {
    @ParameterizedTest
    @CsvSource({
        "'', true, '', '', xterm, true",
        "'', true, '', '', dumb, false",
        "'', false, '', '', xterm, false",
        "'', true, 1, '', xterm, false",
        "'', true, 1, 1, xterm, false",
        "'', false, '', 1, xterm, true",
        "'', false, '', 0, xterm, false",
        "always, false, 1, '', xterm, true",
        "never, true, '', 1, xterm, false",
        "auto, true, 1, '', xterm, false"
    })
    void coloursAreAskedForThenVariablesThenTheTerminal(
            String asked, boolean terminal, String no, String force, String term, boolean colours) {
        Map<String, String> environment = Map.of("NO_COLOR", no, "CLICOLOR_FORCE", force, "TERM", term);
        assertEquals(colours, Look.colours(asked, terminal, environment));
    }

    @Test
    void theSizeIsThatOfTheTerminalAndColumnsGoBeforeIt() {
        assertEquals(new Look(false, 132, 50), Look.of(true, false, "50x132", Map.of()));
        assertEquals(new Look(false, 70, 50), Look.of(true, false, "50x132", Map.of("COLUMNS", "70")));
        assertEquals(new Look(true, 80, 24), Look.of(true, true, "", Map.of("COLUMNS", "wide")));
        assertEquals(new Look(false, 80, 24), Look.of(true, false, "0x0", Map.of()));
        assertEquals(Look.PLAIN, Look.of(false, false, "50x132", Map.of("COLUMNS", "70")), "of no terminal");
    }
}
