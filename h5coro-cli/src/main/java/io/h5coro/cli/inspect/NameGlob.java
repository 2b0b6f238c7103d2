// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.report.UsageException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for names: {@code *} is any letters but a slash, {@code **} any letters, {@code ?} one letter,
 * {@code [abc]}, {@code [a-z]} and {@code [!a]} one of a set, {@code {a,b}} one of several; a backslash makes the next
 * letter itself. Immutable.
 *
 * @param pattern the same as a regular expression
 * @param wholePath whether it is compared with paths: it has a slash
 */
record NameGlob(Pattern pattern, boolean wholePath) {
    /** For the help. */
    static final String RULE = "* is any letters, ? one, [abc] one of these, {a,b} one of several; with a slash it is"
            + " compared with the whole path, where * ends at a slash and ** does not.";

    /**
     * Reads a pattern.
     *
     * @throws UsageException when it is none
     */
    static NameGlob parse(String text) {
        boolean wholePath = text.indexOf('/') >= 0;
        try {
            // A path is absolute.
            String glob = wholePath && !text.startsWith("/") && !text.startsWith("*") ? "/" + text : text;
            return new NameGlob(Pattern.compile(regex(glob), Pattern.DOTALL), wholePath);
        } catch (PatternSyntaxException e) {
            throw new UsageException("'" + text + "' is not a pattern: " + e.getDescription());
        }
    }

    private static String regex(String glob) {
        StringBuilder out = new StringBuilder();
        int choices = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '\\' && i + 1 < glob.length()) {
                out.append(Pattern.quote(glob.substring(i + 1, i + 2)));
                i++;
            } else if (c == '*') {
                boolean any = glob.startsWith("**", i);
                out.append(any ? ".*" : "[^/]*");
                i += any ? 1 : 0;
            } else if (c == '?') {
                out.append("[^/]");
            } else if (close > 0) {
                out.append(set(glob.substring(i + 1, close)));
                i = close;
            } else if (c == '{') {
                choices++;
                out.append("(?:");
            } else if (c == '}' && choices > 0) {
                choices--;
                out.append(')');
            } else {
                out.append(c == ',' && choices > 0 ? "|" : Pattern.quote(String.valueOf(c)));
            }
        }
        return out.toString();
    }

    private static String set(String letters) {
        boolean not = letters.startsWith("!") || letters.startsWith("^");
        String escaped = (not ? letters.substring(1) : letters).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
        return (not ? "[^" : "[") + escaped + "]";
    }

    /** Returns whether an absolute path is meant. */
    boolean matches(String path) {
        return pattern.matcher(wholePath ? path : path.substring(path.lastIndexOf('/') + 1))
                .matches();
    }

    /** Returns whether a text is meant, in which a slash is a letter like others. */
    boolean isLike(String text) {
        return pattern.matcher(text).matches();
    }
}
