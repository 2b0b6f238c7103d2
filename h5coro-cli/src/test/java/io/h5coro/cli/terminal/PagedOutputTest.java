// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class PagedOutputTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final AtomicInteger started = new AtomicInteger();

    @TempDir
    private Path folder;

    private PagedOutput paged(String command) {
        return new PagedOutput(terminal, new Look(false, 10, 3), command, started::incrementAndGet);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aScreenfulStartsNoPager() throws IOException {
        PagedOutput out = paged("false");
        out.write(bytes("1\n2\n"));
        out.flush();
        assertEquals("", terminal.toString(StandardCharsets.UTF_8));
        assertFalse(out.finish());
        assertEquals("1\n2\n", terminal.toString(StandardCharsets.UTF_8));
        assertEquals(0, started.get());
    }

    @Test
    void longerTextIsThePagers() throws IOException {
        Path file = folder.resolve("paged");
        PagedOutput out = paged("tee '" + file + "' >/dev/null");
        String text = "a line of more than two rows\n5\n";
        out.write(bytes(text));
        out.write(bytes("6\n"));
        assertTrue(out.finish());
        assertEquals(text + "6\n", Files.readString(file));
        assertEquals(0, terminal.size());
        assertEquals(1, started.get());
    }

    @Test
    void aPagerThatIsLeftIsAClosedPipe() {
        PagedOutput out = paged("exit 0; :");
        byte[] much = new byte[1 << 20];
        IOException e = assertThrows(IOException.class, () -> {
            while (true) {
                out.write(much);
            }
        });
        assertTrue(String.valueOf(e.getMessage()).contains("pipe"), e.getMessage());
        assertTrue(out.finish());
    }

    @Test
    void withoutThePagerTextGoesToTheTerminal() throws IOException {
        PagedOutput out = paged("no-pager-is-called-so -x");
        out.write(bytes("1\n2\n3\n4\n"));
        assertFalse(out.finish());
        assertEquals("1\n2\n3\n4\n", terminal.toString(StandardCharsets.UTF_8));
    }
}
