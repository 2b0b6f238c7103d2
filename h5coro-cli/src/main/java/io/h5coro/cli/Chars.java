// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;

/** Text in quotes, and single characters, as h5dump writes them in the C locale. */
final class Chars {
    /** What an unescaped line break is followed by. */
    private static final String CONTINUATION = "           ";

    private Chars() {}

    /** Element i in quotes; NULL for a string that was never written. */
    static void quoted(ByteText out, StringArray strings, int i, boolean escape) {
        if (strings.isNil(i)) {
            out.add("NULL");
            return;
        }
        byte[] bytes = strings.rawBytes(i);
        boolean untilNul = strings.type().variable() || strings.type().padding() == StringType.Padding.NULL_TERMINATED;
        out.add('"');
        for (byte b : bytes) {
            if (b == 0 && untilNul) {
                break;
            }
            one(out, b, escape);
        }
        out.add('"');
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

    private static void octal(ByteText out, int value) {
        String digits = Integer.toOctalString(value);
        out.add('\\').add("0".repeat(Math.max(3 - digits.length(), 0))).add(digits);
    }

    /** The name of an enumeration's number with C's escape sequences. */
    static void escapedName(ByteText out, String name) {
        ByteText bytes = new ByteText().add(name);
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i);
            int sequence = "'\"\\?".indexOf(b) >= 0 ? b : "\u0007\b\f\n\r\t\u000b".indexOf(b);
            if ("'\"\\?".indexOf(b) >= 0) {
                out.add('\\').add(b);
            } else if (sequence >= 0) {
                out.add('\\').add("abfnrtv".charAt(sequence));
            } else if (isPrintable(b)) {
                out.add(b);
            } else {
                octal(out, b & 255);
            }
        }
    }
}
