// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports of 10^12 elements, of which none was written: little memory, and no word when the reader is gone. */
@Timeout(300)
final class ExportProcessTest {
    /** More than the heap. */
    private static final int MUCH = 80 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"npy", "csv", "arrows"})
    void anExportWithoutEndTakesLittleMemoryAndEndsQuietlyWhenItsPipeIsClosed(String format) throws Exception {
        String file = Path.of(Objects.requireNonNull(ExportProcessTest.class.getResource("/never_written.h5"))
                        .toURI())
                .toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-Xmx64m",
                        "-cp",
                        classPath,
                        "io.h5coro.cli.Main",
                        "export",
                        "-d",
                        "/a",
                        "-f",
                        format,
                        file))
                .start();
        try (InputStream out = process.getInputStream()) {
            assertEquals(MUCH, out.readNBytes(MUCH).length, format);
        }
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), format + " goes on without a reader");
        assertEquals("", new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(ExitCode.CLOSED_PIPE, process.exitValue());
    }
}
