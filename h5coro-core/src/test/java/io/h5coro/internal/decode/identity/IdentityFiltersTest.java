// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.identity;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdentityFiltersTest {
    private static final List<ChunkFilter> FILTERS = List.of(new BitGroomFilter(), new GranularBitRoundFilter());

    @Test
    void giveTheirInputUnchanged() throws FilterDataException {
        Span input = new Span(new byte[20], 3, 10);
        for (ChunkFilter filter : FILTERS) {
            assertSame(input, filter.decode(input, new FilterContext(new int[] {4, 0}, 4, 10, 10)));
        }
    }

    @Test
    void neverGiveMoreThanTheMaximum() {
        Span input = Span.of(new byte[11]);
        for (ChunkFilter filter : FILTERS) {
            assertThrows(
                    FilterDataException.class, () -> filter.decode(input, new FilterContext(new int[0], 4, 10, 10)));
        }
    }
}
