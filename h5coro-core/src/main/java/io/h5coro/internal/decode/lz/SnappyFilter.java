// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** The Snappy filter (32003): one raw Snappy block, no client data. */
public final class SnappyFilter implements ChunkFilter {
    @Override
    public int id() {
        return 32003;
    }

    @Override
    public String name() {
        return "snappy";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        long declared = SnappyBlock.decodedLength(input);
        byte[] out = new byte[Lengths.output("Snappy block", declared, context)];
        SnappyBlock.decode(input, Span.of(out));
        return Span.of(out);
    }
}
