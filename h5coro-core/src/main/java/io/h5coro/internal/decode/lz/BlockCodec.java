// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** Decodes one block of a container. May keep scratch space, so an instance is confined to one task. */
@FunctionalInterface
public interface BlockCodec {
    /**
     * Decodes a block.
     *
     * @param room gets the bytes, and may all be written, also behind the result
     * @return number of bytes decoded
     * @throws FilterDataException when the block is malformed or gives more than there is room for
     */
    int decode(Span block, Span room) throws FilterDataException;
}
