// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.driver.Placement.Run;
import org.junit.jupiter.api.Test;

final class MemberMapTest {
    private static final long HALF = Long.MIN_VALUE;

    /** 10 bytes from 0 on, 20 from 2^63 on, 5 from 2^62 on: in this order they become 35 bytes. */
    private final MemberMap map = new MemberMap(new long[] {0, HALF, 1L << 62}, new long[] {10, 20, 5});

    @Test
    void addressesFarApartBecomeNeighbours() {
        assertEquals(35, map.size());
        assertEquals(3, map.place(3));
        assertEquals(10, map.place(HALF));
        assertEquals(15, map.place(HALF + 5));
        assertEquals(30, map.place(1L << 62));
    }

    @Test
    void theFirstAddressBehindAMemberIsItsEnd() {
        assertEquals(10, map.place(10));
        assertEquals(30, map.place(HALF + 20));
        assertEquals(35, map.place((1L << 62) + 5));
    }

    @Test
    void addressesInNoMemberHaveNoPlace() {
        for (long address : new long[] {11, (1L << 62) - 1, (1L << 62) + 6, HALF - 1, HALF + 21, -1}) {
            assertEquals(-1, map.place(address), Long.toHexString(address));
        }
        assertEquals(-1, new MemberMap(new long[] {100}, new long[] {10}).place(99));
    }

    @Test
    void findsTheMemberOfAPlace() {
        assertEquals(new Run(0, 9, 1), map.runAt(9));
        assertEquals(new Run(1, 0, 20), map.runAt(10));
        assertEquals(new Run(2, 4, 1), map.runAt(34));
    }

    @Test
    void emptyMembersHoldNothing() {
        MemberMap gap = new MemberMap(new long[] {0, 100, 200}, new long[] {5, 0, 5});
        assertEquals(new Run(2, 0, 5), gap.runAt(5));
        assertEquals(5, gap.place(100));
        assertEquals(-1, gap.place(101));
    }
}
