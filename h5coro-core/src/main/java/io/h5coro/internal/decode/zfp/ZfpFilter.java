// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Filter 32013, ZFP (codec version 5, that of zfp 0.5 to 1.0), in each of its modes: fixed rate, fixed precision, fixed
 * accuracy, reversible and expert.
 *
 * <p>Client data: versions; then zfp's stream header as a sequence of 32-bit words (H5Zzfp.c), see {@link ZfpHeader}.
 * The chunk is the stream without its header. Numbers come out in the byte order of the machine that wrote them, which
 * shows in the order of the header's bytes.
 */
public final class ZfpFilter implements ChunkFilter {
    @Override
    public int id() {
        return 32013;
    }

    @Override
    public String name() {
        return "zfp";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        if (context.clientDataCount() < 2) {
            throw new FilterDataException(context.clientDataCount() + " client data values, too few for a header");
        }
        ZfpHeader header = ZfpHeader.parse(context.clientData());
        long length = header.type().bytes();
        for (int i = 0; i < header.rank(); i++) {
            length *= header.dimension(i); // at the most 2^48 for all, 2^3 for the type
        }
        if (length > context.maximumLength()) {
            throw new FilterDataException(
                    header + " has " + length + " bytes, at the most " + context.maximumLength() + " fit");
        }
        byte[] output = new byte[(int) length];
        new ZfpArray(header, new ZfpBits(input.array(), input.offset(), input.length()), output).decode();
        return Span.of(output);
    }
}
