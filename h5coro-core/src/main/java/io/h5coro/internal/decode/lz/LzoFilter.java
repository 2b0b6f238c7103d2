// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.zip.Adler32;

/**
 * The LZO filter of PyTables (305; {@code H5Zlzo.c}): an LZO1X block, behind it the Adler-32 of the decoded bytes and
 * their number, 4 bytes each, little-endian. Client data: [0] level, [1] version of the object, [2] its class; tables (0)
 * before version 20 lack what is behind the block.
 */
public final class LzoFilter implements ChunkFilter {
    private static final int TRAILER = 8;
    private static final int TABLE = 0;
    private static final int FIRST_VERSION_WITH_TRAILER = 20;

    @Override
    public int id() {
        return 305;
    }

    @Override
    public String name() {
        return "lzo";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        byte[] in = input.array();
        if (context.clientData(2, TABLE + 1) == TABLE
                && context.clientData(1, FIRST_VERSION_WITH_TRAILER) < FIRST_VERSION_WITH_TRAILER) {
            byte[] out = new byte[context.maximumLength()];
            int length = LzoBlock.decode(in, input.offset(), input.end(), out, 0, out.length);
            return new Span(out, 0, length);
        }
        Lengths.header("LZO", input, TRAILER);
        int end = input.end() - TRAILER;
        byte[] out = new byte[Lengths.output("LZO chunk", WideBytes.intAt(in, end + 4), context)];
        Lengths.exact("LZO chunk", LzoBlock.decode(in, input.offset(), end, out, 0, out.length), out.length);
        Adler32 sum = new Adler32();
        sum.update(out);
        int stored = WideBytes.intAt(in, end);
        if ((int) sum.getValue() != stored) {
            throw new FilterDataException("LZO checksum is 0x" + Long.toHexString(sum.getValue()) + ", 0x"
                    + Integer.toHexString(stored) + " expected");
        }
        return Span.of(out);
    }
}
