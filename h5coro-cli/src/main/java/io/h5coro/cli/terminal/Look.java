// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import java.io.OutputStream;
import java.util.Map;

/**
 * How output for a person looks.
 *
 * @param colours whether there are any
 * @param columns width of the terminal; {@link #COLUMNS} where there is none
 * @param rows height of the terminal
 */
public record Look(boolean colours, int columns, int rows) {
    /** Of what goes elsewhere than to a terminal, and of a terminal whose size is not known. */
    public static final int COLUMNS = 80;

    private static final int ROWS = 24;
    private static final int MOST = 10_000;

    /** How output looks that goes to a file, a pipe or a test. */
    public static final Look PLAIN = new Look(false, COLUMNS, ROWS);

    /** Returns how a stream wants its text. */
    public static Look of(OutputStream out) {
        return out instanceof Screen screen ? screen.look() : PLAIN;
    }

    /**
     * Returns the look for a terminal, or for what is none.
     *
     * @param size rows, "x" and columns; anything else when they are not known
     */
    public static Look of(boolean terminal, boolean colours, String size, Map<String, String> environment) {
        if (!terminal) {
            return new Look(colours, COLUMNS, ROWS);
        }
        String[] both = (size + "x-x-").split("x", 3);
        int columns = number(environment.getOrDefault("COLUMNS", ""), number(both[1], COLUMNS));
        return new Look(colours, columns, number(both[0], ROWS));
    }

    /**
     * Returns whether there are colours. What was asked for goes before {@code NO_COLOR}, that before
     * {@code CLICOLOR_FORCE}, and that before whether there is a terminal that has them.
     *
     * @param asked "always", "never", or anything else for neither
     */
    public static boolean colours(String asked, boolean terminal, Map<String, String> environment) {
        if (asked.equals("always") || asked.equals("never")) {
            return asked.equals("always");
        }
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!forced.isEmpty() && !forced.equals("0")) {
            return true;
        }
        return terminal && !isDumb(environment);
    }

    /** Returns whether the variables that other programs look at say something of colours. */
    public static boolean isSaid(Map<String, String> environment) {
        return !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || !environment.getOrDefault("CLICOLOR_FORCE", "").isEmpty();
    }

    /** Returns whether a terminal has neither colours nor a way back to the start of its line. */
    public static boolean isDumb(Map<String, String> environment) {
        return environment.getOrDefault("TERM", "").equals("dumb");
    }

    private static int number(String text, int otherwise) {
        return text.matches("[1-9][0-9]{0,4}") ? Math.min(MOST, Integer.parseInt(text)) : otherwise;
    }
}
