// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/** Quotes text of a file in our messages: bounded length, control characters made visible. Pure. */
final class VisibleText {
    private VisibleText() {}

    /** Returns at most {@code most} characters of a text, followed by "…" when there are more. */
    static String of(String text, int most) {
        StringBuilder visible = new StringBuilder();
        int end = Math.min(text.length(), most);
        end -= end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                visible.append(String.format("\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.append(text.length() > most ? "…" : "").toString();
    }
}
