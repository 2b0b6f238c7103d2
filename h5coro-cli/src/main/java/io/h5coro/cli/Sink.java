// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Where output goes: buffered bytes, or nowhere. Confined to one thread. */
final class Sink {
    /** The output takes nothing any more: nothing more to do. */
    static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /**
         * Whether the reader of the output is gone, as with {@code | head}: nothing to say. A full disk is another
         * matter.
         */
        boolean isPipe() {
            return getMessage() == null
                    || getMessage().toLowerCase(java.util.Locale.ROOT).contains("pipe");
        }
    }

    private final OutputStream out;
    private final boolean open;

    private Sink(OutputStream out, boolean open) {
        this.out = out;
        this.open = open;
    }

    static Sink to(OutputStream out) {
        return new Sink(new BufferedOutputStream(out, 1 << 16), true);
    }

    /** Takes everything and keeps nothing. */
    static Sink nowhere() {
        return new Sink(OutputStream.nullOutputStream(), false);
    }

    boolean isOpen() {
        return open;
    }

    void write(ByteText text, int from, int to) {
        try {
            text.writeTo(out, from, to);
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    void write(byte[] bytes, int from, int to) {
        try {
            out.write(bytes, from, to - from);
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    void write(String text) {
        try {
            out.write(ByteText.bytes(text));
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    void flush() {
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
