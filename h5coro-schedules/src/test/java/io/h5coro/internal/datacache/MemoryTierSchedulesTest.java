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

/** Data kept in memory: what is read is what was written, within the bound, and the account agrees. */
final class MemoryTierSchedulesTest {
    private static final ObjectKey KEY = new ObjectKey("0a", "0b");
    private static final ObjectKey OTHER = new ObjectKey("0a", "0c");

    private static void write(MemoryTier tier, ObjectKey key, int offset) {
        byte[] bytes = {(byte) offset, (byte) (offset + 1)};
        tier.write(key, List.of(Stretch.of(offset, bytes))).ifPresent(entry -> {
            byte[] read = tier.read(key, entry, new ByteRange(offset + 1, 1));
            check(read == null || read[0] == offset + 1, "other bytes");
        });
    }

    /** Two entries fit, of 258 bytes each. */
    @Test
    void whatIsReadIsWhatWasWrittenAndTheBoundIsKept() {
        explore(() -> {
            SharedMemory memory = new SharedMemory(1 << 20, WhenFull.WAIT);
            MemoryTier tier = new MemoryTier(520, memory);
            together(
                    () -> write(tier, KEY, 0), () -> write(tier, OTHER, 0), () -> {
                        tier.forgetOthers(KEY);
                        tier.reclaim(1);
                    });
            check(tier.weight() <= 520, tier.weight() + " bytes");
            check(tier.weight() == memory.use().cacheBytes(), tier.weight() + " of " + memory);
            tier.forget("0a");
            check(memory.use().cacheBytes() == 0, "left: " + memory);
        });
    }
}
