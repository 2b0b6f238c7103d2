// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.Fletcher32;

/**
 * Filter 3, fletcher32: the data, then their checksum in 4 bytes, little-endian. The result is the input without its
 * last four bytes.
 *
 * <p>Also accepted is the checksum with the bytes of each half swapped, which libhdf5 before 1.6.3 wrote on
 * little-endian machines (H5Zfletcher32.c).
 */
public final class Fletcher32Filter implements ChunkFilter {
    private static final int CHECKSUM_BYTES = 4;

    @Override
    public int id() {
        return 3;
    }

    @Override
    public String name() {
        return "fletcher32";
    }

    @Override
    public String parameters(int[] clientData) {
        return "";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        int length = input.length() - CHECKSUM_BYTES;
        if (length < 0) {
            throw new FilterDataException(input.length() + " bytes, too few for a checksum of 4");
        }
        int stored = littleEndianInt(input.array(), input.offset() + length);
        int computed = Fletcher32.checksum(input.array(), input.offset(), length);
        if (stored != computed && stored != swapHalves(computed)) {
            throw new FilterDataException(
                    String.format("checksum 0x%08x, computed 0x%08x over %d bytes", stored, computed, length));
        }
        return new Span(input.array(), input.offset(), length);
    }

    private static int littleEndianInt(byte[] b, int at) {
        return b[at] & 0xff | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
    }

    /** 0xAABBCCDD becomes 0xBBAADDCC. */
    private static int swapHalves(int checksum) {
        return checksum >>> 8 & 0x00ff00ff | (checksum & 0x00ff00ff) << 8;
    }
}
