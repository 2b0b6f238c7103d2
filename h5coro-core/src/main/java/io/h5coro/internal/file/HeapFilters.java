// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.ChunkDecoder;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.format.message.FilterPipelineMessage;
import io.h5coro.internal.walk.FractalHeap;
import java.util.Arrays;

/** Undoes the filters of fractal heaps with the filters of chunks. Thread-safe. */
public final class HeapFilters implements FractalHeap.Decoder {
    private final FilterRegistry registry;

    /** Uses the filters of a registry. */
    public HeapFilters(FilterRegistry registry) {
        this.registry = registry;
    }

    /**
     * {@inheritDoc}
     *
     * @throws MalformedFileException when the filters give another number of bytes than the heap says
     */
    @Override
    public byte[] decode(Cursor pipeline, int filterMask, byte[] stored, int plainSize) {
        Where where = new Where(pipeline.origin().source(), null, pipeline.position());
        ChunkDecoder decoder = new ChunkDecoder(FilterPipelineMessage.parse(pipeline), 1, plainSize, registry);
        try {
            Span plain = decoder.decode(Span.of(stored), filterMask);
            if (plain.length() != plainSize) {
                throw new MalformedFileException(
                        where,
                        "fractal heap block decodes to " + plain.length() + " bytes, " + plainSize + " expected");
            }
            return Arrays.copyOfRange(plain.array(), plain.offset(), plain.end());
        } catch (ChunkDecodeException e) {
            throw e.at(where, "fractal heap block");
        }
    }
}
