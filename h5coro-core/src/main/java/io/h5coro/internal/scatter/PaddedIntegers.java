// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;

/**
 * Whole numbers that do not use all bits of their 1, 2, 4 or 8 bytes, as n-bit has them: copied into the result's array
 * as they are, and turned into numbers where they stand.
 */
final class PaddedIntegers extends ResultBuffer {
    private final ResultBuffer elements;
    private final IntegerDecoder numbers;

    /**
     * A buffer.
     *
     * @param elements takes numbers of the same size and order of bytes
     * @param numbers says which bits count; {@linkplain #fits fits}
     */
    PaddedIntegers(ResultBuffer elements, IntegerDecoder numbers) {
        this.elements = elements;
        this.numbers = numbers;
    }

    /** Whether a number has an array of as many bytes as it has itself. */
    static boolean fits(IntegerDecoder numbers) {
        int size = numbers.size();
        boolean hasArray = size == 1 || size == 2 || size == 4 || size == 8;
        return hasArray && numbers.order() != Order.VAX && numbers.isPossible();
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        elements.put(source, offset, copy);
    }

    @Override
    public void fill(byte[] element) {
        elements.fill(element);
    }

    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        H5Array array = elements.array(type, shape, decoder);
        if (array instanceof ByteArray bytes) {
            numbers.settle(bytes.values());
        } else if (array instanceof ShortArray shorts) {
            numbers.settle(shorts.values());
        } else if (array instanceof IntArray ints) {
            numbers.settle(ints.values());
        } else if (array instanceof LongArray longs) {
            numbers.settle(longs.values());
        }
        return array;
    }
}
