// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class FilterContextTest {
    @Test
    void clientDataAreUnsignedAndMayBeAbsent() {
        FilterContext context = new FilterContext(new int[] {6, -1}, 4, 400, 800);
        assertEquals(2, context.clientDataCount());
        assertEquals(6, context.clientData(0, 9));
        assertEquals(0xffff_ffffL, context.clientData(1, 9));
        assertEquals(9, context.clientData(2, 9));
        assertEquals(-1, context.clientData(100, -1));
    }

    @Test
    void nobodyChangesItsClientData() {
        int[] data = {1, 2};
        FilterContext context = new FilterContext(data, 4, 400, 800);
        data[0] = 7;
        context.clientData()[1] = 8;
        assertArrayEquals(new int[] {1, 2}, context.clientData());
        assertEquals("FilterContext[1, 2]", context.toString());
    }
}
