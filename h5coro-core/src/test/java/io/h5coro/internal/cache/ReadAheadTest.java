// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When what stands behind a pointer's target is fetched along, as a chain of reads far from one another asks. */
@Timeout(60)
final class ReadAheadTest {
    private static final int BLOCK = 1024;
    private static final int AHEAD = 4;

    private final ScriptedReader storage = new ScriptedReader(new byte[1 << 20]);
    private final RangeBlockCache cache =
            new RangeBlockCache(storage, ReadOptions.defaults(), new BlockSizes(BLOCK, 4 * BLOCK, AHEAD, 0, 1000));

    /** Blocks of each request that a chain of so many reads sends, from a block on, twenty blocks apart. */
    private List<Integer> chain(int from, int reads) {
        storage.forget();
        for (int i = 0; i < reads; i++) {
            cache.read((long) (from + 20 * i) * BLOCK, 10);
        }
        List<Integer> blocks = new ArrayList<>();
        for (ByteRange range : storage.asked()) {
            blocks.add((int) (range.length() / BLOCK));
        }
        return blocks;
    }

    @Test
    void endsWhenThreeGuessesBroughtNothing() {
        cache.read(0, 1);
        assertEquals(List.of(AHEAD, AHEAD, AHEAD, 1, 1), chain(100, 5));
    }

    @Test
    void goesOnForSixMoreWhereOneWasRight() {
        cache.read(0, 1);
        assertEquals(List.of(AHEAD, AHEAD, AHEAD, 1), chain(100, 4));
        cache.read(101 * BLOCK, 10);
        assertEquals(
                List.of(AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, 1), chain(300, 8), "two wrong ones before");
    }

    @Test
    void aGuessIsRightOnceHoweverMuchOfItIsWanted() {
        cache.read(0, 1);
        assertEquals(List.of(AHEAD), chain(100, 1));
        cache.read(101 * BLOCK, 10);
        cache.prefetch(List.of(new ByteRange(102 * BLOCK, 10)));
        cache.read(103 * BLOCK, 10);
        assertEquals(List.of(AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD, 1), chain(300, 10));
    }

    /** Block 101 to 103 are there by the first guess: nothing is fetched behind blocks 100, 99 and 98 but them. */
    @Test
    void aGuessForWhichNothingIsFetchedIsNotWrong() {
        cache.read(0, 1);
        assertEquals(List.of(AHEAD), chain(100, 1));
        cache.read(99 * BLOCK, 10);
        cache.read(98 * BLOCK, 10);
        cache.read(97 * BLOCK, 10);
        assertEquals(List.of(AHEAD), chain(300, 1));
    }

    @Test
    void whatWasAskedForItselfIsNoGuess() {
        cache.read(0, 1);
        assertEquals(List.of(AHEAD, AHEAD, AHEAD), chain(100, 3));
        cache.read(100 * BLOCK, 10);
        assertEquals(List.of(1), chain(300, 1));
    }
}
