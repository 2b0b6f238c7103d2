// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

/** The LZF filter of h5py (32000): a bare LibLZF block. Client data (revision, version, chunk size) are not needed. */
public final class LzfFilter implements StagedFilter {
    @Override
    public int id() {
        return 32000;
    }

    @Override
    public String name() {
        return "lzf";
    }

    @Override
    public String parameters(int[] clientData) {
        return "";
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        Lengths.header("LZF", input, 1);
        byte[] in = input.array();
        long declared = LzfBlock.decodedLength(in, input.offset(), input.end());
        int length = Lengths.output("LZF block", declared, context);
        Span out = new Span(buffers.take(length), 0, length);
        LzfBlock.decode(input, out);
        return out;
    }
}
