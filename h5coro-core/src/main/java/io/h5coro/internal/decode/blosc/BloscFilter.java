// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.Spares;

/** The Blosc filter (32001). The chunk describes itself; client data are not needed. */
public final class BloscFilter implements ChunkFilter {
    private final Spares<BloscCodecs> codecs = new Spares<>(BloscCodecs::new);

    @Override
    public int id() {
        return 32001;
    }

    @Override
    public String name() {
        return "blosc";
    }

    @Override
    public String parameters(int[] clientData) {
        return clientData.length < BloscParameters.LEAST
                ? ChunkFilter.super.parameters(clientData)
                : BloscParameters.text(clientData);
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        BloscCodecs mine = codecs.take();
        try {
            return Span.of(Blosc1Chunk.decode(input, context, mine));
        } finally {
            codecs.give(mine);
        }
    }
}
