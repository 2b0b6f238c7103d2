// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.internal.driver.Placement.Run;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    @Test
    void familyMembersFollowOneAnother() {
        Placement family = Placement.family(100);
        assertEquals(new Run(0, 0, 100), family.runAt(0));
        assertEquals(new Run(0, 99, 1), family.runAt(99));
        assertEquals(new Run(1, 0, 100), family.runAt(100));
        assertEquals(new Run(7, 42, 58), family.runAt(742));
        assertThrows(ArithmeticException.class, () -> family.runAt(Long.MAX_VALUE));
    }

    /** Stripes of 10 bytes over 3 subfiles: 0 1 2 | 0 1 2 | ... */
    @Test
    void stripesAreDealtInTurn() {
        Placement stripes = Placement.stripes(10, 3);
        assertEquals(new Run(0, 0, 10), stripes.runAt(0));
        assertEquals(new Run(1, 3, 7), stripes.runAt(13));
        assertEquals(new Run(2, 9, 1), stripes.runAt(29));
        assertEquals(new Run(0, 10, 10), stripes.runAt(30));
        assertEquals(new Run(1, 25, 5), stripes.runAt(75));
    }
}
