// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers without a name, letters, and names that would act on a terminal. */
final class DumpTextTest {
    @TempDir
    Path folder;

    @AfterEach
    void noTerminal() {
        System.clearProperty("h5coro.stdout.tty");
    }

    @Test
    void numbersWithoutANameAreAllOnesWhereLibhdf5ConvertsThem() throws IOException {
        Run run = Run.of("dump", DumpFiles.one(folder, "enumerations.h5"));
        assertEquals(DumpFiles.text("enumerations.ddl"), run.out().replace(folder + "/", ""));
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void lettersAreBytesInOctalAsInH5dump() throws IOException {
        String file = DumpFiles.one(folder, "letters.h5");
        String out =
                Run.of("dump", "-d", "text", "-d", "latin", "-d", "e", file).out();
        assertTrue(out.contains("\"\\37777777702\\37777777665V\", \"a\n           b\", \"\\033[31mred\""), out);
        assertTrue(out.contains("(0): \"\\37777777665V\", \"ab\""), out);
        assertTrue(out.contains("(0): \\302\\265\n"), out);
    }

    @Test
    void lettersAreLettersWhenAsked() throws IOException {
        String file = DumpFiles.one(folder, "letters.h5");
        String out = Run.of("dump", "--utf8", "-e", "-d", "text", "-d", "latin", "-d", "e", file)
                .out();
        assertTrue(out.contains("(0): \"µV\", \"a\\nb\", \"\\033[31mred\", \"温度\", \"\\u202eabc\"\n"), out);
        assertTrue(out.contains("(0): \"µV\", \"ab\"\n"), out);
        assertTrue(out.contains("(0): µ\n"), out);
    }

    @Test
    void outputIsH5dumpsWhenPiped() throws IOException {
        String out = Run.of("dump", "-n", DumpFiles.one(folder, "letters.h5")).out();
        assertTrue(out.contains(" dataset    /\u001b[31mname\n dataset    fake\n"), out);
    }

    @Test
    void namesFakeNoLineAndPaintNothingOnATerminal() throws IOException {
        System.setProperty("h5coro.stdout.tty", "true");
        String file = DumpFiles.one(folder, "letters.h5");
        for (String option : new String[] {"-n", "-H", "-p"}) {
            String out = Run.of("dump", option, file).out();
            assertAll(
                    () -> assertFalse(out.contains("\u001b"), out),
                    () -> assertFalse(out.contains("\n dataset    fake"), out),
                    () -> assertTrue(out.contains("\\x1b[31mname\\n dataset    fake"), out));
        }
    }

    @Test
    void errorsFakeNoLineAndPaintNothing() throws IOException {
        Run run = Run.of("dump", "-g", "no\u001b[31m\u0007\nsuch", DumpFiles.one(folder, "letters.h5"));
        assertEquals(1, run.errorLines(), run.err());
        assertTrue(run.err().contains("no\\x1b[31m\\x07\\nsuch"), run.err());
        assertEquals(ExitCode.NOT_FOUND, run.status());
    }

    @Test
    void membersThatNoPathCanNameAreListedWithAnError() throws IOException {
        String file = DumpFiles.one(folder, "slashes.h5");
        Run run = Run.of("dump", file);
        assertAll(
                () -> assertEquals(ExitCode.UNSUPPORTED, run.status()),
                () -> assertEquals(2, run.errorLines(), run.err()),
                () -> assertTrue(run.err().contains("'a/b'"), run.err()),
                () -> assertTrue(run.out().contains("DATASET \"a/b\" {\n   }\n"), run.out()),
                () -> assertTrue(run.out().contains("GROUP \"g/g\" {\n   }\n"), run.out()),
                () -> assertTrue(run.out().contains("(0): 6"), run.out()),
                () -> assertTrue(run.out().contains("DATASET \"twin\" {\n      DATATYPE"), run.out()),
                () -> assertTrue(run.out().contains("(0): 4"), run.out()));
        Run contents = Run.of("dump", "-n", file);
        assertEquals(ExitCode.UNSUPPORTED, contents.status());
        assertTrue(
                contents.out().contains(" object     /a/b\n dataset    /twin\n")
                        || contents.out().contains(" object     /a/b\n"),
                contents.out());
    }
}
