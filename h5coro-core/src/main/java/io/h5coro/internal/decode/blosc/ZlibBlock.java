// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A zlib stream as a block. */
final class ZlibBlock {
    private ZlibBlock() {}

    /**
     * Decodes one stream; the parameters and the result are those of a
     * {@link io.h5coro.internal.decode.lz.BlockCodec}.
     *
     * @throws FilterDataException when the stream is malformed, truncated, or gives more than there is room for
     */
    static int decode(Span block, Span room) throws FilterDataException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(block.array(), block.offset(), block.length());
            int at = room.offset();
            while (!inflater.finished()) {
                int count = inflater.inflate(room.array(), at, room.end() - at);
                at += count;
                if (count == 0 && !inflater.finished()) {
                    throw new FilterDataException("zlib stream of " + block.length() + " bytes does not end in "
                            + room.length() + " decoded bytes");
                }
            }
            return at - room.offset();
        } catch (DataFormatException e) {
            throw new FilterDataException("zlib stream: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
