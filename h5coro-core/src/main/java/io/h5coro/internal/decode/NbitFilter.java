// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

/**
 * Filter 5, n-bit: only the significant bits of each number are stored (H5Znbit.c).
 *
 * <p>Client data: their count; 1 when nothing was packed; number of elements; then the type, see {@link NbitType}. Bits
 * that were not stored are 0 in the result.
 *
 * <pre>
 * index  client data
 * 0      number of values, this one included
 * 1      not 0: the chunk is stored as it is
 * 2      number of elements of the chunk
 * 3-     the type
 * </pre>
 */
public final class NbitFilter implements StagedFilter {
    private static final int TYPE_AT = 3;

    @Override
    public int id() {
        return 5;
    }

    @Override
    public String name() {
        return "nbit";
    }

    @Override
    public String parameters(int[] clientData) {
        return "";
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        if (context.clientDataCount() < 2 || context.clientData(0, 0) != context.clientDataCount()) {
            throw new FilterDataException(context.clientDataCount() + " client data values, the first of them says "
                    + context.clientData(0, 0));
        }
        if (context.clientData(1, 0) != 0) {
            return input;
        }
        long count = context.clientData(2, 0);
        NbitType type = new NbitType.Parser(context.clientData(), TYPE_AT).parse();
        if (type.size() == 0 || count > context.maximumLength() / type.size()) {
            throw new FilterDataException(count + " elements of " + type.size() + " bytes, at the most "
                    + context.maximumLength() + " bytes fit");
        }
        BitSource bits = new BitSource(input, 0);
        bits.require(count, type.bits());
        int length = (int) (count * type.size());
        Span output = new Span(buffers.take(length), 0, length);
        type.unpackAll(bits, output);
        return output;
    }
}
