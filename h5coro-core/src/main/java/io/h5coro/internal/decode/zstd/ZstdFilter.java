// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.Spares;

/** The Zstandard filter (32015): plain frames. Client data (the level) are not needed. */
public final class ZstdFilter implements ChunkFilter {
    private final Spares<ZstdDecoder> decoders = new Spares<>(ZstdDecoder::new);

    @Override
    public int id() {
        return 32015;
    }

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public String parameters(int[] clientData) {
        return clientData.length > 0 ? "level " + clientData[0] : "";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        long bound = ZstdDecoder.lengthBound(input);
        byte[] out = new byte[(int) Math.min(bound, context.maximumLength())];
        ZstdDecoder decoder = decoders.take();
        try {
            return new Span(out, 0, decoder.decode(input, Span.of(out)));
        } finally {
            decoders.give(decoder);
        }
    }
}
