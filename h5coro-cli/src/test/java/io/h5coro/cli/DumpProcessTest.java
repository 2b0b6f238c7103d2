// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A dump that would take days: never_written.h5 has 715 bytes and datasets of 10^12 and 3 x 10^12 elements, of which
 * none was written. h5dump prints them all; so does h5coro, with little memory and until nobody listens.
 */
@Timeout(300)
final class DumpProcessTest {
    private static final int MUCH = 128 << 20;

    private static String file() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(DumpProcessTest.class.getResource("/never_written.h5"))
                        .toURI())
                .toString();
    }

    private static Process dump(String dataset) throws IOException, URISyntaxException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        classPath,
                        "io.h5coro.cli.Main",
                        "dump",
                        "-d",
                        dataset,
                        file()))
                .start();
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** More text than the heap has bytes, from either kind of storage; then the pipe is closed. */
    @Test
    void aDumpWithoutEndTakesLittleMemoryAndEndsQuietlyWhenItsPipeIsClosed() throws Exception {
        for (String dataset : List.of("/a", "/b")) {
            Process process = dump(dataset);
            try (InputStream out = process.getInputStream()) {
                assertEquals(MUCH, out.readNBytes(MUCH).length, dataset);
            }
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), dataset + " goes on without a reader");
            assertEquals("", errors(process), dataset);
            assertEquals(ExitCode.CLOSED_PIPE, process.exitValue(), dataset);
        }
    }

    @Test
    void aDumpThatIsStoppedEndsAtOnceAndQuietly() throws Exception {
        Process process = dump("/a");
        assertEquals(1 << 20, process.getInputStream().readNBytes(1 << 20).length);
        process.toHandle().destroy(); // process.destroy() would close the streams, too
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "a signal does not end it");
        assertEquals("", errors(process));
    }

    @Test
    void aFullDiskIsNoClosedPipe() throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                Main.run(new String[] {"dump", "-H", file()}, full, new PrintStream(err, true, StandardCharsets.UTF_8));
        assertEquals(ExitCode.OTHER, status);
        assertEquals("h5coro: unable to write: No space left on device\n", err.toString(StandardCharsets.UTF_8));
    }
}
