// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text as h5dump writes it: h5tools_str_sprint and its octal numbers of a C int. */
final class CharsTest {
    private static final Style.Elements PLAIN = Written.elements(false, false, false);
    private static final Style.Elements ESCAPED = Written.elements(true, false, false);
    private static final Style.Elements LETTERS = Written.elements(true, true, false);

    /** One string of a type, of these characters as bytes. */
    private static StringArray string(StringType.Padding padding, boolean variable, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        StringType type = new StringType(
                variable ? 16 : Math.max(1, bytes.length), variable, padding, StringType.CharacterSet.ASCII);
        return new StringArray(type, Shape.of(1), bytes, new int[] {0, bytes.length}, new BitSet());
    }

    private static String quoted(StringArray array, Style.Elements style) {
        return Written.utf8(text -> Chars.quoted(text, array, 0, style));
    }

    private static String padded(String text, Style.Elements style) {
        return quoted(string(StringType.Padding.NULL_PADDED, false, text), style);
    }

    @ParameterizedTest
    @CsvSource({
        "NULL_TERMINATED, false, ab",
        "NULL_PADDED, false, ab\\000cd\\000",
        "SPACE_PADDED, false, ab\\000cd\\000",
        "NULL_TERMINATED, true, ab",
        "NULL_PADDED, true, ab",
        "SPACE_PADDED, true, ab"
    })
    void endsAtANulWhereTheTypeSaysSo(StringType.Padding padding, boolean variable, String expected) {
        assertEquals("\"" + expected + "\"", quoted(string(padding, variable, "ab\0cd\0"), PLAIN));
    }

    @Test
    void blanksOfPaddingStay() {
        assertEquals("\"ab  \"", quoted(string(StringType.Padding.SPACE_PADDED, false, "ab  "), PLAIN));
        assertEquals("\"\"", quoted(string(StringType.Padding.NULL_TERMINATED, true, ""), PLAIN));
        assertEquals("\"\"", quoted(string(StringType.Padding.NULL_TERMINATED, false, "\0\0"), PLAIN));
    }

    @Test
    void aStringThatWasNeverWrittenIsNull() {
        BitSet nil = new BitSet();
        nil.set(0);
        StringType type = new StringType(16, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);
        StringArray array = new StringArray(type, Shape.of(1), new byte[0], new int[] {0, 0}, nil);
        assertEquals("NULL", quoted(array, PLAIN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "34;\";\\\"",
                "92;\\;\\\\",
                "8;'\b';\\b",
                "12;'\f';\\f",
                "9;'\t';\\t",
                "1;\\001;\\001",
                "27;\\033;\\033",
                "127;\\177;\\177",
                "128;\\37777777600;\\37777777600",
                "255;\\37777777777;\\37777777777",
                "126;~;~",
                "32;' ';' '"
            })
    void eachByteIsItselfOrAnEscape(int octet, String plain, String escaped) {
        assertEquals("\"" + plain + "\"", padded("" + (char) octet, PLAIN));
        assertEquals("\"" + escaped + "\"", padded("" + (char) octet, ESCAPED));
    }

    /** h5dump indents what follows a line break, so that it stands below its element. */
    @Test
    void lineBreaksAreFollowedByAnIndentUnlessEscaped() {
        assertEquals("\"a\n           b\r           c\"", padded("a\nb\rc", PLAIN));
        assertEquals("\"a\\nb\\rc\"", padded("a\nb\rc", ESCAPED));
    }

    @Test
    void lettersAreUtf8OrLatin1() {
        assertEquals("\"µV\"", padded("\u00c2\u00b5V", LETTERS));
        assertEquals("\"µV\"", padded("\u00b5V", LETTERS));
        assertEquals("\"Ã(\"", padded("\u00c3(", LETTERS));
        assertEquals("\"\\u202ex\"", padded("\u00e2\u0080\u00aex", LETTERS));
        assertEquals("\"\\x85\"", padded("\u0085", LETTERS));
        assertEquals("\"\\001\\\"\"", padded("\u0001\"", LETTERS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "plain_1;plain_1",
                "a b;a b",
                "what?;what\\?",
                "'\u0007\b\f\u000b';\\a\\b\\f\\v",
                "a\"\\b;a\\\"\\\\b",
                "'\u0001\u007f';\\001\\177",
                "µ;\\302\\265",
                "\ud83c\udf0d;\\360\\237\\214\\215"
            })
    void namesOfEnumerationsAreEscapedAsC(String name, String expected) {
        assertEquals(expected, Written.utf8(text -> Chars.escapedName(text, name, false)));
    }

    @Test
    void namesOfEnumerationsKeepTheirLettersWhenAsked() {
        assertEquals("µ\\?\ud83c\udf0d", Written.utf8(text -> Chars.escapedName(text, "µ?\ud83c\udf0d", true)));
        assertEquals("\\u202e", Written.utf8(text -> Chars.escapedName(text, "\u202e", true)));
    }
}
