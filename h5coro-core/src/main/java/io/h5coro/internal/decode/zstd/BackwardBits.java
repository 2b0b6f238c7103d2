// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;

/**
 * Bits of a byte range, last byte and highest bit first, behind the highest set bit of the last byte. For the short
 * stream of Huffman weights; the long streams are decoded with their bits in local variables. Confined to one task.
 */
final class BackwardBits {
    private final byte[] in;
    private final int start;
    private int remaining;

    /**
     * Opens the stream {@code [start, end)}.
     *
     * @throws FilterDataException when the range is empty or its last byte is 0
     */
    BackwardBits(byte[] in, int start, int end) throws FilterDataException {
        this.in = in;
        this.start = start;
        this.remaining = (end - start) * 8 - padding(in, start, end);
    }

    /**
     * Number of bits at the end of a stream that are no data: zeros and the mark.
     *
     * <p>Example: last byte 0b00010110 has three zeros and the mark, so 4.
     *
     * @return 1 to 8
     * @throws FilterDataException when the range is empty or its last byte is 0
     */
    static int padding(byte[] in, int start, int end) throws FilterDataException {
        if (start >= end || in[end - 1] == 0) {
            throw new FilterDataException("Zstandard bit stream has no end mark");
        }
        return Integer.numberOfLeadingZeros(in[end - 1] & 0xff) - 23;
    }

    /** Number of bits left. */
    int remaining() {
        return remaining;
    }

    /**
     * The next bits.
     *
     * @throws FilterDataException when fewer than {@code count} are left
     */
    int take(int count) throws FilterDataException {
        if (count > remaining) {
            throw new FilterDataException("Zstandard bit stream is too short");
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            remaining--;
            value = value << 1 | ((in[start + (remaining >>> 3)] >>> (remaining & 7)) & 1);
        }
        return value;
    }
}
