// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import org.junit.jupiter.api.Test;

final class ShuffleFilterTest {
    private static final ChunkFilter FILTER = new ShuffleFilter();

    @Test
    void copiesTheBytesBehindTheLastElement() throws FilterDataException {
        byte[] stored = {1, 4, 2, 5, 3, 6, 7, 8};
        Span decoded = FILTER.decode(Span.of(stored), new FilterContext(new int[] {3}, 1, 8, 8));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, EncodedChunk.bytes(decoded));
    }

    @Test
    void takesTheElementSizeOfTheTypeWhereTheFileGivesNone() throws FilterDataException {
        byte[] stored = {1, 3, 2, 4};
        Span decoded = FILTER.decode(Span.of(stored), new FilterContext(new int[0], 2, 4, 4));
        assertArrayEquals(new byte[] {1, 2, 3, 4}, EncodedChunk.bytes(decoded));
    }

    @Test
    void rejectsElementSizeZero() {
        FilterContext context = new FilterContext(new int[] {0}, 2, 4, 4);
        assertThrows(FilterDataException.class, () -> FILTER.decode(Span.of(new byte[4]), context));
    }
}
