// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.zip.Adler32;

/**
 * The LZO filter of PyTables (305; {@code H5Zlzo.c}): an LZO1X block. Releases of 2003 wrote the Adler-32 of the
 * decoded bytes and their number behind it, 4 bytes each, little-endian; those since 2004 write nothing. The client
 * data do not tell the two from each other, the block's end mark does.
 */
public final class LzoFilter implements ChunkFilter {
    private static final int TRAILER = 8;

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
        LzoBlock.Decoded block;
        byte[] out = new byte[Math.min(context.expectedLength(), context.maximumLength())];
        try {
            block = LzoBlock.decode(input, out);
        } catch (FilterDataException e) {
            if (out.length == context.maximumLength()) {
                throw e;
            }
            // The expected length may be a guess.
            out = new byte[context.maximumLength()];
            block = LzoBlock.decode(input, out);
        }
        if (block.end() != input.end()) {
            checkTrailer(new Span(input.array(), block.end(), input.end() - block.end()), out, block.length());
        }
        return new Span(out, 0, block.length());
    }

    private static void checkTrailer(Span trailer, byte[] decoded, int length) throws FilterDataException {
        if (trailer.length() != TRAILER) {
            throw new FilterDataException("LZO block with " + trailer.length() + " bytes behind its end mark, none or "
                    + TRAILER + " expected");
        }
        Lengths.exact("LZO chunk", length, WideBytes.intAt(trailer.array(), trailer.offset() + 4));
        Adler32 sum = new Adler32();
        sum.update(decoded, 0, length);
        int stored = WideBytes.intAt(trailer.array(), trailer.offset());
        if ((int) sum.getValue() != stored) {
            throw new FilterDataException("LZO checksum is 0x" + Long.toHexString(sum.getValue()) + ", 0x"
                    + Integer.toHexString(stored) + " expected");
        }
    }
}
