// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.inflate.ZlibDecoder;
import io.h5coro.internal.decode.stage.Spares;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

/**
 * Filter 1, deflate: one zlib stream (RFC 1950). Its Adler-32 is verified; a stream that ends early is an error even
 * when enough bytes came out of it; bytes behind the stream are ignored, as libhdf5 does (H5Zdeflate.c).
 */
public final class DeflateFilter implements StagedFilter {
    /**
     * No deflate stream gives more than this many bytes for each of its own (258 bytes for 2 bits).
     *
     * <p>It bounds the first allocation, so a stream of few bytes does not cost a chunk's memory before it fails.
     */
    private static final int MOST_EXPANSION = 1032;

    private final Spares<ZlibDecoder> decoders = new Spares<>(ZlibDecoder::new);

    @Override
    public int id() {
        return 1;
    }

    @Override
    public String name() {
        return "deflate";
    }

    @Override
    public String parameters(int[] clientData) {
        return clientData.length > 0 ? "level " + Integer.toUnsignedString(clientData[0]) : "";
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        long most = MOST_EXPANSION * (long) input.length();
        int guess = (int) Math.min(most, context.expectedLength());
        ZlibDecoder decoder = decoders.take();
        try {
            return decoder.decode(input, guess, context.maximumLength(), buffers);
        } finally {
            decoders.give(decoder);
        }
    }
}
