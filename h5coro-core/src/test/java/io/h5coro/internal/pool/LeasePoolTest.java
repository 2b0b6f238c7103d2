// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Items by name, on a clock of the test. What files make of it is in H5FilesTest. */
final class LeasePoolTest {
    private static final long AGE = 100;

    private long now;
    private final LeasePool<Counted> pool = new LeasePool<>(new LeasePool.Terms(1, AGE, () -> now));

    private static final class Counted implements LeasePool.Item {
        private int closings;

        @Override
        public boolean isStale(boolean isAged) {
            return isAged;
        }

        @Override
        public void close() {
            closings++;
        }
    }

    private Leased<Counted> take(String name) {
        now++;
        return pool.take(name, item -> true, Counted::new).orElseThrow();
    }

    @Test
    void oneNameIsOneItemWhileItIsUsedAndAfterwards() {
        Leased<Counted> one = take("a");
        now += 2 * AGE;
        assertSame(one.item(), take("a").item());
        assertEquals(1, pool.size());
        pool.giveBack(one);
        assertEquals(0, one.item().closings);
    }

    @Test
    void anItemThatDoesNotFitIsClosedAfterItsLastUser() {
        Leased<Counted> one = take("a");
        Leased<Counted> other =
                pool.take("a", item -> item != one.item(), Counted::new).orElseThrow();
        assertNotSame(one.item(), other.item());
        assertEquals(0, one.item().closings);
        assertEquals(2, pool.size());
        pool.giveBack(one);
        assertEquals(1, one.item().closings);
        assertSame(other.item(), take("a").item());
    }

    @Test
    void theOneThatWasIdleLongestIsClosedFirst() {
        Leased<Counted> a = take("a");
        Leased<Counted> b = take("b");
        pool.giveBack(b);
        now++;
        pool.giveBack(a);
        assertEquals(1, b.item().closings);
        assertEquals(0, a.item().closings);
    }

    @Test
    void anIdleItemThatIsOldIsReplaced() {
        Leased<Counted> old = take("a");
        pool.giveBack(old);
        now += AGE;
        assertNotSame(old.item(), take("a").item());
        assertEquals(1, old.item().closings);
    }

    @Test
    void onceNoneIsKeptThoseInUseAreClosedWhenTheyAreGivenBack() {
        Leased<Counted> idle = take("a");
        Leased<Counted> used = take("b");
        pool.giveBack(idle);
        pool.keepNone();
        assertEquals(1, idle.item().closings);
        assertEquals(0, used.item().closings);
        pool.giveBack(used);
        assertEquals(1, used.item().closings);
        assertEquals(0, pool.size());
    }

    @Test
    void aForgottenItemIsNotShared() {
        Leased<Counted> failed = take("a");
        pool.forget(failed);
        assertNotSame(failed.item(), take("a").item());
    }

    @Test
    void closingClosesAllAndGivesNoneFromThenOn() {
        Leased<Counted> used = take("a");
        pool.close();
        assertEquals(1, used.item().closings);
        assertTrue(pool.take("a", item -> true, Counted::new).isEmpty());
        pool.giveBack(used);
        assertFalse(pool.size() > 0);
    }
}
