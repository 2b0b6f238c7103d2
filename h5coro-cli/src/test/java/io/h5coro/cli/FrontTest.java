// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is around a command: its terminal and its user's settings. */
final class FrontTest {
    private static final String FILE = CommandEdgesTest.resource("values/climate.h5");
    private static final Front.Terminals NONE = new Front.Terminals(false, false, false, "");
    private static final Front.Terminals BOTH = new Front.Terminals(true, true, false, "24x80");

    /** The options of caches, as the help of a command names them. */
    private static final String CACHES = "--index-cache";

    @TempDir
    private Path folder;

    private Run run(Front.Terminals terminals, Map<String, String> variables, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("H5CORO_CONFIG", folder.resolve("config").toString());
        int status = Front.run(words, environment, terminals, new Front.Streams(out, err));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsPipedIsTheCommandsOwnByteForByte() {
        Map<String, String> loud = Map.of("COLUMNS", "200", "PAGER", "false", "H5CORO_PAGER", "false");
        for (List<String> line : List.of(
                List.of("tree", FILE),
                List.of("info", FILE, "--json"),
                List.of("ls", "-r", FILE),
                List.of("cat", FILE, "/lat"),
                List.of("dump", FILE),
                List.of("ls", "--help"))) {
            String[] words = line.toArray(String[]::new);
            Run plain = Run.of(words);
            assertFalse(plain.out().isEmpty());
            assertEquals(plain, run(NONE, loud, words));
            assertEquals(plain, run(new Front.Terminals(false, true, true, "9x9"), loud, words), "errors on a terminal");
            String[] more = Arrays.copyOf(words, words.length + 3);
            more[words.length] = "--color=never";
            more[words.length + 1] = "--no-pager";
            more[words.length + 2] = "--quiet";
            assertEquals(plain, run(NONE, loud, more));
        }
    }

    @Test
    void jsonHasNoColoursEverAndATreeHasThemOnATerminal() {
        Run json = run(BOTH, Map.of("CLICOLOR_FORCE", "1", "PAGER", ""), "ls", "--json", "--color", "always", FILE);
        assertEquals(Run.of("ls", "--json", FILE), json);
        String blue = "\u001b[1;34m";
        Map<String, String> plain = Map.of("PAGER", "cat");
        assertTrue(run(BOTH, plain, "tree", FILE).out().startsWith(blue));
        assertTrue(run(NONE, plain, "tree", "--color=always", FILE).out().startsWith(blue));
        assertEquals(Run.of("tree", FILE), run(BOTH, plain, "tree", "--color=never", FILE));
        assertEquals(Run.of("tree", FILE), run(BOTH, Map.of("NO_COLOR", "1"), "--no-pager", "tree", FILE));
        Map<String, String> set = Map.of("H5CORO_COLOR", "always");
        assertTrue(run(NONE, set, "tree", FILE).out().startsWith(blue));
        assertEquals(Run.of("tree", FILE), run(NONE, set, "tree", "--color", "auto", FILE));
        assertEquals(
                new Run(ExitCode.USAGE, "", "h5coro: option --color is auto, always or never\n"),
                run(NONE, Map.of(), "tree", "--color", "red", FILE));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void longTextIsPagedOnATerminal() throws IOException {
        Path paged = folder.resolve("paged");
        Map<String, String> pager = Map.of("PAGER", "cat >'" + paged + "'", "NO_COLOR", "1");
        assertEquals(new Run(0, "", ""), run(BOTH, pager, "dump", FILE));
        assertEquals(Run.of("dump", FILE).out(), Files.readString(paged));
        assertEquals(Run.of("dump", FILE), run(BOTH, pager, "dump", "--no-pager", FILE));
        assertEquals(new Run(0, "", ""), run(BOTH, Map.of("PAGER", "exit 0;"), "cat", "--", FILE));
    }

    @Test
    void aMistakeInTheSettingsIsOneLineAndHelpWorksAllTheSame() throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "\nregoin = x\n");
        String message = "h5coro: " + file + ":2: unknown key 'regoin'; did you mean region?; an alias ends with a colon\n";
        assertEquals(new Run(ExitCode.USAGE, "", message), run(NONE, Map.of(), "ls", FILE));
        assertEquals(Run.of("--version"), run(NONE, Map.of(), "--version"));
        assertEquals(Run.of("ls", "--help"), run(NONE, Map.of(), "help", "ls"));
    }

    @Test
    void anAliasIsTakenWhereverAFileIs() throws IOException {
        Files.writeString(folder.resolve("config"), "mine: = " + Path.of(FILE).getParent() + "\n");
        assertEquals(Run.of("cat", FILE, "/lat"), run(NONE, Map.of(), "cat", "mine:climate.h5", "/lat"));
        assertEquals(Run.of("dump", "-d", "/lat", FILE), run(NONE, Map.of(), "dump", "-d", "/lat", "mine:climate.h5"));
        assertEquals(Run.of("ls", FILE), run(NONE, Map.of(), "ls", "mine:climate.h5::/"));
    }

    @Test
    void helpIsWhatTheOptionSays() {
        assertEquals(Run.of("--help"), Run.of("help"));
        assertEquals(Run.of("stat", "--help"), Run.of("help", "stat"));
        assertEquals(Run.of("dump", "--help"), Run.of("help", "dump"));
        assertEquals(ExitCode.USAGE, Run.of("help", "nothing").status());
    }

    /** A new command with caches belongs into the set of those that have them. */
    @Test
    void everyCommandThatHasCachesGetsThoseThatAreSet() {
        Set<String> commands = Cli.names();
        assertTrue(commands.size() > 12);
        for (String command : commands) {
            boolean has = Run.of("help", command).out().contains(CACHES);
            String[] wrong = {command, "--no-such-option"};
            Map<String, String> set = Map.of("H5CORO_INDEX_CACHE", folder.toString());
            assertEquals(Run.of(wrong), run(NONE, set, wrong));
            assertEquals(has, io.h5coro.cli.config.Settings.of(Map.of("H5CORO_INDEX_CACHE", "/x"))
                    .applied(List.of(command))
                    .contains(CACHES + "=/x"), command);
        }
    }
}
