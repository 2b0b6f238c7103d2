// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.report.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command line without the options that all commands have, which say how output looks on a terminal and nothing else.
 *
 * @param words the rest: a command and its arguments
 * @param color when there are colours; empty where that was not said
 * @param pager whether long text may be shown by a pager
 * @param quiet whether no progress is shown
 */
record TypedLine(List<String> words, String color, boolean pager, boolean quiet) {
    static final String COLOR = "--color";
    static final String NO_PAGER = "--no-pager";
    static final String QUIET = "--quiet";

    /** What is said of each option: its name, what its value is called, and what it does. */
    static final Map<String, String> HELP = Map.of(
            COLOR, "auto, always or never; auto unless set: on a terminal, where NO_COLOR is not set.",
            NO_PAGER, "Long text goes to the terminal as it is; PAGER shows it otherwise, or less.",
            QUIET, "No progress on the terminal.");

    private static final List<String> WHEN = List.of("auto", "always", "never");

    /** Copies the words. */
    TypedLine {
        words = List.copyOf(words);
    }

    /**
     * Takes the options from wherever they stand before {@code --}.
     *
     * @throws UsageException when a value is none
     */
    static TypedLine of(String... args) {
        List<String> words = new ArrayList<>();
        String color = "";
        boolean pager = true;
        boolean quiet = false;
        boolean ended = false;
        for (int i = 0; i < args.length; i++) {
            String word = args[i];
            ended |= word.equals("--");
            if (ended) {
                words.add(word);
            } else if (word.equals(COLOR) || word.startsWith(COLOR + "=")) {
                boolean apart = word.equals(COLOR);
                color = color(apart ? i + 1 < args.length ? args[++i] : "" : word.substring(COLOR.length() + 1));
            } else if (word.equals(NO_PAGER)) {
                pager = false;
            } else if (word.equals(QUIET)) {
                quiet = true;
                if (!words.isEmpty() && words.get(0).equals("diff")) {
                    // There it also means that nothing is said of the differences.
                    words.add(word);
                }
            } else {
                words.add(word);
            }
        }
        return new TypedLine(words, color, pager, quiet);
    }

    private static String color(String value) {
        if (!WHEN.contains(value)) {
            throw new UsageException("option " + COLOR + " is auto, always or never");
        }
        return value;
    }
}
