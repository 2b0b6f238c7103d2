// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text in quotes, and single characters, as h5dump writes them in the C locale. */
final class Chars {
    /** What an unescaped line break is followed by. */
    private static final String CONTINUATION = "           ";

    private Chars() {}

    /** Element i in quotes; NULL for a string that was never written. */
    static void quoted(ByteText out, StringArray strings, int i, Style.Elements style) {
        if (strings.isNil(i)) {
            out.add("NULL");
            return;
        }
        byte[] bytes = strings.rawBytes(i);
        boolean untilNul = strings.type().variable() || strings.type().padding() == StringType.Padding.NULL_TERMINATED;
        int length = 0;
        while (length < bytes.length && (bytes[length] != 0 || !untilNul)) {
            length++;
        }
        out.add('"');
        if (style.letters()) {
            letters(out, Arrays.copyOf(bytes, length), style.escape());
        } else {
            for (int k = 0; k < length; k++) {
                one(out, bytes[k], style.escape());
            }
        }
        out.add('"');
    }

    /** Text with its letters: UTF-8, or ISO 8859-1 where it is none. What acts on a terminal is escaped. */
    private static void letters(ByteText out, byte[] bytes, boolean escape) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        text.codePoints().forEach(c -> {
            if (c < 0x80) {
                one(out, (byte) c, escape);
            } else {
                out.add(VisibleText.of(Character.toString(c)));
            }
        });
    }

    /** One byte as a character: what is not printable becomes octal, bytes from 0x80 with the sign bits of a C int. */
    static void one(ByteText out, byte b, boolean escape) {
        switch (b) {
            case '"' -> out.add(escape ? "\\\"" : "\"");
            case '\\' -> out.add(escape ? "\\\\" : "\\");
            case '\b' -> out.add(escape ? "\\b" : "\b");
            case '\f' -> out.add(escape ? "\\f" : "\f");
            case '\n' -> out.add(escape ? "\\n" : "\n" + CONTINUATION);
            case '\r' -> out.add(escape ? "\\r" : "\r" + CONTINUATION);
            case '\t' -> out.add(escape ? "\\t" : "\t");
            default -> {
                if (isPrintable(b)) {
                    out.add(b);
                } else {
                    octal(out, b);
                }
            }
        }
    }

    private static boolean isPrintable(int b) {
        return b >= ' ' && b < 127;
    }

    /** Adds a backslash and at least three octal digits; a negative number has the eleven of a C int. */
    private static void octal(ByteText out, int value) {
        String digits = Integer.toOctalString(value);
        out.add('\\').add("0".repeat(Math.max(3 - digits.length(), 0))).add(digits);
    }

    /**
     * The name of an enumeration's number with C's escape sequences.
     *
     * @param letters whether letters that are not ASCII are written as letters, not as their bytes
     */
    static void escapedName(ByteText out, String name, boolean letters) {
        name.codePoints().forEach(c -> {
            String letter = Character.toString(c);
            if (c < 0x80) {
                escaped(out, c);
            } else if (letters) {
                out.add(VisibleText.of(letter));
            } else {
                for (byte b : ByteText.bytes(letter)) {
                    octal(out, b & 255);
                }
            }
        });
    }

    /** Adds a character of ASCII with C's escape sequences: a question mark too, which could begin a trigraph. */
    private static void escaped(ByteText out, int c) {
        int sequence = "\u0007\b\f\n\r\t\u000b".indexOf(c);
        if ("'\"\\?".indexOf(c) >= 0) {
            out.add('\\').add(c);
        } else if (sequence >= 0) {
            out.add('\\').add("abfnrtv".charAt(sequence));
        } else if (isPrintable(c)) {
            out.add(c);
        } else {
            octal(out, c);
        }
    }
}
