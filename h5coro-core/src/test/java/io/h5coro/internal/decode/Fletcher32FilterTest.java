// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import org.junit.jupiter.api.Test;

final class Fletcher32FilterTest {
    private static final ChunkFilter FILTER = new Fletcher32Filter();

    @Test
    void findsEveryFlippedBit() {
        FilterVector v = FilterVector.of("fletcher32", "fletcher32/721");
        FilterContext context = new FilterContext(new int[0], 1, v.decoded().length, v.decoded().length);
        for (int bit = 0; bit < v.stored().length * 8; bit++) {
            byte[] data = v.stored().clone();
            data[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(FilterDataException.class, () -> FILTER.decode(Span.of(data), context), "bit " + bit);
        }
    }
}
