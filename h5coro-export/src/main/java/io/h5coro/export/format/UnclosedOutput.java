// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on to another stream, which stays open when this one is closed. Confined to one thread. */
public final class UnclosedOutput extends OutputStream {
    private final OutputStream out;

    /** Passes bytes on to {@code out}. */
    public UnclosedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
    }
}
