// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.schedules.CountingStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is learnt of metadata: the longest from each place, within the bound, as it was read. */
@Tag("long")
final class IndexedBlockCacheSchedulesTest {
    private static final ReadOptions OPTIONS = ReadOptions.defaults();

    private static void read(IndexedBlockCache cache, int position, int length) {
        byte[] bytes = cache.read(position, length);
        CountingStorage.check(bytes, position, length);
        // They are the reader's.
        bytes[0] = 99;
    }

    @Test
    void theLongestFromEachPlaceIsLearntWithinTheBound() {
        explore(() -> {
            CountingStorage storage = new CountingStorage(16);
            RangeBlockCache blocks = new RangeBlockCache(storage, OPTIONS);
            CountingStorage.check(blocks.read(0, 16), 0, 16);
            long bound = StoredRanges.RANGE_COST + 5;
            IndexedBlockCache cache = new IndexedBlockCache(blocks, storage::size, StoredRanges.NONE, bound);
            together(() -> read(cache, 2, 3), () -> read(cache, 2, 5));
            int learnt = 0;
            for (StoredRanges.Piece piece : cache.learnt()) {
                CountingStorage.check(piece.bytes(), piece.offset(), piece.bytes().length);
                learnt += piece.bytes().length + (int) StoredRanges.RANGE_COST;
            }
            check(learnt > 0 && learnt <= bound, learnt + " bytes");
            blocks.close();
        });
    }
}
