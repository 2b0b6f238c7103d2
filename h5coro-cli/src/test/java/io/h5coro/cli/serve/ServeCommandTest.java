// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command says before and after it has started. */
@Timeout(120)
final class ServeCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new CommandLine(new ServeCommand(out, new PrintStream(err, true, StandardCharsets.UTF_8)))
                .execute(arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysWhichLocationsCannotBeReadNow() throws Exception {
        byte[] whole = Fixtures.bytes("sample_granule");
        Path broken = Files.write(folder.resolve("broken.h5"), Arrays.copyOf(whole, 3000));
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread server = new Thread(() -> status.complete(run(
                "--port",
                "0",
                "good=" + Fixtures.path("sample_granule"),
                "broken=" + broken,
                "folder=" + folder,
                "closed=http://127.0.0.1:1/x.h5")));
        server.start();
        while (!said().contains("closed: ") && !status.isDone()) {
            Thread.sleep(20);
        }
        server.interrupt();
        assertEquals(0, status.get(), this::said);
        assertTrue(out.toString(StandardCharsets.UTF_8).matches("http://127.0.0.1:[0-9]+/\n"), out::toString);
        assertTrue(said().contains("broken: ") && said().contains("truncated file"), this::said);
        assertTrue(said().contains("takes no connection"), this::said);
        assertFalse(said().contains("good: ") || said().contains("folder: "), this::said);
    }

    @Test
    void refusesWhatItCannotServe() {
        assertEquals(2, run("a=" + folder.resolve("none")));
        assertEquals(2, run("a=foo://x/y"));
        assertEquals(2, run("a="));
        assertEquals(2, run("a=" + folder, "a=" + folder));
        assertEquals(2, run("a=" + folder, "--port", "99999"));
        assertTrue(said().contains("there is no such file or folder"), this::said);
        assertTrue(said().contains("no storage for foo://"), this::said);
        assertTrue(said().contains("'a=' is not"), this::said);
        assertTrue(said().contains("two locations have the name a"), this::said);
    }
}
