// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import io.h5coro.storage.LocationText;

/** Keeps what a person typed out of messages where it may be a secret: addresses, and values of options. Pure. */
public final class ArgumentText {
    /** Shorter ones are found in other words by chance, and hold no secret. */
    private static final int SHORTEST = 4;

    private ArgumentText() {}

    /** A message about a command line, in which the arguments stand as they may be shown. */
    public static String hidden(String message, String... arguments) {
        String text = message;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            boolean option = argument.startsWith("-") && equals > 0;
            String shown = option ? argument.substring(0, equals) : LocationText.shown(argument);
            text = text.replace(argument, shown);
            if (option && argument.length() - equals > SHORTEST) {
                text = text.replace(argument.substring(equals + 1), "...");
            }
        }
        return text;
    }
}
