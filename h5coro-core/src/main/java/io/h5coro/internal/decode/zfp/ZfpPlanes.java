// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * Reads the bit planes of a block, the most significant first. Confined to one task.
 *
 * <p>A plane starts with a bit of each coefficient that had a one bit in a plane before, n of them. Then follow groups:
 * a 1 says that there is another one bit, and 0 bits up to it move n; a 0 ends the plane. Of the last coefficient the 1
 * alone is enough.
 */
final class ZfpPlanes {
    private final ZfpBits bits;
    private final int width;
    private final int size;
    private long[] target = {};
    private int left;

    /**
     * Planes of a stream.
     *
     * @param width bits of a coefficient, 32 or 64
     * @param size coefficients of a block
     */
    ZfpPlanes(ZfpBits bits, int width, int size) {
        this.bits = bits;
        this.width = width;
        this.size = size;
    }

    /** Reads a block's planes, at the most {@code mostBits} bits; returns the bits read. */
    int read(long[] coefficients, int mostBits, int mostPlanes) throws FilterDataException {
        Arrays.fill(coefficients, 0);
        target = coefficients;
        // a limit that no block reaches is none
        int limit = (mostPlanes + 1) * size - 1 > mostBits ? mostBits : Integer.MAX_VALUE;
        left = limit;
        int known = 0;
        int lowest = Math.max(0, width - mostPlanes);
        for (int plane = width - 1; plane >= lowest && left > 0; plane--) {
            readKnown(plane, Math.min(known, left));
            known = readGroups(plane, known);
        }
        return limit - left;
    }

    private void readKnown(int plane, int count) throws FilterDataException {
        left -= count;
        for (int from = 0; from < count; from += Long.SIZE) {
            long ones = bits.read(Math.min(Long.SIZE, count - from));
            while (ones != 0) {
                target[from + Long.numberOfTrailingZeros(ones)] |= 1L << plane;
                ones &= ones - 1;
            }
        }
    }

    private int readGroups(int plane, int known) throws FilterDataException {
        int n = known;
        while (left > 0 && n < size) {
            left--;
            if (!bits.readBit()) {
                break;
            }
            while (left > 0 && n < size - 1) {
                left--;
                if (bits.readBit()) {
                    break;
                }
                n++;
            }
            target[n] |= 1L << plane;
            n++;
        }
        return n;
    }
}
