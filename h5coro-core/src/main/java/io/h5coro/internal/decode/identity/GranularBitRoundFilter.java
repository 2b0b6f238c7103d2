// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.identity;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** The Granular BitRound filter (32023): it rounded mantissas; there is nothing to undo. */
public final class GranularBitRoundFilter implements ChunkFilter {
    @Override
    public int id() {
        return 32023;
    }

    @Override
    public String name() {
        return "granular-bitround";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        return Unchanged.within(input, context);
    }
}
