// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prepares text of a server for a message: one short line without control characters. Pure. */
public final class ServerText {
    /** Enough to recognize a status line or a name in a certificate. */
    private static final int MAX_LETTERS = 160;

    /** Chains of causes are short; a cyclic one must not hold us. */
    private static final int MAX_CAUSES = 8;

    private ServerText() {}

    /**
     * Returns the text, shortened to 160 characters. Characters that are not printable are escaped as
     * <code>&#92;u001b</code>.
     */
    public static String shown(String text) {
        StringBuilder out = new StringBuilder();
        int letter;
        for (int i = 0; i < text.length(); i += Character.charCount(letter)) {
            if (out.length() >= MAX_LETTERS) {
                return out.append("...").toString();
            }
            letter = text.codePointAt(i);
            if (isPrintable(letter)) {
                out.appendCodePoint(letter);
            } else if (Character.isBmpCodePoint(letter)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", letter));
            } else {
                out.append(String.format(Locale.ROOT, "\\u{%x}", letter));
            }
        }
        return out.toString();
    }

    private static boolean isPrintable(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * Returns a client's exception in a form that can be kept as a cause. It is the exception itself when
     * {@link #shown} would change no message of its chain, otherwise one with the same stack and the shown message,
     * without further causes.
     */
    public static Throwable cause(Throwable thrown) {
        @Nullable Throwable at = thrown;
        for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
            String message = at.getMessage();
            if (message != null && !shown(message).equals(message)) {
                return copy(thrown);
            }
            at = at.getCause();
        }
        return at == null ? thrown : copy(thrown);
    }

    private static IOException copy(Throwable thrown) {
        IOException clean = new IOException(shown(thrown.toString()));
        clean.setStackTrace(thrown.getStackTrace());
        return clean;
    }
}
