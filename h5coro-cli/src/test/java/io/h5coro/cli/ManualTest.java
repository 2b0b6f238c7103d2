// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The manual pages and the completion that the distribution holds say what {@code --help} says. After a change of it,
 * {@code -Dh5coro.manual.write=true} writes them.
 */
final class ManualTest {
    private static final Path FOLDER = Path.of("src/dist/share");
    private static final Path COMPLETION = FOLDER.resolve("bash-completion/completions/h5coro");

    private static Map<String, HelpText> helps() {
        Map<String, HelpText> helps = new TreeMap<>();
        HelpText whole = HelpText.parse(Run.of("--help").out());
        helps.put("", whole);
        for (HelpText.Entry entry : whole.entries()) {
            if (!entry.term().startsWith("-")) {
                helps.put(
                        entry.term(),
                        HelpText.parse(Run.of(entry.term(), "--help").out()));
            }
        }
        return helps;
    }

    private static String page(String command) {
        return command.isEmpty() ? "h5coro" : "h5coro-" + command;
    }

    private static Map<Path, String> written() {
        Map<String, HelpText> helps = helps();
        Map<Path, String> files = new TreeMap<>();
        files.put(COMPLETION, Completion.of(helps));
        helps.forEach((command, help) -> {
            String also = helps.keySet().stream()
                    .filter(other -> !other.equals(command))
                    .map(other -> page(other) + "(1)")
                    .collect(Collectors.joining(", "));
            files.put(FOLDER.resolve("man/man1/" + page(command) + ".1"), ManualPage.of(page(command), help, also));
        });
        return files;
    }

    @Test
    void pagesAndCompletionSayWhatTheHelpSays() throws IOException {
        Map<Path, String> files = written();
        assertTrue(files.size() >= 7, files.keySet().toString());
        if (Boolean.getBoolean("h5coro.manual.write")) {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            assertTrue(Files.exists(file.getKey()), file.getKey() + ": -Dh5coro.manual.write=true writes it");
            assertEquals(file.getValue(), Files.readString(file.getKey()), "-Dh5coro.manual.write=true writes it");
        }
        try (Stream<Path> there = Files.walk(FOLDER)) {
            assertEquals(
                    files.keySet(),
                    new TreeSet<>(there.filter(Files::isRegularFile).toList()));
        }
    }

    @Test
    void everyOptionOfAHelpTextIsFound() {
        Map<String, HelpText> helps = helps();
        assertTrue(
                helps.keySet()
                        .containsAll(Set.of("", "ls", "attrs", "plan", "doctor", "dump", "tree", "diff", "export")),
                "" + helps.keySet());
        List<String> dump = helps.get("dump").options();
        assertTrue(
                dump.containsAll(List.of("-d", "--dataset", "-k", "--block", "--endpoint", "--path-style")), "" + dump);
        List<String> ls = helps.get("ls").options();
        assertTrue(ls.containsAll(List.of("-l", "--long", "--data-cache", "--user-agent")), "" + ls);
        assertEquals(List.of("--help", "--version", "-V", "-h"), helps.get("").options());
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource({
        "h5coro '', attrs cat diff doctor dump export find head info ls plan refs stat tree",
        "h5coro du, dump",
        "h5coro --v, --version",
        "h5coro st, stat",
        "h5coro ls --re, --recursive --region --requester-pays --retries",
        "h5coro dump --da, --data-cache --dataset --datatype",
        "h5coro ls some, ''"
    })
    void bashCompletes(String line, String expected) throws Exception {
        String script = ". '" + COMPLETION + "'; COMP_WORDS=(" + line
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _h5coro;" + " echo \"${COMPREPLY[*]}\"";
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), said);
        assertEquals(expected, said.strip());
    }
}
