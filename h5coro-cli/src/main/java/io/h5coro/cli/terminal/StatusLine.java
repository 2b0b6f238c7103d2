// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The last line of a terminal, which shows how far the work is until something else is written. Thread-safe: all that
 * goes to the terminal goes through it.
 */
public final class StatusLine {
    private static final String ERASE = "\r\u001b[K";

    private final OutputStream terminal;
    private final boolean shares;

    /** Guarded by this. */
    private boolean shown;

    /** Whether data stand on the line where the status would stand. Guarded by this. */
    private boolean occupied;

    /** Guarded by this. */
    private boolean over;

    /**
     * Makes one.
     *
     * @param terminal where it is shown
     * @param shares whether data are written to the same terminal
     */
    public StatusLine(OutputStream terminal, boolean shares) {
        this.terminal = terminal;
        this.shares = shares;
    }

    /** Shows a text, in place of the one before; nothing while the line has something else on it. */
    synchronized void show(String text) {
        if (!occupied && !over) {
            print("\r" + text + "\u001b[K");
            shown = true;
        }
    }

    /** Erases the text. */
    synchronized void hide() {
        if (shown) {
            print(ERASE);
            shown = false;
        }
    }

    /** Shows nothing from now on: something else has the terminal. */
    public synchronized void end() {
        hide();
        over = true;
    }

    /** Writes data, with nothing in front of them. */
    synchronized void write(OutputStream data, byte[] bytes, int from, int count) throws IOException {
        if (count == 0) {
            return;
        }
        if (shares) {
            hide();
            occupied = bytes[from + count - 1] != '\n';
        }
        data.write(bytes, from, count);
    }

    /** Writes a message to the terminal of this line. */
    synchronized void message(byte[] bytes, int from, int count) throws IOException {
        if (count > 0) {
            hide();
            terminal.write(bytes, from, count);
            occupied = bytes[from + count - 1] != '\n';
        }
    }

    private void print(String text) {
        try {
            terminal.write(text.getBytes(StandardCharsets.UTF_8));
            terminal.flush();
        } catch (IOException e) {
            // A terminal that is gone shows no progress.
        }
    }
}
