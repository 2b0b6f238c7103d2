// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.bitshuffle.ByteTranspose;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

/**
 * Filter 2, shuffle: the first bytes of all elements, then all second bytes, and so on. Client data 0 is the element
 * size (not the dataset's: shuffle may follow other filters); bytes behind the last whole element are as they were
 * (H5Zshuffle.c).
 *
 * <p>Example: elements of 4 bytes A0 A1 A2 A3, B0 B1 B2 B3 and a byte X behind them are stored as A0 B0 A1 B1 A2 B2 A3
 * B3 X.
 */
public final class ShuffleFilter implements StagedFilter {
    @Override
    public int id() {
        return 2;
    }

    @Override
    public String name() {
        return "shuffle";
    }

    @Override
    public String parameters(int[] clientData) {
        return "";
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        long size = context.clientData(0, context.elementSize());
        if (size == 0) {
            throw new FilterDataException("element size 0");
        }
        if (size == 1 || size > input.length() / 2) {
            return input; // at most one whole element
        }
        byte[] output = buffers.take(input.length());
        int elementSize = (int) size;
        ByteTranspose.undo(elementSize, input.array(), input.offset(), output, 0, input.length());
        return new Span(output, 0, input.length());
    }
}
