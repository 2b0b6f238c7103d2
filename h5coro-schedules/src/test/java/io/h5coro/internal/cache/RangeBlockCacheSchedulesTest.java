// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.error.StorageFailureException;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.schedules.CountingStorage;
import org.junit.jupiter.api.Test;

/** The block cache: each block asked once, bytes right, bound kept, nothing left on the account. */
final class RangeBlockCacheSchedulesTest {
    private static final int BLOCK = 4;
    private static final int SIZE = 5 * BLOCK;

    private static SharedMemory account() {
        return new SharedMemory(1 << 20, WhenFull.WAIT);
    }

    /** Blocks of 4 bytes, of which nothing is fetched along. */
    private static RangeBlockCache cache(CountingStorage storage, SharedMemory memory, long boundBytes) {
        ReadOptions options = ReadOptions.builder()
                .memoryBudget(memory)
                .cacheBytes(boundBytes)
                .build();
        return new RangeBlockCache(storage, options, new BlockSizes(BLOCK, BLOCK, 1, 0, 2));
    }

    private static void read(RangeBlockCache cache, int position, int length) {
        CountingStorage.check(cache.read(position, length), position, length);
    }

    @Test
    void eachBlockIsAskedForOnce() {
        explore(() -> {
            SharedMemory memory = account();
            CountingStorage storage = new CountingStorage(SIZE);
            RangeBlockCache cache = cache(storage, memory, 4096);
            together(() -> read(cache, 1, 6), () -> read(cache, 5, 2));
            for (int i = 0; i < SIZE; i++) {
                check(storage.asked(i) <= 1, "byte " + i + " was asked for " + storage.asked(i) + " times");
            }
            check(cache.heldBytes() == memory.use().cacheBytes(), cache.heldBytes() + " held of " + memory);
            cache.close();
            check(memory.use().cacheBytes() == 0, "left: " + memory);
        });
    }

    @Test
    void aBlockThatDidNotComeIsAskedForAgain() {
        explore(() -> {
            SharedMemory memory = account();
            CountingStorage storage = new CountingStorage(SIZE).failing(1);
            RangeBlockCache cache = cache(storage, memory, 4096);
            together(() -> readTwice(cache), () -> readTwice(cache));
            check(storage.asked(0) == 2, "asked for " + storage.asked(0) + " times");
            cache.close();
            check(memory.use().cacheBytes() == 0, "left: " + memory);
        });
    }

    private static void readTwice(RangeBlockCache cache) {
        try {
            read(cache, 0, 4);
        } catch (StorageFailureException busy) {
            read(cache, 0, 4);
        }
    }

    /** Two blocks fit; what is under way may be beyond. */
    @Test
    void theBoundIsKeptAndNothingStaysAfterClosing() {
        explore(() -> {
            SharedMemory memory = account();
            CountingStorage storage = new CountingStorage(SIZE);
            RangeBlockCache cache = cache(storage, memory, 300);
            together(() -> read(cache, 0, 5), () -> read(cache, 12, 5));
            check(cache.heldBytes() <= 300, cache.heldBytes() + " held");
            check(cache.heldBytes() == memory.use().cacheBytes(), cache.heldBytes() + " held of " + memory);
            together(() -> read(cache, 8, 4), cache::close);
            check(memory.use().cacheBytes() == 0, "left: " + memory);
        });
    }
}
