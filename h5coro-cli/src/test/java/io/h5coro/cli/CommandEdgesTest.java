// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common: slices, names on terminals, hints, exit codes. */
public final class CommandEdgesTest {
    private static final String NUMBERS = Fixtures.path("numbers_earliest").toString();
    private static final String DATASET = "/chunked/i1";

    /** The path of a file among the resources of the tests. */
    public static String resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(CommandEdgesTest.class.getResource("/" + name))
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Run one(int status, String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(status, run.status(), run.err());
        assertEquals(status == 0 ? 0 : 1, run.errorLines(), run.err());
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a]",
                "[0",
                "[1.5]",
                "[1e1]",
                "[0x10]",
                "[0]]",
                "[,]",
                "[99999999999999999999]",
                "[\u0661]",
                "[0;a]",
                "[0;1.5]",
                "[0;;;;]",
                "[0;-1]",
                "[0;0x1]",
                "[0;1",
                "[0;1]]",
                "[::0]",
                "[0:1:-1]",
                "[+1]",
                "[3:1]",
                "[0;;\u0661;]"
            })
    void aSliceThatIsNoneIsWrongUsageWithItsPlace(String slice) {
        for (String command : List.of("dump", "plan")) {
            Run run = one(ExitCode.USAGE, command, "-d", DATASET + slice, NUMBERS);
            assertTrue(run.err().contains(" at column "), run.err());
            assertEquals("", run.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[-1]", "[3]", "[5,:]", "[...,0]", "[-3:,-2]", "[1:6:2, 2:5]", "[-7::3]"})
    void dumpPrintsTheSliceThatPlanPlans(String slice) {
        Run dump = one(0, "dump", "-d", DATASET + slice, NUMBERS);
        String shape = dump.out().replaceAll("(?s).*COUNT \\( ([0-9, ]*) \\).*", "$1");
        assertTrue(one(0, "plan", NUMBERS, "-d", DATASET + slice).out().contains("(" + shape + ")"), dump.out());
    }

    @Test
    void aListOfIndicesIsPlannedAndHasNoFormInADump() {
        assertTrue(one(0, "plan", NUMBERS, "-d", DATASET + "[[5, 0, 5], 2:4]")
                .out()
                .contains("(3, 2)"));
        Run run = one(ExitCode.USAGE, "dump", "-d", DATASET + "[[5, 0, 5], 2:4]", NUMBERS);
        assertTrue(run.err().contains("has a list of indices, and dump prints slices only"), run.err());
        assertEquals("", run.out());
    }

    /** The path was not looked at, and nothing said so. */
    @ParameterizedTest
    @ValueSource(strings = {"cat", "head", "stat", "plot"})
    void aPathBesideDatasetsOfTheOptionIsRefused(String command) {
        String said = "'/no_such' is named beside -d";
        Run run = one(ExitCode.USAGE, command, NUMBERS, "/no_such", "-d", DATASET);
        assertTrue(run.err().contains(said), run.err());
        assertEquals(
                run.err(),
                one(ExitCode.USAGE, command, NUMBERS + "::/no_such", "-d", DATASET)
                        .err());
        assertEquals("", run.out());
        one(0, command, NUMBERS, "/", "-d", DATASET);
    }

    /** These take paths as they are, and slices with an option. */
    @ParameterizedTest
    @ValueSource(strings = {"cat", "head", "stat"})
    void aSliceBehindAPathIsAHintAtTheOptionThatTakesIt(String command) {
        for (String slice : List.of("[0:2]", "[[1, 3]]", "[0,:]")) {
            Run run = one(ExitCode.NOT_FOUND, command, NUMBERS, DATASET + slice);
            assertTrue(run.err().endsWith("; slices are named with -d '" + DATASET + slice + "'\n"), run.err());
            assertEquals(
                    run.err(),
                    one(ExitCode.NOT_FOUND, command, NUMBERS + "::" + DATASET + slice)
                            .err());
        }
        assertFalse(one(ExitCode.NOT_FOUND, command, NUMBERS, "/no[0:2]").err().contains("slices"));
        assertFalse(
                one(ExitCode.NOT_FOUND, command, NUMBERS, DATASET + "[0").err().contains("slices"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "tree", "info", "find", "attrs"})
    void whereThereIsNoOptionForSlicesTheDatasetIsSuggested(String command) {
        Run run = one(ExitCode.NOT_FOUND, command, NUMBERS, DATASET + "[0:2]");
        assertTrue(run.err().endsWith("; did you mean " + DATASET + "?\n"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[...]", "[ ]"})
    void bracketsWithoutAnythingAreEverything(String slice) {
        assertEquals(
                one(0, "dump", "-d", DATASET, NUMBERS).out(),
                one(0, "dump", "-d", DATASET + slice, NUMBERS).out());
    }

    @Test
    void boundsBehindTheEndAreErrorsUnlessTheyAreClipped() {
        for (String command : List.of("dump", "plan")) {
            Run run = Run.of(command, "-d", DATASET + "[5:100]", NUMBERS);
            assertEquals(ExitCode.USAGE, run.status(), run.err());
            assertTrue(run.err().contains("(7, 9)"), run.err());
        }
        assertEquals(
                one(0, "dump", "-d", DATASET + "[5:7]", NUMBERS).out(),
                one(0, "dump", "-d", DATASET + "[5:100]", "--clip", NUMBERS).out());
        assertTrue(one(0, "plan", NUMBERS, "--clip", "-d", DATASET + "[5:100]")
                .out()
                .contains("(2, 9)"));
        assertTrue(one(0, "dump", "-d", DATASET + "[50:100]", "--clip", NUMBERS)
                .out()
                .contains("COUNT ( 0, 9 )"));
    }

    @Test
    void aNameWithBracketsIsAddressed() {
        String file = resource("odd_names.h5");
        assertTrue(one(0, "dump", "-d", "/x\\[1\\]", file).out().contains("(0): 0, 1, 2, 3"));
        assertTrue(one(0, "dump", "-C", "-d", "/x[1]", file).out().contains("(0): 0, 1, 2, 3"));
        assertTrue(one(0, "dump", "-d", "x\\[1\\][-1]", file).out().contains("(3): 3"));
        assertTrue(one(0, "plan", file, "-d", "/x\\[1\\][-1]").out().contains("(1,)"));
        assertTrue(one(0, "ls", file, "x[1]").out().contains("dataset  /x[1]  (4,) int32"));
    }

    @Test
    void namesReachNoTerminalRaw() {
        String file = resource("odd_names.h5");
        String ls = one(0, "ls", file).out();
        assertEquals(9, ls.lines().count(), ls);
        assertTrue(ls.contains("dataset  a\\nb  (3,)"), ls);
        assertTrue(ls.contains("x\\x1b[31mred") && ls.contains("bell\\x07") && ls.contains("\\u202egnp"), ls);
        assertTrue(ls.contains("y\\x9b2J") && ls.contains("温度") && ls.contains("Größe"), ls);
        String attributes = one(0, "attrs", file, "/x[1]").out();
        assertEquals("x[1]:n\\nATTRIBUTE \"fake\" = 1\n", attributes);
        String ddl = one(0, "attrs", "--ddl", file, "/x[1]").out();
        assertTrue(ddl.contains("ATTRIBUTE \"n\\nATTRIBUTE"), ddl);
        for (Run run : List.of(
                one(0, "ls", "--json", file),
                one(0, "attrs", "--json", file, "/x[1]"),
                one(0, "tree", file),
                one(0, "info", file),
                one(0, "info", "--json", file),
                one(0, "find", file),
                one(0, "find", "--json", file),
                one(0, "head", file),
                one(0, "stat", file),
                one(0, "stat", "--json", file),
                Run.of("diff", file, NUMBERS),
                Run.of("diff", "--json", file, NUMBERS),
                Run.of("cat", file, "-d", "/no\u001b[31m\nsuch"),
                one(0, "doctor", "-a", file),
                one(0, "plan", file, "-d", "/a\nb", "-d", "/x\u001b\\[31mred"),
                Run.of("plan", file, "-d", "/no\u001b[31m\nsuch"),
                Run.of("ls", "/no/such\u001b[31m\nfile.h5"),
                Run.of("attrs", file, "/no\u009b\u202e"),
                Run.of("ls", "--no\u001bsuch", file),
                Run.of("no\u001b\nsuch"),
                Run.of("dump", "-d", "/no\u001b[31m\nsuch", "--no\u001bsuch", file))) {
            String text = run.out() + run.err();
            assertFalse(text.chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0x9b || c == 0x202e), text);
            assertTrue(run.errorLines() <= 1, run.err());
        }
        String json = one(0, "plan", file, "--json", "-d", "/a\nb").out();
        assertTrue(json.contains("\"/a\\nb\""), json);
    }

    @Test
    void aNameIsAddressedAsItIsListed() {
        String file = resource("odd_names.h5");
        for (String name : List.of("a\\nb", "x\\x1b[31mred", "bell\\x07", "\\u202egnp", "y\\x9b2J", "温度", "Größe")) {
            assertEquals(
                    "dataset  /" + name + "  (3,) int32\n",
                    one(0, "ls", file, name).out());
        }
        assertTrue(one(0, "ls", file, "g::h").out().startsWith("dataset  y"));
        assertTrue(one(0, "ls", file + "::/g::h").out().startsWith("dataset  y"));
    }

    @Test
    void saysWhatMayHaveBeenMeant() {
        assertTrue(one(ExitCode.NOT_FOUND, "ls", NUMBERS, "/chonked/i1").err().contains("; did you mean /chunked/i1?"));
        assertTrue(one(ExitCode.NOT_FOUND, "attrs", NUMBERS, "/chunkde").err().contains("; did you mean /chunked?"));
        assertTrue(Run.of("plan", NUMBERS, "-d", "/chunked/i11").err().contains("; did you mean /chunked/i1?"));
        assertTrue(Run.of("dump", "-d", "/chunkd/i1", NUMBERS).err().contains("; did you mean /chunked/i1?"));
        assertTrue(Run.of("dump", "-g", "/chunkd", NUMBERS).err().contains("; did you mean /chunked?"));
        assertFalse(Run.of("ls", NUMBERS, "/nothing/alike").err().contains("did you mean"));
        assertTrue(one(ExitCode.USAGE, "lss", NUMBERS).err().contains("'lss'; did you mean ls?"));
        assertTrue(one(ExitCode.USAGE, "ls", "--recursve", NUMBERS).err().contains("did you mean --recursive?"));
        assertTrue(one(ExitCode.USAGE, "dump", "--hedaer", NUMBERS).err().contains("did you mean --header?"));
        assertFalse(Run.of("ls", "--bearer-tokem=SECRET", NUMBERS).err().contains("SECRET"));
        assertFalse(Run.of("attrs", NUMBERS, "/", "https://h/x.h5?SECRET").err().contains("SECRET"));
    }

    @Test
    void aMissingFilterIsFoundOutBeforeFetching() {
        String file = resource("unknown_filter.h5");
        Run plan = one(ExitCode.UNSUPPORTED, "plan", file, "-d", "/mafisc");
        assertTrue(plan.err().contains("filter 32002 (mafisc) is not supported"), plan.err());
        assertEquals(ExitCode.UNSUPPORTED, Run.of("dump", "-d", "/mafisc", file).status());
        assertTrue(one(0, "dump", "-d", "/mafisc[0:10]", file).out().contains("(0): 0, 1, 2, 3, 4, 5, 6, 7, 8, 9"));
        assertTrue(one(0, "plan", file, "-d", "/plain").out().contains("(3,)"));
        assertTrue(one(0, "ls", "-l", file).out().contains("120 bytes mafisc(1 2)"));
    }

    @Test
    void groupsThatAreNestedTooDeeplyAreALimitThatIsSaid() {
        String file = resource("deep_groups.h5");
        Run ls = one(ExitCode.LIMIT, "ls", "-r", file);
        assertTrue(ls.err().contains("more than 500 levels") && ls.err().length() < 400, ls.err());
        Run dump = one(ExitCode.LIMIT, "dump", file);
        assertTrue(dump.err().contains("more than 500 levels") && dump.err().length() < 400, dump.err());
        Run doctor = one(ExitCode.LIMIT, "doctor", file);
        assertTrue(doctor.out().contains("not all of the file") && doctor.err().contains("200 levels"), doctor.err());
    }

    private record Broken(String reason) {
        OutputStream stream() {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException(reason);
                }
            };
        }

        Run run(String... arguments) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int status = Main.run(arguments, stream(), new PrintStream(err, true, StandardCharsets.UTF_8));
            return new Run(status, "", err.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -r",
                "ls --json",
                "attrs --ddl",
                "attrs --json",
                "tree",
                "info",
                "find",
                "head -d /chunked/i1",
                "cat -d /chunked/i1",
                "stat -d /chunked/i1",
                "diff LINKS",
                "diff --json LINKS",
                "doctor",
                "plan -d /chunked/i1",
                "dump",
                "--help",
                "--version",
                "ls --help"
            })
    void everyCommandEndsQuietlyWithItsReaderAndSaysThatADiskIsFull(String command) {
        String line = command.replace("LINKS", resource("options/links.h5"));
        String[] words =
                (command.startsWith("-") || command.endsWith("-help") ? line : line + " " + NUMBERS).split(" ");
        Run pipe = new Broken("Broken pipe").run(words);
        assertEquals("", pipe.err());
        assertEquals(ExitCode.CLOSED_PIPE, pipe.status());
        Run full = new Broken("No space left on device").run(words);
        assertEquals("h5coro: unable to write: No space left on device\n", full.err());
        // Status 1 of diff says that the files differ.
        assertEquals(command.startsWith("diff") ? 2 : ExitCode.OTHER, full.status());
    }

    @Test
    void namesTheOptionsThatOpenAFileAllTheSame(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(NUMBERS));
        Path shorter = Files.write(folder.resolve("shorter.h5"), java.util.Arrays.copyOf(whole, whole.length - 1));
        for (String command : List.of(
                "ls", "attrs", "tree", "info", "find", "head", "stat", "doctor", "plan -d /chunked/i1", "dump -H")) {
            String[] words = (command + " " + shorter).split(" ");
            Run refused = one(ExitCode.CORRUPT, words);
            assertTrue(refused.err().contains("(--allow-truncated opens it all the same)"), refused.err());
            String[] allowed = (command + " --allow-truncated --allow-unclosed " + shorter).split(" ");
            assertFalse(
                    Run.of(allowed).err().contains("truncated file"),
                    Run.of(allowed).err());
        }
    }

    @Test
    void aZarrStoreIsNoFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        for (String command : List.of("ls", "dump", "doctor", "attrs")) {
            Run run = Run.of(command, folder.toString());
            assertTrue(run.status() != 0 && run.err().contains("it is a Zarr store"), run.err());
        }
    }

    @Test
    void saysVersionCommitAndJava() {
        for (String[] words : List.of(new String[] {"--version"}, new String[] {"dump", "--version"})) {
            String version = one(0, words).out();
            assertTrue(version.matches("h5coro: Version \\S+, commit [0-9a-z]+, Java \\S.* \\(.*\\)\n"), version);
        }
    }
}
