// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShuffleFilterTest extends FilterContract {
    @Override
    ChunkFilter filter() {
        return new ShuffleFilter();
    }

    @Override
    List<FilterVector> vectors() {
        return FilterVector.group("basic").stream()
                .filter(v -> v.name().contains("shuffle"))
                .toList();
    }

    @Test
    void copiesTheBytesBehindTheLastElement() throws FilterDataException {
        byte[] stored = {1, 4, 2, 5, 3, 6, 7, 8};
        Span decoded = filter().decode(Span.of(stored), new FilterContext(new int[] {3}, 1, 8, 8));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, copy(decoded));
    }

    @Test
    void takesTheElementSizeOfTheTypeWhereTheFileGivesNone() throws FilterDataException {
        byte[] stored = {1, 3, 2, 4};
        Span decoded = filter().decode(Span.of(stored), new FilterContext(new int[0], 2, 4, 4));
        assertArrayEquals(new byte[] {1, 2, 3, 4}, copy(decoded));
    }

    @Test
    void rejectsElementSizeZero() {
        FilterContext context = new FilterContext(new int[] {0}, 2, 4, 4);
        assertThrows(FilterDataException.class, () -> filter().decode(Span.of(new byte[4]), context));
    }
}
