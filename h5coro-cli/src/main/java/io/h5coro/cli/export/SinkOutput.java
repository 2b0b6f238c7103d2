// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import io.h5coro.cli.text.Sink;
import java.io.OutputStream;

/** A sink as a stream. That the output takes nothing any more is a {@link Sink.Closed}. Confined to one thread. */
final class SinkOutput extends OutputStream {
    private final Sink sink;
    private final byte[] one = new byte[1];

    SinkOutput(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int b) {
        one[0] = (byte) b;
        sink.write(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        sink.write(bytes, from, from + count);
    }
}
