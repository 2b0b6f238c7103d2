// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;

/** Bits of a byte range, first byte and lowest bit first. For the short headers only. Confined to one task. */
final class ForwardBits {
    private final byte[] in;
    private final int start;
    private final int end;
    private int taken;

    ForwardBits(byte[] in, int start, int end) {
        this.in = in;
        this.start = start;
        this.end = end;
    }

    /**
     * The next bits.
     *
     * @param count 0 to 16
     * @throws FilterDataException when the range has fewer
     */
    int take(int count) throws FilterDataException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int at = start + (taken >>> 3);
            if (at >= end) {
                throw new FilterDataException("Zstandard distribution ends within its description");
            }
            value |= ((in[at] >>> (taken & 7)) & 1) << i;
            taken++;
        }
        return value;
    }

    /** The index behind the last byte of which a bit was taken. */
    int endOfBytes() {
        return start + ((taken + 7) >>> 3);
    }
}
