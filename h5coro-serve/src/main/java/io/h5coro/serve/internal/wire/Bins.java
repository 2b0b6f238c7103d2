// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import java.io.IOException;
import java.io.OutputStream;
import org.msgpack.core.MessagePacker;

/**
 * A known number of bytes as an array of {@code bin}, each of at most a gigabyte: one of them holds no more than 4 GB.
 * Confined to one thread.
 */
final class Bins extends OutputStream {
    private static final long LARGEST = 1 << 30;

    private final MessagePacker out;
    private long left;
    private long leftOfBin;

    /** Writes the head of the array. */
    Bins(MessagePacker out, long bytes) throws IOException {
        this.out = out;
        this.left = bytes;
        long bins = bytes / LARGEST + (bytes % LARGEST == 0 ? 0 : 1);
        out.packArrayHeader(Math.toIntExact(Math.max(1, bins)));
        begin();
    }

    private void begin() throws IOException {
        leftOfBin = Math.min(left, LARGEST);
        out.packBinaryHeader(Math.toIntExact(leftOfBin));
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > left) {
            throw new IllegalStateException("values of more bytes than were announced");
        }
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (leftOfBin == 0) {
                begin();
            }
            int part = (int) Math.min(leftOfBin, end - from);
            out.writePayload(bytes, from, part);
            from += part;
            left -= part;
            leftOfBin -= part;
        }
    }

    /** Checks that all bytes were written. */
    void finish() {
        if (left != 0) {
            throw new IllegalStateException(left + " bytes less than were announced");
        }
    }
}
