// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.cli.terminal.Look;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Where output goes: buffered bytes, or nowhere. Confined to one thread. */
public final class Sink {
    /** The output takes nothing any more: nothing more to do. */
    public static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /**
         * Whether the reader of the output is gone, as with {@code | head}: nothing to say. A full disk is another
         * matter.
         */
        public boolean isPipe() {
            return getMessage() == null
                    || getMessage().toLowerCase(java.util.Locale.ROOT).contains("pipe");
        }
    }

    private final OutputStream out;
    /** False for {@link #nowhere()}: then a page need not lay anything out. */
    private final boolean open;
    /**
     * Whether text is made visible. The bytes pass a filter then, which keeps line breaks; {@link #oneLine} escapes
     * those.
     */
    private final boolean terminal;

    private final Look look;

    private Sink(OutputStream out, boolean open, boolean terminal) {
        this.out = new BufferedOutputStream(terminal ? VisibleText.over(out) : out, 1 << 16);
        this.open = open;
        this.terminal = terminal;
        this.look = Look.of(out);
    }

    /** Writes to a stream byte for byte, through a buffer. */
    public static Sink to(OutputStream out) {
        return new Sink(out, true, false);
    }

    /** To standard output: where that is a terminal, what would act on it is made visible. */
    public static Sink standard(OutputStream out) {
        return new Sink(out, true, VisibleText.isTerminal("stdout"));
    }

    /** As {@link #to}, with what would act on a terminal made visible, wherever the output goes. */
    public static Sink visible(OutputStream out) {
        return new Sink(out, true, true);
    }

    /** Takes everything and keeps nothing. */
    public static Sink nowhere() {
        return new Sink(OutputStream.nullOutputStream(), false, false);
    }

    /** Returns how text for a person looks. */
    public Look look() {
        return look;
    }

    boolean isOpen() {
        return open;
    }

    /** Text from a file that is to stay on its line: a line break in a name fakes a line on a terminal. */
    public String oneLine(String text) {
        return terminal ? VisibleText.of(text) : text;
    }

    /**
     * Writes the bytes {@code [from, to)} of a text.
     *
     * @throws Closed when the output takes nothing any more
     */
    public void write(ByteText text, int from, int to) {
        try {
            text.writeTo(out, from, to);
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    /**
     * Writes the bytes {@code [from, to)}.
     *
     * @throws Closed when the output takes nothing any more
     */
    public void write(byte[] bytes, int from, int to) {
        try {
            out.write(bytes, from, to - from);
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    /**
     * Writes a text in UTF-8.
     *
     * @throws Closed when the output takes nothing any more
     */
    public void write(String text) {
        try {
            out.write(ByteText.bytes(text));
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new Closed(e);
        }
    }
}
