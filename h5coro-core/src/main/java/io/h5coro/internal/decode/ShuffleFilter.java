// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Filter 2, shuffle: the first bytes of all elements, then all second bytes, and so on. Client data 0 is the element
 * size (not the dataset's: shuffle may follow other filters); bytes behind the last whole element are as they were
 * (H5Zshuffle.c).
 */
public final class ShuffleFilter implements ChunkFilter {
    @Override
    public int id() {
        return 2;
    }

    @Override
    public String name() {
        return "shuffle";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        long size = context.clientData(0, context.elementSize());
        if (size == 0) {
            throw new FilterDataException("element size 0");
        }
        if (size == 1 || size > input.length() / 2) {
            return input; // at most one whole element
        }
        byte[] output = new byte[input.length()];
        int elementSize = (int) size;
        int count = input.length() / elementSize;
        Unshuffle.unshuffle(input.array(), input.offset(), output, elementSize, count);
        int whole = count * elementSize;
        System.arraycopy(input.array(), input.offset() + whole, output, whole, input.length() - whole);
        return Span.of(output);
    }
}
