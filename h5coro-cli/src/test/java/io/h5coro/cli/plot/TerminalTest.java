// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.plot.TextStyle.Palette;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    @Test
    void theEnvironmentSaysWhichColoursThereAre() {
        assertEquals(Palette.NONE, Terminal.palette(false, Map.of("COLORTERM", "truecolor")));
        assertEquals(Palette.FEW, Terminal.palette(true, Map.of("TERM", "xterm", "NO_COLOR", "")));
        assertEquals(Palette.ALL, Terminal.palette(true, Map.of("COLORTERM", "truecolor")));
        assertEquals(Palette.NONE, Terminal.palette(true, Map.of("COLORTERM", "truecolor", "NO_COLOR", "1")));
        assertEquals(Palette.NONE, Terminal.palette(true, Map.of("TERM", "dumb")));
    }

    @Test
    void theWidthIsThatOfColumnsOrEighty() {
        assertEquals(132, Terminal.columns("132"));
        assertEquals(80, Terminal.columns("0"));
        assertEquals(80, Terminal.columns("wide"));
        assertEquals(80, Terminal.columns(null));
    }
}
