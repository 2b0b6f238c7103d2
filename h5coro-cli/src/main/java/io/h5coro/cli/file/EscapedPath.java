// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Coro;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.NotFoundException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path as the commands list it: what {@link VisibleText} has escaped can be typed so. */
public final class EscapedPath {
    /** For the help. */
    public static final String RULE =
            "Names are printed with their letters, and with control characters as \\n, \\x1b or \\u202e; such a"
                    + " name can be typed as it is printed.";

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:([nrt])|x([0-9a-f]{2})|u([0-9a-f]{4})|u\\{([0-9a-f]{5,6})\\})");

    private EscapedPath() {}

    /** The path of the object that is meant: that of this very name where there is one. */
    public static String in(H5Coro file, String path) {
        if (!ESCAPE.matcher(path).find()) {
            return path;
        }
        try {
            file.object(path);
            return path;
        } catch (NotFoundException e) {
            return unescaped(path);
        }
    }

    static String unescaped(String path) {
        return ESCAPE.matcher(path).replaceAll(found -> Matcher.quoteReplacement(letter(found)));
    }

    private static String letter(java.util.regex.MatchResult found) {
        if (found.group(1) != null) {
            return found.group(1).equals("n") ? "\n" : found.group(1).equals("r") ? "\r" : "\t";
        }
        for (int group = 2; group <= 4; group++) {
            if (found.group(group) != null) {
                int c = Integer.parseInt(found.group(group), 16);
                return Character.isValidCodePoint(c) ? Character.toString(c) : found.group();
            }
        }
        return found.group();
    }
}
