// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.stage.Spares;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;
import java.util.Optional;

/**
 * The Blosc2 filter (32026): a contiguous frame, which may hold an n-dimensional array. It describes itself; client
 * data are not needed. (PyTables {@code blosc2_filter.c})
 */
public final class Blosc2Filter implements StagedFilter {
    private final Spares<BloscCodecs> codecs = new Spares<>(BloscCodecs::new);

    @Override
    public int id() {
        return 32026;
    }

    @Override
    public String name() {
        return "blosc2";
    }

    @Override
    public String parameters(int[] clientData) {
        return clientData.length < BloscParameters.LEAST
                ? StagedFilter.super.parameters(clientData)
                : BloscParameters.text(clientData);
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        BloscCodecs mine = codecs.take();
        try {
            return decode(Blosc2Frame.parse(input, mine), context, buffers);
        } finally {
            codecs.give(mine);
        }
    }

    private static Span decode(Blosc2Frame frame, FilterContext context, StageBuffers buffers)
            throws FilterDataException {
        Optional<Span> shape = frame.metalayer("b2nd");
        if (shape.isEmpty()) {
            // The name of the format before it became a part of Blosc2.
            shape = frame.metalayer("caterva");
        }
        if (shape.isPresent()) {
            return B2ndArray.decode(frame, B2ndShape.parse(shape.get()), context.maximumLength(), buffers);
        }
        int length = Lengths.output("Blosc2 frame", frame.length(), context);
        byte[] out = buffers.take(length);
        int chunks = frame.chunks();
        byte[] offsets = chunks == 0 ? new byte[0] : frame.offsets();
        int to = 0;
        for (int number = 0; number < chunks; number++) {
            Blosc2Chunk chunk = frame.chunk(offsets, number, length);
            for (int block = 0; block < chunk.blocks(); block++) {
                to += chunk.decodeBlock(block, out, to);
            }
        }
        return new Span(out, 0, length);
    }
}
