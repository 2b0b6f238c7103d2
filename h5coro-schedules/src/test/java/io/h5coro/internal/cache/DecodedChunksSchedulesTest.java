// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.filter.Span;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.MemoryBudget.WhenFull;
import org.junit.jupiter.api.Test;

/** Decoded chunks that are kept: within their bound, whole, and off the account once they are closed. */
final class DecodedChunksSchedulesTest {
    private static Span chunk(int value) {
        return Span.of(new byte[] {(byte) value});
    }

    /** Two chunks fit, of 129 bytes each. */
    @Test
    void theBoundIsKeptAndNothingStaysAfterClosing() {
        explore(() -> {
            SharedMemory memory = new SharedMemory(1 << 20, WhenFull.WAIT);
            DecodedChunks chunks = new DecodedChunks(260, memory);
            together(
                    () -> {
                        chunks.keep("a", chunk(1));
                        chunks.keep("c", chunk(3));
                    },
                    () -> {
                        chunks.keep("b", chunk(2));
                        byte[] kept = chunks.get("a");
                        check(kept == null || kept[0] == 1, "another chunk");
                    },
                    () -> chunks.reclaim(100));
            check(chunks.weight() <= 260, chunks.weight() + " bytes");
            check(chunks.weight() == memory.use().cacheBytes(), chunks.weight() + " of " + memory);
            together(() -> chunks.keep("d", chunk(4)), chunks::close);
            check(chunks.isEmpty() && memory.use().cacheBytes() == 0, "left: " + memory);
        });
    }
}
