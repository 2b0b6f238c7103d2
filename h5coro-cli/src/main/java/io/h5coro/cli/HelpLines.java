// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks the lines of picocli's help at blanks. picocli itself breaks them inside of words too, such as {@code .nc4}
 * behind the dot and {@code FILE[::PATH]} behind the colons. Pure.
 */
final class HelpLines {
    /** Columns for picocli, wider than any text of ours: it breaks nothing then. */
    static final int UNBROKEN = 10_000;

    private static final String USAGE = "Usage: ";

    /** What stands before the words that go on below one another: the name of a command, of an option, or blanks. */
    private static final Pattern BEFORE =
            Pattern.compile(USAGE + "[^\\[A-Z]*|(?: {10,}| {2}[a-z_0-9]+ {2,}| {2}.{25} )(?=\\S)");

    private HelpLines() {}

    /** Breaks a text; one that is no help stays as it is. */
    static String broken(String text, int columns) {
        if (!text.startsWith(USAGE)) {
            return text;
        }
        StringBuilder broken = new StringBuilder();
        text.lines().forEach(line -> add(broken, line, columns));
        return broken.toString();
    }

    private static void add(StringBuilder to, String line, int columns) {
        Matcher before = BEFORE.matcher(line);
        int indent = !before.lookingAt() ? 0 : line.startsWith(USAGE) ? before.end() : before.end() + 2;
        String rest = line;
        while (rest.length() > columns) {
            int blank = rest.lastIndexOf(' ', columns);
            int end = blank > indent ? blank : rest.indexOf(' ', Math.max(columns, indent + 1));
            if (end < 0) {
                break;
            }
            to.append(rest, 0, end).append(System.lineSeparator());
            rest = " ".repeat(indent) + rest.substring(end + 1);
        }
        to.append(rest).append(System.lineSeparator());
    }
}
