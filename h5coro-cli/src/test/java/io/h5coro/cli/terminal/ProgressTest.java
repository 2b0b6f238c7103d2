// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.ReadStatistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final String ERASED = "\r\u001b[K";
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();
    private final StatusLine line = new StatusLine(terminal, true);
    private final Progress progress = Progress.on(line, 80, now::get);

    private static ReadStatistics read(long bytes) {
        return new ReadStatistics(1, bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
    }

    private String shown() {
        String text = terminal.toString(StandardCharsets.UTF_8);
        terminal.reset();
        return text;
    }

    private String shownAt(long nanos) {
        now.set(nanos);
        progress.tick();
        return shown();
    }

    @Test
    @SuppressWarnings("try") // progress is watched meanwhile
    void isShownFromTheSecondSecondOnAndGoneWithTheFile() {
        try (Progress.Watch unused = progress.watch(() -> read(5_000_000))) {
            assertEquals("", shownAt(SECOND - 1));
            assertEquals("\rh5coro: 5.0 MB read, 2.5 MB/s\u001b[K", shownAt(2 * SECOND));
            progress.begin("/a", 4000);
            progress.done(1000);
            assertEquals("\rh5coro: /a: 1.0 kB of 4.0 kB, 500 B/s, 6 s left\u001b[K", shownAt(4 * SECOND));
        }
        assertEquals(ERASED, shown());
        assertEquals("", shownAt(9 * SECOND));
    }

    @Test
    @SuppressWarnings("try") // progress is watched meanwhile
    void isErasedBeforeDataAndNotShownBehindAHalfLine() throws IOException {
        Screen screen = new Screen(terminal, Look.PLAIN, line);
        try (Progress.Watch unused = progress.watch(() -> read(5_000_000))) {
            shownAt(2 * SECOND);
            screen.write("1 2".getBytes(StandardCharsets.UTF_8));
            assertEquals(ERASED + "1 2", shown());
            assertEquals("", shownAt(3 * SECOND), "the line has data on it");
            screen.write("\n".getBytes(StandardCharsets.UTF_8));
            assertEquals("\n\rh5coro: 5.0 MB read, 1.3 MB/s\u001b[K", shownAt(4 * SECOND));
            Messages.over(line, progress).print("h5coro: no\n");
            assertEquals(ERASED + "h5coro: no\n", shown());
        }
        assertEquals("", shown());
    }

    @Test
    void dataThatGoElsewhereLeaveItWhereItIs() throws IOException {
        StatusLine alone = new StatusLine(terminal, false);
        alone.show("status");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        new Screen(file, Look.PLAIN, alone).write(new byte[] {1, 2});
        assertEquals("\rstatus\u001b[K", shown());
        assertEquals(2, file.size());
        alone.end();
        alone.show("more");
        assertEquals(ERASED, shown());
    }
}
