// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.pool;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Shared items: made once for all who want them at once, closed once, and not while they are used. */
final class LeasePoolSchedulesTest {
    private static final class File implements LeasePool.Item {
        private final AtomicInteger open;
        private final AtomicInteger users = new AtomicInteger();
        private final AtomicInteger closings = new AtomicInteger();
        private volatile boolean stale;

        File(AtomicInteger open) {
            this.open = open;
            open.incrementAndGet();
        }

        @Override
        public boolean isStale(boolean isAged) {
            return stale;
        }

        @Override
        public void close() {
            check(closings.incrementAndGet() == 1, "closed twice");
            open.decrementAndGet();
        }
    }

    private static LeasePool<File> pool(int mostIdle) {
        return new LeasePool<>(new LeasePool.Terms(mostIdle, Long.MAX_VALUE, () -> 0));
    }

    private static void use(LeasePool<File> pool, String name, AtomicInteger open, boolean goesStale) {
        Optional<Leased<File>> taken = pool.take(name, file -> true, () -> new File(open));
        taken.ifPresent(lease -> {
            File file = lease.item();
            file.users.incrementAndGet();
            check(file.closings.get() == 0, "closed while it is used");
            if (goesStale) {
                file.stale = true;
            }
            check(file.closings.get() == 0, "closed while it is used");
            file.users.decrementAndGet();
            pool.giveBack(lease);
        });
    }

    @Test
    void oneItemIsSharedByAllWhoWantItAtOnceAndClosedAfterTheLast() {
        explore(() -> {
            LeasePool<File> pool = pool(0);
            AtomicInteger open = new AtomicInteger();
            together(
                    () -> use(pool, "a", open, false),
                    () -> use(pool, "a", open, true),
                    () -> use(pool, "a", open, false));
            check(open.get() == 0, open.get() + " are open");
            check(pool.size() == 0, pool.size() + " are left");
        });
    }

    @Test
    void idleItemsStayUpToTheirNumber() {
        explore(() -> {
            LeasePool<File> pool = pool(1);
            AtomicInteger open = new AtomicInteger();
            together(() -> use(pool, "a", open, false), () -> use(pool, "b", open, false), pool::keepNone);
            check(open.get() == 0, open.get() + " are open");
        });
    }

    @Test
    void closingClosesAllOnce() {
        explore(() -> {
            LeasePool<File> pool = pool(1);
            AtomicInteger open = new AtomicInteger();
            together(
                    () -> pool.take("a", file -> true, () -> new File(open)).ifPresent(pool::giveBack),
                    () -> pool.take("a", file -> false, () -> new File(open)).ifPresent(pool::giveBack),
                    pool::close);
            check(open.get() == 0, open.get() + " are open");
            check(pool.take("a", file -> true, () -> new File(open)).isEmpty(), "a closed pool gave an item");
        });
    }
}
