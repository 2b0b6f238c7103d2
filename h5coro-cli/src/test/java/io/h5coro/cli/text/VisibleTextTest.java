// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VisibleTextTest {
    @Test
    void lettersOfAllLanguagesStay() {
        String letters = "plain °µ Größe 温度 \ud83c\udf0d e\u0301 C:\\x";
        assertEquals(letters, VisibleText.of(letters));
    }

    @Test
    void whatActsOnATerminalIsSeen() {
        assertEquals("\\x1b[31m\\x07", VisibleText.of("\u001b[31m\u0007"));
        assertEquals("a\\nb\\r\\t\\x7f\\x00", VisibleText.of("a\nb\r\t\u007f\0"));
        assertEquals("\\x9b2J\\x85", VisibleText.of("\u009b2J\u0085"));
        assertEquals(
                "\\u202egnp.exe \\u2066 \\u200b\\u2028\\u2029",
                VisibleText.of("\u202egnp.exe \u2066 \u200b\u2028\u2029"));
        assertEquals("\\ud83c x \\u{e0001}", VisibleText.of("\ud83c x \udb40\udc01"));
        assertEquals("a\n\tb\\x1b", VisibleText.lines("a\n\tb\u001b"));
    }

    @Test
    void aStreamShowsControlsAndBytesThatAreNoText() throws IOException {
        byte[] bytes = "a\u001b[0m\n\u009bGröße\u202e".getBytes(StandardCharsets.UTF_8);
        assertEquals("a\\x1b[0m\n\\x9bGröße\\u202e", through(bytes, bytes.length));
        assertEquals("a\\x1b[0m\n\\x9bGröße\\u202e", through(bytes, 1));
        assertEquals("a\\xb0\\xc3x\\xff", through(new byte[] {'a', (byte) 0xb0, (byte) 0xc3, 'x', (byte) 0xff}, 5));
        assertEquals("\\xed\\xa0\\x80", through(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 2));
        assertEquals("\ufffd", through("\ufffd".getBytes(StandardCharsets.UTF_8), 3));
    }

    private static String through(byte[] bytes, int step) throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        try (OutputStream out = VisibleText.over(terminal)) {
            for (int i = 0; i < bytes.length; i += step) {
                out.write(bytes, i, Math.min(step, bytes.length - i));
            }
        }
        return terminal.toString(StandardCharsets.UTF_8);
    }

    /** Whatever the bytes and wherever they are cut: text is shown as by lines(), and no control gets through. */
    @Test
    void aStreamShowsAnyBytesTheSameHoweverTheyAreCut() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        int[] points = {
            'a', '\n', '\t', 0x1b, 0x7f, 0x85, 0xe9, 0x2028, 0x202e, 0x6e29, 0xfffd, 0x1f30d, 0xe0001, 0x10ffff
        };
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(12); k >= 0; k--) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            String shown = through(bytes, bytes.length);
            assertEquals(VisibleText.lines(text.toString()), shown);
            assertEquals(shown, through(bytes, 1 + random.nextInt(4)));
            byte[] noise = new byte[random.nextInt(1, 20)];
            random.nextBytes(noise);
            String garbled = through(noise, noise.length);
            assertEquals(garbled, through(noise, 1 + random.nextInt(4)));
            assertTrue(
                    garbled.codePoints().allMatch(c -> c == '\n' || c == '\t' || c >= ' ' && (c < 0x7f || c > 0x9f)),
                    garbled);
        }
    }
}
