// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.file.StorageArguments;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line may say: options, their values, their repetition, and what is said of a mistake. */
final class CommandLinesTest {
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");
    private static final String LINKS = CommandEdgesTest.resource("options/links.h5");
    private static final String STORED = CommandEdgesTest.resource("options/stored.h5");

    /** Command lines that work and to which options are added. */
    static Stream<String> commands() {
        return Stream.of(
                "ls " + LINKS,
                "attrs " + KINDS + " /attr",
                "stat " + KINDS + " -d /int/i1",
                "plan " + KINDS + " -d /int/i1",
                "doctor " + STORED,
                "dump -d /int/i1 " + KINDS);
    }

    private static Run run(String line, String... more) {
        return Run.of(Stream.concat(Stream.of(line.split(" ")), Stream.of(more)).toArray(String[]::new));
    }

    private static Run well(String line, String... more) {
        Run run = run(line, more);
        assertAll(line, () -> assertEquals("", run.err()), () -> assertEquals(0, run.status()));
        return run;
    }

    private static void wrong(String message, String line, String... more) {
        Run run = run(line, more);
        assertAll(
                () -> assertTrue(run.err().contains(message), run.err()),
                () -> assertEquals(ExitCode.USAGE, run.status(), run.err()),
                () -> assertEquals(1, run.errorLines(), run.err()),
                () -> assertEquals("", run.out()));
    }

    @Test
    void withoutACommandSaysWhichThereAre() {
        Run run = Run.of();
        assertEquals(ExitCode.USAGE, run.status());
        assertEquals(
                "h5coro: which command: ls, tree, info, find, attrs, head, cat, stat, diff, plan, doctor, export, refs,"
                        + " plot, serve, dump, config, help? See h5coro --help\n",
                run.err());
    }

    /** A local file needs no server, and what is said of servers has to be right all the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--timeout=5parsec|option --timeout must be a time such as",
                "--timeout=0|option --timeout must be a time of at least 1 ms",
                "--retries=-1|option --retries must be a whole number",
                "--storage=connections=0|not a positive number",
                "--storage=cookies=maybe|cookies must be true or false",
                "--header=range=1|the header range cannot be set",
            })
    void aValueThatIsNoneIsRefusedWhereverTheFileIs(String option, String said) {
        commands().forEach(line -> wrong(said, line, option));
        wrong(said, "diff " + STORED + " " + STORED, option);
        wrong(said, "refs " + STORED, option);
        wrong(said, "export -f csv -d /int/i1 " + KINDS, option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"head -n -1 ", "tree -L -1 ", "cat -d [0 ", "ls --storage=connections=0 ", "dump --start=0 "})
    void debugShowsWhereALineWasRefused(String line) {
        assertEquals(1, run(line + KINDS).errorLines());
        Run traced = run(line + KINDS, "--debug");
        assertEquals(ExitCode.USAGE, traced.status(), traced.err());
        assertTrue(
                traced.err().contains("UsageException") && traced.err().contains("\tat io.h5coro.cli."), traced.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void namesAnUnknownOptionWithoutItsValue(String line) {
        wrong("unknown option --no-such", line, "--no-such=SECRET");
        assertFalse(run(line, "--no-such=SECRET").err().contains("SECRET"));
        wrong("did you mean --anonymous?", line, "--anonymus");
        wrong("did you mean --bearer-token-env?", line, "--bearer-token-en=SECRET");
        wrong("unknown option -", line, "-Q");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOptionWithoutItsValueIsNamed(String line) {
        for (String option :
                List.of("endpoint", "profile", "timeout", "retries", "user-agent", "storage", "bearer-token-env")) {
            wrong("--" + option, line, "--" + option);
        }
        wrong("--index-cache", line.startsWith("doctor") ? "attrs " + KINDS : line, "--index-cache");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anEmptyValueIsNoValue(String line) {
        for (String option : List.of("endpoint", "region", "profile", "timeout", "retries", "user-agent", "storage")) {
            wrong("option --" + option + " needs an argument", line, "--" + option + "=");
        }
        wrong("option --header needs an argument", line, "--header=");
    }

    /** An alias of a shell may say it already. */
    @ParameterizedTest
    @MethodSource("commands")
    void theLastOfARepeatedOptionCounts(String line) {
        String once = well(line).out();
        assertEquals(
                once,
                well(line, "--anonymous", "--anonymous", "--retries=3", "--retries=5")
                        .out());
        assertEquals(
                once,
                well(line, "--debug", "--debug", "--allow-unclosed", "--allow-unclosed")
                        .out());
        String remote = line.replaceAll("/\\S*\\.h5", "http://127.0.0.1:1/x.h5");
        wrong("option --retries must be a whole number", remote, "--retries=1", "--retries=two");
        Run run = run(remote, "--retries=two", "--retries=0");
        assertEquals(ExitCode.STORAGE, run.status(), run.err());
        assertFalse(run.err().contains("WARN"), run.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aValueOfTheStorageThatIsNoneIsWrongUsageOfTheOptionThatWasTyped(String line) {
        String remote = line.replaceAll("/\\S*\\.h5", "http://127.0.0.1:1/x.h5");
        wrong("option --retries must be a whole number", remote, "--retries=x");
        wrong("option --timeout must be a time such as 30, 30s, 500ms or 2m", remote, "--timeout=soon");
        wrong("option --storage is KEY=VALUE; a '=' is missing", line, "--storage", "anon");
        wrong("option --storage is KEY=VALUE; a '=' is missing", line, "--storage", "=x");
        wrong("option --header is NAME=VALUE; a '=' is missing", line, "--header=Accept");
        wrong("did you mean 'region'?", line, "--storage", "regoin=SECRET");
        assertFalse(run(line, "--storage", "regoin=SECRET").err().contains("SECRET"));
        wrong(
                "the environment variable that --bearer-token-env names is not set",
                line,
                "--bearer-token-env=NO_VARIABLE_HAS_THIS_NAME");
        assertFalse(run(line, "--bearer-token-env=eyJhbGciOi").err().contains("eyJhbGciOi"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void optionsOfTheStorageAreTakenByAll(String line) {
        String plain = well(line).out();
        for (String option : List.of(
                "--endpoint=http://localhost:1",
                "--region=eu-west-1",
                "--profile=none",
                "--anonymous",
                "--path-style",
                "--requester-pays",
                "--timeout=2m",
                "--retries=0",
                "--header=Accept=*/*",
                "--user-agent=test/1",
                "--storage=connections=3",
                "--allow-truncated",
                "--allow-unclosed",
                "--allow-changing",
                "--bearer-token-env=PATH")) {
            assertEquals(plain, well(line, option).out(), option);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anEmptyNameIsWrongUsage(String line) {
        String command = line.split(" ")[0];
        wrong(
                "the name of a file is empty",
                command,
                command.equals("plan") ? new String[] {"", "/x"} : new String[] {""});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ls", "attrs", "tree", "info", "find", "head", "stat", "plan -d /int/i1", "doctor", "dump -H"})
    void nothingBehindTwoHyphensIsAnOption(String command, @TempDir Path folder) throws IOException {
        Files.copy(Path.of(KINDS), folder.resolve("-r"));
        String working = folder + "/";
        Run run = run(command, "--", working + "-r");
        assertEquals(0, run.status(), run.err());
        Run none = run(command, "--", "-r.h5");
        assertEquals(ExitCode.NOT_FOUND, none.status(), none.err());
        assertTrue(none.err().contains("-r.h5: no such file"), none.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ls", "attrs", "tree", "info", "find", "head", "stat", "plan -d /int/i1", "doctor", "dump -H"})
    void aNameMayBeginWithAnAtSign(String command) {
        Run run = run(command, "@no_such.h5");
        assertEquals(ExitCode.NOT_FOUND, run.status(), run.err());
        assertTrue(run.err().contains("@no_such.h5: no such file"), run.err());
        Path working = Path.of("").toAbsolutePath();
        String file = "@" + working.relativize(Path.of(KINDS));
        Run other = run(command, file);
        assertTrue(other.err().contains("@"), other.err());
        assertEquals(ExitCode.NOT_FOUND, other.status(), other.err());
        assertEquals("", other.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--version", "-V", "ls --version", "attrs -V", "plan --version", "doctor -V", "dump --version"})
    void eachCommandSaysItsVersion(String line) {
        assertTrue(
                well(line).out().matches("h5coro: Version \\S+, commit \\S+, Java .*\n"),
                well(line).out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "-h", "ls --help", "attrs -h", "plan --help", "doctor -h", "dump --help", "dump -h"})
    void helpGoesToStandardOutputAndIsNoError(String line) {
        String out = well(line).out();
        assertTrue(out.toLowerCase(java.util.Locale.ROOT).startsWith("usage: h5coro"), out);
        assertFalse(out.contains("\u001b"), out);
    }

    @Test
    void theHelpListsTheCommandsAndTheStatuses() {
        String out = well("--help").out().replaceAll("\\s+", " ");
        for (String command : List.of(
                "dump", "ls", "tree", "info", "find", "attrs", "head", "cat", "stat", "diff", "plan", "doctor",
                "export", "refs", "plot", "serve")) {
            assertTrue(out.contains(" " + command + " "), out);
        }
        for (String status : List.of("0 all is well", "2 wrong usage", "3 not found", "7 a limit")) {
            assertTrue(out.contains(status), out);
        }
    }

    static Stream<Arguments> helps() {
        Map<String, List<String>> own = Map.of(
                "ls", List.of("-r", "-l", "--recursive", "--long", "--index-cache", "--debug"),
                "attrs", List.of("--index-cache", "--debug"),
                "plan",
                        List.of(
                                "-d",
                                "--dataset",
                                "--clip",
                                "--latency-ms",
                                "--bandwidth-mbs",
                                "--connections",
                                "--json",
                                "--index-cache",
                                "--debug"),
                "plot",
                        List.of(
                                "-d",
                                "--dataset",
                                "-o",
                                "--output",
                                "--kind",
                                "-x",
                                "--map",
                                "--lat",
                                "--lon",
                                "--range",
                                "--log",
                                "--colors",
                                "--size",
                                "--raw",
                                "--debug"),
                "export",
                        List.of(
                                "-d",
                                "--dataset",
                                "-g",
                                "--group",
                                "-f",
                                "--format",
                                "-o",
                                "--output",
                                "--clip",
                                "--debug"),
                "doctor", List.of("--max-datasets", "-a", "--all", "-v", "--verbose", "--debug"),
                "dump",
                        List.of(
                                "--index-cache",
                                "--debug",
                                "--stats",
                                "--clip",
                                "--utf8",
                                "--follow-anywhere",
                                "--vfd-info",
                                "--filedriver"));
        return own.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("helps")
    void theHelpOfACommandListsItsOptions(String command, List<String> own) {
        String out = well(command + " --help").out();
        Stream.concat(own.stream(), StorageArguments.names().stream().map(name -> "--" + name))
                .forEach(option -> assertTrue(
                        out.matches("(?s).*(^|[\\s,\\[])" + Pattern.quote(option) + "\\b.*"), option + " in " + out));
    }

    /** Each letter that the help of the dump has is taken, and each long name beside it is the same option. */
    @Test
    void theHelpOfTheDumpNamesNoOptionThatIsNotThere() {
        String help = well("dump --help").out();
        Matcher option =
                Pattern.compile("(?m)(?:^|, |  )(--?[A-Za-z][A-Za-z0-9_-]*)").matcher(help);
        List<String> names =
                option.results().map(found -> found.group(1)).distinct().toList();
        assertTrue(names.size() > 50, names.toString());
        for (String name : names) {
            // Those of all commands are taken before the command sees its line.
            Run run = Run.of("dump", TypedLine.HELP.containsKey(name) ? "--help" : name);
            assertFalse(run.err().contains("unknown option"), name + ": " + run.err());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lss, ls",
        "lsa, ls",
        "atrs, attrs",
        "paln, plan",
        "doktor, doctor",
        "dmup, dump",
        "DUMP, ''",
        "hepl, help",
        "frobnicate, ''"
    })
    void anUnknownCommandIsNamedWithWhatMayHaveBeenMeant(String word, String meant) {
        Run run = Run.of(word, LINKS);
        assertEquals(ExitCode.USAGE, run.status());
        String hint = meant.isEmpty() ? "" : "; did you mean " + meant + "?";
        assertEquals("h5coro: unknown command '" + word + "'" + hint + "\n", run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ls|Missing required parameter: 'FILE[::PATH] [PATH]'",
                "attrs|Missing required parameter: 'FILE[::PATH]'",
                "plan|Missing required parameter: 'FILE[::PATH] [PATH[SLICE]]'",
                "doctor|Missing required parameter: 'FILE'",
                "dump|missing file name; see h5coro dump --help",
                "plan KINDS|which dataset? Say -d PATH",
                "attrs KINDS /attr /int|one argument too many: '/int'",
                "plan KINDS LINKS /int/u1|of several files name the datasets with -d, not '/int/u1'",
                "doctor KINDS LINKS|one argument too many: '/",
                "doctor KINDS::/int|doctor looks at whole files: leave out '/int'",
                "doctor KINDS --max-datasets=0|--max-datasets is a positive number",
                "doctor KINDS --max-datasets=-1|--max-datasets is a positive number",
                "doctor KINDS --max-datasets=many|Invalid value for option '--max-datasets'",
                "plan KINDS /int/i1 --latency-ms=x|Invalid value for option '--latency-ms'",
                "plan KINDS /int/i1 --latency-ms=-1|are positive numbers",
                "plan KINDS /int/i1 --latency-ms=9223372036854775807|are positive numbers",
                "plan KINDS /int/i1 --bandwidth-mbs=0|are positive numbers",
                "plan KINDS /int/i1 --bandwidth-mbs=9223372036854775807|are positive numbers",
                "plan KINDS /int/i1 --connections=0|are positive numbers",
                "plan KINDS /int/i1 --connections=2147483648|Invalid value for option '--connections'",
                "plan KINDS -d|Missing required parameter for option '--dataset'",
                "ls KINDS --index-cache=a\0b|is not a path",
                "dump KINDS --index-cache=a\0b|is not a path",
                "dump KINDS LINKS /data|of several files name the objects with -d or -g, not '/data'",
                "dump KINDS::/int/i1 LINKS|of several files name the objects with -d or -g, not '/int/i1'"
            })
    void saysWhatIsWrong(String line, String message) {
        String words = line.replace("KINDS", KINDS).replace("LINKS", LINKS);
        wrong(message, words);
    }

    /** These two names are h5dump's, where they take nothing. */
    @Test
    void theDumpTellsItsOptionsFromThoseOfTheStorageByTheirValue() {
        String references = Fixtures.path("datatypes_references_earliest").toString();
        String line = "dump -d /region/refs " + references;
        assertNotEquals(well(line).out(), well(line, "-R").out());
        assertEquals(well(line, "-R").out(), well(line, "--region").out());
        assertEquals(well(line).out(), well(line, "--region=eu-west-1").out());
        assertEquals(well(line, "-H").out(), well(line, "--header").out());
        assertEquals(well(line).out(), well(line, "--header=Accept=*/*").out());
    }

    @Test
    void severalObjectsOfOneFileAreNamedBehindIt() {
        String both = well("dump -d /int/i1 -d /int/u1 " + KINDS).out();
        assertEquals(both, well("dump " + KINDS + " /int/i1 /int/u1").out());
        assertEquals(
                both, well("dump " + KINDS + "::/int/i1 " + KINDS + "::/int/u1").out());
        assertEquals(
                well("dump -g /attr -t /point " + KINDS).out(),
                well("dump " + KINDS + " /attr /point").out());
        assertEquals(
                well("dump -d /space/line[0:3] -d /int/i1 " + KINDS).out(),
                well("dump " + KINDS + " /space/line[0:3] /int/i1").out());
    }

    @Test
    void anOptionMayStandBehindTheFile() {
        assertEquals(
                well("ls -r -l " + STORED).out(), well("ls " + STORED + " -rl").out());
        assertEquals(
                well("dump -p -H " + STORED).out(),
                well("dump " + STORED + " -Hp").out());
        assertEquals(
                well("plan --json -d /int/i1 " + KINDS).out(),
                well("plan " + KINDS + " --json -d=/int/i1").out());
    }

    @Test
    void aSecretInAnAddressIsShownByNoMistake() {
        String address = "https://user:SECRET@host/x.h5?token=SECRET#SECRET";
        for (String line : List.of("ls --nonsense", "attrs a b", "plan", "doctor x", "dump --nonsense", "nonsense")) {
            Run run = run(line, address, "--storage=token=SECRET", "--header=Authorization=SECRET");
            assertEquals(ExitCode.USAGE, run.status(), run.err());
            assertFalse((run.out() + run.err()).contains("SECRET"), run.err());
        }
    }

    @Test
    void namesOfSeveralPlacesStandAboveTheirLists() {
        String out = well("ls " + LINKS + " /g /data").out();
        assertEquals(
                List.of(LINKS + " /g:", LINKS + " /data:"),
                out.lines().filter(line -> line.endsWith(":")).collect(Collectors.toList()));
        assertTrue(out.contains("\n\n" + LINKS + " /data:\ndataset  /data  (4,) int32\n"), out);
    }
}
