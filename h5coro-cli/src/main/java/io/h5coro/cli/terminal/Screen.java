// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Standard output with what is known of how it looks; what is written erases the status first. */
public final class Screen extends OutputStream {
    private final OutputStream out;
    private final Look look;
    private final @Nullable StatusLine status;

    /**
     * Makes one over standard output.
     *
     * @param status null where none is shown
     */
    public Screen(OutputStream out, Look look, @Nullable StatusLine status) {
        this.out = out;
        this.look = look;
        this.status = status;
    }

    Look look() {
        return look;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (status == null) {
            out.write(bytes, from, count);
        } else {
            status.write(out, bytes, from, count);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
