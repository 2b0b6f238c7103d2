// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.h5coro.cli.text.VisibleText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes in strings of JSON what {@link VisibleText} escapes, so that a document can be shown on a terminal. Halves of
 * surrogate pairs are escaped too: one without its partner, as in a name that is not UTF-8, has no UTF-8. Immutable.
 */
final class VisibleEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
        codes[DELETE] = CharacterEscapes.ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        String text = Character.toString((char) c);
        return c < 0x80 || VisibleText.of(text).equals(text)
                ? null
                : new SerializedString(String.format(Locale.ROOT, "\\u%04x", c));
    }
}
