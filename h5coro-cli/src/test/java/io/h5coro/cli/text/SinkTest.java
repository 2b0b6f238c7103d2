// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SinkTest {
    private static final String TTY = "h5coro.stdout.tty";

    @AfterEach
    void noTerminal() {
        System.clearProperty(TTY);
    }

    /** Takes nothing. */
    private static OutputStream closed(@Nullable String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    static Stream<Consumer<Sink>> writers() {
        String large = "x".repeat(1 << 17);
        return Stream.of(
                sink -> sink.write(large),
                sink -> sink.write(large.getBytes(StandardCharsets.US_ASCII), 0, large.length()),
                sink -> sink.write(new ByteText().add(large), 0, large.length()),
                sink -> {
                    sink.write("little");
                    sink.flush();
                },
                sink -> {
                    sink.write("little");
                    sink.close();
                });
    }

    @ParameterizedTest
    @MethodSource("writers")
    void saysThatItTakesNothingMore(Consumer<Sink> writer) {
        Sink sink = Sink.to(closed("No space left on device"));
        Sink.Closed problem = assertThrows(Sink.Closed.class, () -> writer.accept(sink));
        assertFalse(problem.isPipe());
        assertEquals("No space left on device", problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, true", "EPIPE, true", "The pipe is being closed, true", "No space left, false", ", true"})
    void tellsAReaderThatIsGoneFromAFullDisk(@Nullable String reason, boolean pipe) {
        Sink sink = Sink.to(closed(reason));
        sink.write("x");
        assertEquals(pipe, assertThrows(Sink.Closed.class, sink::flush).isPipe());
    }

    @Test
    void writesPartsOfBytes() {
        byte[] bytes = "abcdef".getBytes(StandardCharsets.US_ASCII);
        assertEquals("bc", Written.sink(sink -> sink.write(bytes, 1, 3)));
        assertEquals("ef", Written.sink(sink -> sink.write(new ByteText().add("abcdef"), 4, 6)));
        assertEquals("", Written.sink(sink -> sink.write(bytes, 2, 2)));
    }

    @Test
    void nowhereTakesEverything() {
        Sink sink = Sink.nowhere();
        sink.write("x".repeat(1 << 18));
        sink.flush();
        sink.close();
        assertFalse(sink.isOpen());
        assertTrue(Sink.to(new ByteArrayOutputStream()).isOpen());
    }

    @ParameterizedTest
    @CsvSource({"true, 'a\\x1b[0mb\n'", "false, 'a\u001b[0mb\n'"})
    void standardOutputShowsControlsOnATerminalOnly(String terminal, String expected) {
        System.setProperty(TTY, terminal);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = Sink.standard(out);
        sink.write("a\u001b[0mb\n");
        sink.flush();
        assertEquals(expected, out.toString(StandardCharsets.UTF_8));
        boolean isTerminal = Boolean.parseBoolean(terminal);
        assertEquals(isTerminal ? "a\\nb" : "a\nb", sink.oneLine("a\nb"));
    }

    @Test
    void whatIsForPeopleShowsControlsEverywhere() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = Sink.visible(out);
        sink.write("µ\u009b\t\n");
        sink.flush();
        assertEquals("µ\\x9b\t\n", out.toString(StandardCharsets.UTF_8));
    }
}
