// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Filter 32018, FCIDECOMP: a chunk is a JPEG-LS image (H5Zjpegls.c). All that decoding needs is in the image's own
 * markers; samples of more than 8 bits come out little-endian, in 2 bytes.
 */
public final class FcidecompFilter implements ChunkFilter {
    @Override
    public int id() {
        return 32018;
    }

    @Override
    public String name() {
        return "fcidecomp";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        return Span.of(new JpegLsImage(input, context.maximumLength()).decode());
    }
}
