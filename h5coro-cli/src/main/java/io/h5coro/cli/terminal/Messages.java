// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The error stream of a terminal, and the progress that is shown on it. */
public final class Messages extends PrintStream {
    private final Progress progress;

    private Messages(OutputStream out, Progress progress) {
        super(out, true, StandardCharsets.UTF_8);
        this.progress = progress;
    }

    /** Makes one whose messages erase the status first. */
    public static Messages over(StatusLine line, Progress progress) {
        return new Messages(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) throws IOException {
                        line.message(bytes, from, count);
                    }
                },
                progress);
    }

    Progress progress() {
        return progress;
    }
}
