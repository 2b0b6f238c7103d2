// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LzoFilterTest {
    private static final LzoFilter FILTER = new LzoFilter();

    /** 16 literals and the end mark. */
    private static final byte[] BARE = {33, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 0, 0};

    /** Client data as PyTables 3 gives them: level, version of the object, its class. */
    private static FilterContext context(int expected, int most) {
        return new FilterContext(new int[] {1, 27, 4}, 1, expected, most);
    }

    @Test
    void readsABareBlockAsPyTablesWritesItSince2004() throws FilterDataException {
        byte[] expected = new byte[16];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) i;
        }
        for (int guess : new int[] {0, 1, 15, 16, 100}) {
            Span decoded = FILTER.decode(Span.of(BARE), context(guess, 100));
            assertArrayEquals(expected, Arrays.copyOfRange(decoded.array(), decoded.offset(), decoded.end()));
        }
    }

    @Test
    void refusesAnythingElseBehindTheEndMark() {
        for (int more : new int[] {1, 4, 7, 8, 9}) {
            byte[] stored = Arrays.copyOf(BARE, BARE.length + more);
            FilterDataException e = assertThrows(
                    FilterDataException.class, () -> FILTER.decode(Span.of(stored), context(16, 100)), "" + more);
            assertEquals(more == 8, e.getMessage().contains("16 bytes, 0 declared"), e.getMessage());
        }
    }
}
