// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Filter 32019, JPEG: a chunk is a JPEG image (the filter's jpeg_h5filter.c), grey or in colours. The result has a byte
 * for each sample, red, green and blue of a pixel together, and is the one that libjpeg gives with its defaults: the
 * exact integer transform and smooth upsampling.
 */
public final class JpegFilter implements ChunkFilter {
    @Override
    public int id() {
        return 32019;
    }

    @Override
    public String name() {
        return "jpeg";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        return Span.of(new JpegImage(input, context.maximumLength()).decode());
    }
}
