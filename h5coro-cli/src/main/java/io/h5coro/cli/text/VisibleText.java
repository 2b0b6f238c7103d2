// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Text as a terminal may get it: letters of all languages as they are, and what acts on a terminal made visible. Names
 * in files and answers of servers come from others; an escape sequence in one could repaint the screen, a line break
 * fake a line, a bidirectional override swap letters.
 *
 * <p>Escaped are control characters (C0, DEL, C1), format characters (bidirectional overrides, zero-width characters),
 * line and paragraph separators, and surrogates without a partner: {@code \n}, {@code \t}, {@code \r}, else
 * <code>&#92;x1b</code>, <code>&#92;u202e</code> or <code>&#92;u{e0001}</code>. A backslash stays as it is. Pure.
 */
public final class VisibleText {
    private VisibleText() {}

    /** One line: line breaks are escaped too. */
    public static String of(String text) {
        return escaped(text, false);
    }

    /** Several lines: line breaks and tabulators stay. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean keepsLines) {
        int first = 0;
        while (first < text.length() && isPlain(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
        int c;
        for (int i = first; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (isVisible(c) || (keepsLines && (c == '\n' || c == '\t'))) {
                out.appendCodePoint(c);
            } else {
                out.append(escape(c));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\u{%x}";
                yield String.format(Locale.ROOT, form, c);
            }
        };
    }

    /**
     * A stream that makes what is written to it visible, and keeps line breaks and tabulators. The text is UTF-8; a
     * byte that is none is shown as <code>&#92;xHH</code>.
     */
    static OutputStream over(OutputStream terminal) {
        return new Filter(terminal);
    }

    /**
     * Whether a standard stream is a terminal, as the launcher found it; without it, as the JVM does.
     *
     * @param stream "stdout" or "stderr"
     */
    @SuppressWarnings("SystemConsoleNull") // null still says something up to JDK 21; later isTerminal() is asked
    public static boolean isTerminal(String stream) {
        String said = System.getProperty("h5coro." + stream + ".tty");
        if (said != null) {
            return Boolean.parseBoolean(said);
        }
        // Up to JDK 21 there is a console only when standard input and output are terminals; later it may stand for
        // none.
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Escapes byte by byte, holding back an unfinished character. */
    private static final class Filter extends FilterOutputStream {
        /**
         * The bytes so far of a character of several. Invariant: while {@link #length} is positive, it is less than
         * {@link #wanted} between two calls.
         */
        private final byte[] held = new byte[4];

        private int length;
        /** Bytes of the character under way, by its first byte. */
        private int wanted;

        Filter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            int octet = b & 0xff;
            if (length > 0 && (octet & 0xc0) == 0x80) {
                held[length++] = (byte) octet;
                if (length == wanted) {
                    character();
                }
                return;
            }
            giveUp();
            wanted = octet < 0x80 ? 1 : octet >= 0xc2 && octet < 0xe0 ? 2 : octet < 0xe0 ? 0 : octet < 0xf0 ? 3 : 4;
            if (wanted == 1) {
                out.write(
                        isPlain((char) octet) || octet == '\n'
                                ? new byte[] {(byte) octet}
                                : bytes(lines("" + (char) octet)));
            } else if (wanted == 0 || octet > 0xf4) {
                octet(octet);
            } else {
                held[length++] = (byte) octet;
            }
        }

        /** Writes runs of plain bytes at once: most output is ASCII, and one call for each byte would be slow. */
        @Override
        public void write(byte[] b, int from, int count) throws IOException {
            int plain = from;
            for (int i = from; i < from + count; i++) {
                if (length == 0 && (isPlain((char) (b[i] & 0xff)) || b[i] == '\n')) {
                    continue;
                }
                out.write(b, plain, i - plain);
                write(b[i]);
                plain = i + 1;
            }
            out.write(b, plain, from + count - plain);
        }

        /**
         * Writes the character that is complete, or its bytes escaped when they encode none: too long a form, a
         * surrogate, or a number past U+10FFFF. U+FFFD itself is one, though the decoder gives it for errors too.
         */
        private void character() throws IOException {
            String text = new String(held, 0, length, StandardCharsets.UTF_8);
            if (text.codePointCount(0, text.length()) == 1 && text.codePointAt(0) != 0xfffd) {
                length = 0;
                out.write(bytes(lines(text)));
            } else if (text.equals("\ufffd") && held[0] == (byte) 0xef && held[1] == (byte) 0xbf) {
                out.write(held, 0, length);
                length = 0;
            } else {
                giveUp();
            }
        }

        /** Writes the held bytes escaped: what follows does not belong to them. */
        private void giveUp() throws IOException {
            for (int i = 0; i < length; i++) {
                octet(held[i] & 0xff);
            }
            length = 0;
        }

        private void octet(int octet) throws IOException {
            out.write(bytes(String.format(Locale.ROOT, "\\x%02x", octet)));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            giveUp();
            super.close();
        }
    }
}
