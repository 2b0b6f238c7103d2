// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.plot.TextStyle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the terminal shows, by the environment. */
final class Terminal {
    private static final int COLUMNS = 80;

    private Terminal() {}

    /** Returns the width of a line: COLUMNS, or 80. */
    static int columns() {
        return columns(System.getenv("COLUMNS"));
    }

    static int columns(@Nullable String said) {
        return said != null && said.matches("[1-9]\\d{0,3}") ? Integer.parseInt(said) : COLUMNS;
    }

    static TextStyle.Palette palette(boolean terminal) {
        return palette(terminal, System.getenv());
    }

    /** Returns the colours: none into a pipe, where NO_COLOR is set, and on a dumb terminal. */
    static TextStyle.Palette palette(boolean terminal, Map<String, String> environment) {
        if (!terminal
                || !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb")) {
            return TextStyle.Palette.NONE;
        }
        String colours = environment.getOrDefault("COLORTERM", "");
        return colours.equals("truecolor") || colours.equals("24bit") ? TextStyle.Palette.ALL : TextStyle.Palette.FEW;
    }
}
