// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.storage.ByteRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values kept in memory: whole or not at all, within their bound, and off the account once they are forgotten. */
final class MemoryTierSchedulesTest {
    /** Hashes take thousands of steps. */
    private static final ObjectKey KEY = new ObjectKey("the object", "0123456789abcdef");

    private static void keep(MemoryTier tier, int offset) {
        boolean kept = tier.write(KEY, List.of(Stretch.of(offset, new byte[] {(byte) offset})))
                .isPresent();
        check(kept, "not kept");
    }

    private static void read(MemoryTier tier) {
        for (Entry entry : tier.entries(KEY)) {
            ByteRange range = entry.ranges().get(0);
            byte[] bytes = tier.read(KEY, entry, range);
            check(bytes == null || bytes.length == 1 && bytes[0] == range.offset(), "other bytes");
        }
    }

    /** One entry fits, of 257 bytes. Few are written: to make a name takes many steps. */
    @Test
    void theBoundIsKeptAndNothingStaysOnceItIsForgotten() {
        explore(() -> {
            SharedMemory memory = new SharedMemory(1 << 20, WhenFull.WAIT);
            MemoryTier tier = new MemoryTier(300, memory);
            keep(tier, 1);
            together(() -> keep(tier, 2), () -> tier.reclaim(100));
            check(tier.weight() <= 300, tier.weight() + " bytes");
            check(tier.weight() == memory.use().cacheBytes(), tier.weight() + " of " + memory);
            together(() -> read(tier), () -> tier.forget("the object"));
            check(tier.weight() == 0 && tier.entries(KEY).isEmpty(), "left: " + tier.weight());
            check(memory.use().cacheBytes() == 0, "left: " + memory);
        });
    }
}
