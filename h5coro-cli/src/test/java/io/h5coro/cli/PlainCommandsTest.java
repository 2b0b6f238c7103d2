// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that run without picocli do what they do with it. */
final class PlainCommandsTest {
    private static final Map<String, String> NAMES = Map.of(
            "FILE", "../testdata/src/main/resources/fixtures/attributes_earliest.h5",
            "FOLDER", "../testdata/src/main/resources/fixtures/",
            "GLOB", "../testdata/src/main/resources/fixtures/numbers_*.h5");

    @TempDir
    private Path temporary;

    private static Run run(BiFunction<ByteArrayOutputStream, PrintStream, OptionalInt> command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OptionalInt status = command.apply(out, new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(status.orElse(-1), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Run plain(String... line) {
        return run((out, err) -> PlainCommands.run(line, out, err));
    }

    private static Run withPicocli(String... line) {
        return run((out, err) -> OptionalInt.of(Cli.run(line, out, err)));
    }

    private String[] words(String line) {
        String text = line.replace("CACHE", temporary.toString());
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text.split(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "-V",
                "ls FILE",
                "ls -l -r FILE",
                "ls --recursive FILE --long FILE::/",
                "ls FOLDER",
                "ls GLOB /chunked",
                "ls FILE /no/such",
                "ls no-such.h5",
                "ls --debug no-such.h5",
                "ls --allow-truncated --allow-unclosed --allow-changing FILE",
                "ls --index-cache CACHE/a FILE",
                "ls --data-cache=CACHE/b:1G FILE",
                "ls --data-cache CACHE/b:1X FILE",
                "ls --timeout 2s --retries=0 --header A=B --user-agent me FILE",
                "ls --timeout 2 --timeout soon http://127.0.0.1:1/a.h5",
                "ls --header none FILE",
                "ls --bearer-token-env H5CORO_NO_SUCH_VARIABLE http://127.0.0.1:1/a.h5",
                "ls --retries 0 http://127.0.0.1:1/a.h5?token=secret",
                "attrs FILE",
                "attrs FILE /",
                "attrs GLOB",
                "attrs FILE /no/such",
                "attrs --allow-truncated FILE::/",
            })
    void doTheSameAsWithPicocli(String line) {
        Run plain = plain(words(line));
        Run other = withPicocli(words(line));
        assertTrue(plain.status() >= 0, "left to picocli");
        assertEquals(other.status(), plain.status());
        assertEquals(other.out(), plain.out());
        if (!line.contains("--debug")) { // stack traces differ
            assertEquals(other.err(), plain.err());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "ls",
                "ls -lr FILE",
                "ls --help",
                "ls -- FILE",
                "ls - FILE",
                "ls --recursive=true FILE",
                "ls --longer FILE",
                "ls FILE --timeout",
                "ls --timeout -r FILE",
                "ls --storage connections=2 FILE",
                "ls --allow-truncated=false FILE",
                "attrs",
                "attrs FILE / more",
                "attrs -r FILE",
                "plan FILE",
                "unknown"
            })
    void whatIsNotPlainIsLeftToPicocliWithNothingDone(String line) {
        assertEquals(new Run(-1, "", ""), plain(words(line)));
    }

    @Test
    void nothingIsLeftToPicocli() {
        assertEquals(new Run(-1, "", ""), plain());
    }
}
