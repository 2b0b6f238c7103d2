// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the dump ends: its exit status, and one clear line for each error. */
final class DumpCommandTest {
    private static final String NUMBERS = Fixtures.path("numbers_earliest").toString();

    @TempDir
    Path folder;

    private static void failsWith(int status, Run run) {
        assertAll(
                () -> assertEquals(status, run.status(), run.err()),
                () -> assertTrue(run.err().startsWith("h5coro: "), run.err()),
                () -> assertFalse(run.err().contains("\tat "), run.err()));
    }

    @Test
    void namesAFileThatIsNotThere() {
        Run run = Run.of("dump", folder.resolve("none.h5").toString());
        failsWith(ExitCode.NOT_FOUND, run);
        assertEquals(1, run.errorLines(), run.err());
        assertTrue(run.err().contains("none.h5"), run.err());
    }

    @Test
    void namesADatasetThatIsNotThere() {
        Run run = Run.of("dump", "-d", "/no/such", NUMBERS);
        failsWith(ExitCode.NOT_FOUND, run);
        assertTrue(run.err().contains("/no/such"), run.err());
    }

    @Test
    void refusesWhatIsNoHdf5() throws IOException {
        Path text = Files.writeString(folder.resolve("text.h5"), "not HDF5 at all".repeat(100));
        failsWith(ExitCode.CORRUPT, Run.of("dump", text.toString()));
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(NUMBERS));
        Path half = Files.write(folder.resolve("half.h5"), Arrays.copyOf(whole, whole.length / 2));
        failsWith(ExitCode.CORRUPT, Run.of("dump", half.toString()));
    }

    @Test
    void saysThatAPortIsClosed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        failsWith(ExitCode.STORAGE, Run.of("dump", "http://127.0.0.1:" + port + "/x.h5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense x.h5",
                "-j x.h5",
                "-d",
                "",
                "-s 1 x.h5",
                "-d a -M 0 x.h5",
                "-q size x.h5",
                "-m %d x.h5",
                "-b LE x.h5",
                "-w wide x.h5",
                "--header=1 x.h5",
                "-d a[1:x] x.h5"
            })
    void explainsWrongUsage(String arguments) {
        String[] words = ("dump " + arguments).strip().split(" ");
        Run run = Run.of(words);
        failsWith(ExitCode.USAGE, run);
        assertEquals(1, run.errorLines(), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chunked/i1[0:8, 0:1]",
                "/chunked/i1[7:8, :]",
                "/chunked/i1[0:1, 0:1, 0:1]",
                "/chunked/i1[7,0;;;]"
            })
    void explainsASliceOutsideOfTheDataset(String dataset) {
        failsWith(ExitCode.USAGE, Run.of("dump", "-d", dataset, NUMBERS));
    }

    @Test
    void saysThatXmlIsNotWritten() {
        failsWith(ExitCode.UNSUPPORTED, Run.of("dump", "--xml", NUMBERS));
    }

    @Test
    void readsHalfOpenSlicesAsItReadsStartStrideCountAndBlock() {
        Run ours = Run.of("dump", "-d", "/chunked/be_i4[1:6:2, 2:5]", NUMBERS);
        Run theirs = Run.of("dump", "-d", "/chunked/be_i4", "-s", "1,2", "-S", "2,1", "-c", "3,3", NUMBERS);
        assertEquals(0, ours.status(), ours.err());
        assertEquals(theirs.out(), ours.out());
        assertTrue(ours.out().contains("(1,2): "), ours.out());
    }

    @Test
    void goesOnWithTheNextObject() {
        Run run = Run.of("dump", "-d", "/no/such", "-d", "/chunked/i1", NUMBERS);
        failsWith(ExitCode.NOT_FOUND, run);
        assertTrue(run.out().contains("DATASET \"/chunked/i1\" {"), run.out());
    }

    @Test
    void goesOnWithTheNextFile() {
        Run run = Run.of("dump", "-d", "/chunked/i1", folder + "/none.h5", NUMBERS);
        failsWith(ExitCode.NOT_FOUND, run);
        assertTrue(run.out().contains("DATASET \"/chunked/i1\" {"), run.out());
    }

    @Test
    void reportsWhatReadingHasCost() {
        Run run = Run.of("dump", "--stats", "-d", "/chunked/be_i4", NUMBERS);
        assertEquals(0, run.status());
        assertTrue(run.err().matches("(?s)[1-9][0-9]* requests, [1-9][0-9]* bytes fetched .*"), run.err());
    }

    @Test
    void writesValuesAsBytes() throws IOException {
        Path file = folder.resolve("values.bin");
        Run run = Run.of("dump", "-d", "/chunked/le_i4", "-b", "BE", "-o", file.toString(), NUMBERS);
        assertEquals(0, run.status(), run.err());
        byte[] big = Files.readAllBytes(file);
        Run.of("dump", "-d", "/chunked/le_i4", "-b", "LE", "-o", file.toString(), NUMBERS);
        byte[] little = Files.readAllBytes(file);
        assertEquals(4 * 7 * 9, big.length);
        for (int i = 0; i < big.length; i++) {
            assertEquals(big[i], little[(i & ~3) + 3 - (i & 3)]);
        }
    }

    @Test
    void endsQuietlyWhenNobodyReads() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                Main.run(new String[] {"dump", NUMBERS}, closed, new PrintStream(err, true, StandardCharsets.UTF_8));
        assertEquals(ExitCode.CLOSED_PIPE, status);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void helps() {
        Run run = Run.of("dump", "--help");
        assertEquals(0, run.status());
        assertTrue(run.out().contains("Exit status: 0 all is well, 2 wrong usage"), run.out());
    }
}
