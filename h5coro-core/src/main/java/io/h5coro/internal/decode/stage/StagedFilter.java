// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.stage;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** A filter of ours, which decodes into buffers that it is lent. */
public interface StagedFilter extends ChunkFilter {
    /**
     * Undoes the filter for one chunk, as {@link ChunkFilter#decode} does.
     *
     * @param buffers give the array of the result. It is longer than the result and holds bytes of another chunk: the
     *     filter writes all that it hands out
     * @return the decoded bytes: in a buffer that was taken, or in the input's array
     * @throws FilterDataException when the encoder cannot have written the data
     */
    Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException;

    @Override
    default Span decode(Span input, FilterContext context) throws FilterDataException {
        return decode(input, context, new StageBuffers());
    }
}
