// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Output that a pager shows when it is longer than the terminal is high. What is shorter is written when it is complete
 * and starts no process. Confined to one thread but for the end of the process.
 */
public final class PagedOutput extends OutputStream {
    /** A screen of long lines: so much is held back at most. */
    private static final int MOST_BYTES = 1 << 20;

    /** How long a pager that is told to end may take to put the terminal in order. */
    private static final long PATIENCE_SECONDS = 2;

    private final OutputStream terminal;
    private final Look look;
    private final String command;
    private final Runnable started;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long rows;
    private int column;
    private boolean direct;
    private @Nullable Process pager;

    /**
     * Makes one over a terminal.
     *
     * @param command the pager, as a shell takes it
     * @param started called before it has the terminal
     */
    public PagedOutput(OutputStream terminal, Look look, String command, Runnable started) {
        this.terminal = terminal;
        this.look = look;
        this.command = command;
        this.started = started;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (direct) {
            release(bytes, from, count);
            return;
        }
        held.write(bytes, from, count);
        for (int i = from; i < from + count; i++) {
            column++;
            if (bytes[i] == '\n' || column > look.columns()) {
                rows++;
                column = 0;
            }
        }
        if (rows >= look.rows() || held.size() > MOST_BYTES) {
            page();
        }
    }

    private OutputStream target() {
        return pager == null ? terminal : pager.getOutputStream();
    }

    private void page() throws IOException {
        started.run();
        pager = start();
        release();
    }

    private void release() throws IOException {
        direct = true;
        release(held.toByteArray(), 0, held.size());
        held.reset();
    }

    private void release(byte[] bytes, int from, int count) throws IOException {
        try {
            target().write(bytes, from, count);
        } catch (IOException e) {
            // Java says "Stream closed" of the pipe to a process that has ended.
            throw pager == null ? e : new IOException("Broken pipe", e);
        }
    }

    /** Starts the pager; null when there is none of this name. */
    private @Nullable Process start() {
        boolean plain = command.matches("[A-Za-z0-9_./ +-]+");
        List<String> words = plain ? List.of(command.trim().split(" +")) : List.of("/bin/sh", "-c", command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putIfAbsent("LESS", "FRX");
        try {
            Process process = builder.start();
            // After a signal the shell gets the terminal when the pager has ended, which does not take an interrupt.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "h5coro-pager"));
            return process;
        } catch (IOException e) {
            return null;
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is held back waits until the output is complete, or long enough for a pager. */
    @Override
    public void flush() throws IOException {
        if (direct) {
            try {
                target().flush();
            } catch (IOException e) {
                throw pager == null ? e : new IOException("Broken pipe", e);
            }
        }
    }

    /**
     * Writes what was held back, and waits until the pager has ended.
     *
     * @return whether there was a pager
     */
    public boolean finish() {
        try {
            if (!direct) {
                release();
            }
            target().flush();
            if (pager != null) {
                pager.getOutputStream().close();
            }
        } catch (IOException e) {
            // The pager was left before its end, or the terminal is gone.
        }
        if (pager == null) {
            return false;
        }
        await(pager);
        return true;
    }
}
