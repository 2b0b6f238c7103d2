// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
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
    static int decode(byte[] in, int start, int end, byte[] out, int outStart, int outEnd) throws FilterDataException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in, start, end - start);
            int at = outStart;
            while (!inflater.finished()) {
                int count = inflater.inflate(out, at, outEnd - at);
                at += count;
                if (count == 0 && !inflater.finished()) {
                    throw new FilterDataException("zlib stream of " + (end - start) + " bytes does not end in "
                            + (outEnd - outStart) + " decoded bytes");
                }
            }
            return at - outStart;
        } catch (DataFormatException e) {
            throw new FilterDataException("zlib stream: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
