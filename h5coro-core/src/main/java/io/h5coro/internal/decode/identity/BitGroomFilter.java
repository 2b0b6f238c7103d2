// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.identity;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** The BitGroom filter (32022): it set low mantissa bits to a pattern; there is nothing to undo. */
public final class BitGroomFilter implements ChunkFilter {
    @Override
    public int id() {
        return 32022;
    }

    @Override
    public String name() {
        return "bitgroom";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        return Unchanged.within(input, context);
    }
}
