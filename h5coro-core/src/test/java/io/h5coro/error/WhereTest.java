// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

final class WhereTest {
    @Test
    void saysSourceObjectAndHexadecimalAddressAsFarAsTheyAreKnown() {
        assertEquals("a.h5", Where.source("a.h5").toString());
        assertEquals("a.h5: /x", Where.object("a.h5", "/x").toString());
        assertEquals("a.h5: /x @ 0x1a2b", new Where("a.h5", "/x", 0x1a2b).toString());
        assertEquals("a.h5 @ 0x0", new Where("a.h5", null, 0).toString());
    }

    @Test
    void theFirstObjectThatIsNamedStays() {
        Where place = new Where("a.h5", null, 7);
        assertEquals(new Where("a.h5", "/x", 7), place.in("/x"));
        Where named = place.in("/x");
        assertSame(named, named.in("/y"));
    }
}
