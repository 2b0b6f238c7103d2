// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterDataException;

/** Decodes one block of a container. May keep scratch space, so an instance is confined to one task. */
@FunctionalInterface
public interface BlockCodec {
    /**
     * Decodes bytes {@code [start, end)} of {@code in}.
     *
     * @param out array that gets the bytes; {@code [outStart, outEnd)} may all be written, also behind the result
     * @return number of bytes decoded
     * @throws FilterDataException when the block is malformed or gives more than {@code outEnd - outStart} bytes
     */
    int decode(byte[] in, int start, int end, byte[] out, int outStart, int outEnd) throws FilterDataException;
}
