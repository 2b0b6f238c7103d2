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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The manual pages and the completion that the distribution holds say what {@code --help} says. After a change of it,
 * {@code -Dh5coro.manual.write=true} writes them.
 */
final class ManualTest {
    private static final Path FOLDER = Path.of("src/dist/share");
    private static final Path COMPLETION = FOLDER.resolve("bash-completion/completions/h5coro");

    private static final Path ZSH = FOLDER.resolve("zsh/site-functions/_h5coro");
    private static final Path FISH = FOLDER.resolve("fish/vendor_completions.d/h5coro.fish");

    /** Completes a line as bash does, and prints what it offers. */
    private static final String BASH = ". '" + COMPLETION + "'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
            + " _h5coro; echo \"${COMPREPLY[*]}\"";

    /** In place of what zsh's own completion has, and of the command. */
    private static final String ZSH_STUBS =
            "compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -r -- \"$@\" };"
                    + " compset() { }; _files() { print files }; asked() { print /g1/; print '/g 2' };"
                    + " H5CORO_CONFIG=CONFIG; ";

    @TempDir
    private Path folder;

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
        files.put(COMPLETION, Completion.bash(helps));
        files.put(ZSH, Completion.zsh(helps));
        files.put(FISH, Completion.fish(helps));
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
        "h5coro '', attrs cat config diff doctor dump export find head help info ls plan plot refs serve stat tree",
        "h5coro du, dump",
        "h5coro help st, stat",
        "h5coro ls --q, --quiet",
        "h5coro --v, --version",
        "h5coro st, stat",
        "h5coro ls --re, --recursive --region --requester-pays --retries",
        "h5coro dump --da, --data-cache --dataset --datatype",
        "h5coro ls some, ''"
    })
    void bashCompletes(String line, String expected) throws Exception {
        assertEquals(expected, said("bash", BASH.formatted(line)).strip());
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource({
        "h5coro du, attrs cat config diff doctor dump export find head help info ls plan plot serve stat tree",
        "h5coro tree -, --allow-changing",
        "h5coro ls http://host/a.h5 /g, /g1/ /g 2",
        "h5coro ls http://host/a.h5::/g, /g1/ /g 2",
        "h5coro ls al, al:"
    })
    void zshIsOfferedWhatFits(String line, String expected) throws Exception {
        String words = ZSH_STUBS.replace("CONFIG;", config() + ";") + "words=(" + line.replace("h5coro ", "asked ")
                + "); CURRENT=$#words; . '" + ZSH + "'";
        assertTrue(said("zsh", words).contains(expected), () -> line);
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource({
        "h5coro du, dump",
        "h5coro ls --re, --recursive --region --requester-pays --retries",
        "h5coro ls http://host/a.h5 /g, /g 2 /g1/",
        "h5coro ls al, al:"
    })
    void fishCompletes(String line, String expected) throws Exception {
        String script = "function h5coro; printf '/g1/\\n/g 2\\n'; end; set -gx H5CORO_CONFIG " + config()
                + "; source '" + FISH + "'; complete -C '" + line + "' | string split -f 1 \\t; true";
        assertEquals(
                expected,
                String.join(" ", said("fish", script).strip().split("\n")).replace("\\ ", " "));
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource({
        "h5coro ls http://host/a.h5 /g, /g1/ /g\\ 2",
        "h5coro ls http://host/a.h5::/g, /g1/ /g\\ 2",
        "h5coro ls al, al:",
        "h5coro ls /g, ''"
    })
    void bashAsksForPathsBehindAFileOnly(String line, String expected) throws Exception {
        String before = "asked() { printf '/g1/\\n/g 2\\n'; }; H5CORO_CONFIG=" + config() + "; COMP_LINE='" + line
                + "'; COMP_POINT=${#COMP_LINE}; ";
        String script = before + BASH.formatted(line).replace("_h5coro;", "_h5coro asked;");
        assertEquals(expected, said("bash", script).strip());
    }

    private String config() throws IOException {
        return Files.writeString(folder.resolve("config"), "# one\nal: = s3://bucket\n")
                .toString();
    }

    /** What a shell prints, where it is installed. */
    private static String said(String shell, String script) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Stream.of("/bin", "/usr/bin", "/usr/local/bin").anyMatch(in -> Files.isExecutable(Path.of(in, shell))),
                shell + " is not installed");
        Process process = new ProcessBuilder(shell, "-c", script)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
