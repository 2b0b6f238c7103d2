// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.UsageException;
import io.h5coro.storage.StorageException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class UrlCommandTest {
    private static List<String> words(String text) {
        return UrlCommand.parse(text).words();
    }

    @Test
    void aCommandIsSplitAtBlanksAndQuotedAsInAShell() {
        assertEquals(List.of("aws", "s3", "presign"), words("  aws s3\tpresign "));
        assertEquals(List.of("a", "b c", "d e", "f g"), words("a 'b c' \"d e\" f\\ g"));
        assertEquals(List.of("sh", "-c", "x \"$1\"", "sh"), words("sh -c 'x \"$1\"' sh"));
        assertEquals(List.of("a", "", "b\"c\\d", "\\n", "e'f"), words("a '' \"b\\\"c\\\\d\" '\\n' \"e'f\""));
        assertEquals(List.of("a", "$HOME", "*", "|", ";", "`b`", "\\x"), words("a $HOME * | ; `b` \"\\x\""));
        assertEquals(List.of("ab'c"), words("a\"b\"\\'c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "''", "a 'SECRET", "a \"SECRET\\\"", "'SECRET"})
    void whatIsNoCommandIsAUsageErrorThatRepeatsNothing(String text) {
        UsageException failure = assertThrows(UsageException.class, () -> UrlCommand.parse(text));
        assertFalse(String.valueOf(failure.getMessage()).contains("SECRET"), failure::getMessage);
    }

    @Test
    void theLocationIsTheLastArgumentAndAVariableAndNothingOfItIsExpanded() throws Exception {
        String location = "s3://b/a b$HOME;'*`id`.h5";
        for (String printed : List.of("\"$1\"", "\"$H5CORO_LOCATION\"")) {
            UrlCommand command = UrlCommand.parse("sh -c 'test " + printed + " = \"$0$1\" -o " + printed
                    + " = \"$1\" && echo http://host/x?is=it' sh");
            assertEquals(URI.create("http://host/x?is=it"), command.sign(location));
        }
    }

    private static StorageException failure(String script, Duration patience) {
        UrlCommand command = new UrlCommand(List.of("sh", "-c", script, "SECRET"), patience);
        StorageException failure =
                assertThrows(StorageException.class, () -> command.sign("https://u:SECRET@host/x?SECRET"));
        assertEquals(StorageException.Kind.ACCESS_DENIED, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("SECRET"), failure::getMessage);
        assertEquals(null, failure.getCause());
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "echo http://SECRET; exit 3, ended with status 3",
        "exit 0, prints nothing",
        "echo, prints nothing",
        "echo SECRET, prints no URL",
        "echo http:SECRET, prints no URL",
        "printf 'http://SECRET/x\\nhttp://SECRET/y', prints no URL",
        "printf 'http://SECRET/a b', prints no URL",
        "yes http://SECRET, prints more than 64 KiB",
    })
    void whatGoesWrongIsSaidWithoutWhatWasPrinted(String script, String expected) {
        StorageException failure = failure(script, Duration.ofMinutes(1));
        assertEquals("https://host/x: the command of --url-command " + expected, failure.getMessage());
    }

    /** The program has a child, which has its output too; both are ended. */
    @Test
    void aProgramThatTakesTooLongIsEnded(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        StorageException failure = failure("sleep 1000 & echo $! > '" + pid + "'; wait", Duration.ofSeconds(5));
        assertEquals("https://host/x: the command of --url-command took longer than 5 s", failure.getMessage());
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(child -> child.onExit().join());
    }

    @Test
    void aProgramThatIsNotThereIsSaidWithoutItsName() {
        UrlCommand command = UrlCommand.parse("TOKEN=SECRET curl");
        StorageException failure = assertThrows(StorageException.class, () -> command.sign("s3://b/x"));
        assertEquals(
                "s3://b/x: the command of --url-command does not start: its first word is no program",
                failure.getMessage());
        assertEquals(null, failure.getCause());
    }

    @Test
    void aProgramReadsNothingOfTheCommandsInput() throws Exception {
        UrlCommand command = UrlCommand.parse("sh -c 'cat; echo https://host/x'");
        assertTrue(command.sign("s3://b/x").toString().endsWith("/x"));
    }
}
