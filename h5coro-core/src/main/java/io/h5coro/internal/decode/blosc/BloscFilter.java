// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.Spares;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

/** The Blosc filter (32001). The chunk describes itself; client data are not needed. */
public final class BloscFilter implements StagedFilter {
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
                ? StagedFilter.super.parameters(clientData)
                : BloscParameters.text(clientData);
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        BloscCodecs mine = codecs.take();
        try {
            int length = Blosc1Chunk.length(input, context);
            Span out = new Span(buffers.take(length), 0, length);
            Blosc1Chunk.decode(input, out, mine);
            return out;
        } finally {
            codecs.give(mine);
        }
    }
}
