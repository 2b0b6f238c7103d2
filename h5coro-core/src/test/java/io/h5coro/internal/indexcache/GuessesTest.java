// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Where a sibling's structures are expected, and what is asked for because of it. */
final class GuessesTest {
    private static final int BLOCK = 1024;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Guesses guesses = new Guesses(new Guesses.Terms(BLOCK, 2, 16));

    private static List<ByteRange> places(long... offsets) {
        return LongStream.of(offsets)
                .mapToObj(offset -> new ByteRange(offset, 100))
                .toList();
    }

    private static ByteRange blocks(long first, long count) {
        return new ByteRange(first * BLOCK, count * BLOCK);
    }

    /** The example of {@link Projection}. */
    @Test
    void placesFollowFromSizeAndLandmarks() {
        FamilyMember known = new FamilyMember(1000, new TreeMap<>(Map.of(7L, 100L, 8L, 600L)), List.of());
        SortedMap<Long, Long> landmarks = new TreeMap<>(Map.of(7L, 100L, 8L, 1100L, 9L, 5L));
        Projection projection = new Projection(known, 2000, landmarks);
        assertEquals(400, projection.place(400, Way.SAME));
        assertEquals(800, projection.place(400, Way.SCALED));
        assertEquals(700, projection.place(400, Way.BETWEEN));
        assertEquals(400, projection.place(400, Way.AFTER));
        assertEquals(900, projection.place(400, Way.BEFORE));
        assertEquals(1100, projection.place(600, Way.BETWEEN));
        assertEquals(1999, projection.place(999, Way.BEFORE));
        assertEquals(100, Projection.deviation(known, 2000, landmarks));
    }

    @Test
    void withoutLandmarksAllIsInProportion() {
        FamilyMember known = new FamilyMember(1000, new TreeMap<>(Map.of(7L, 100L)), List.of());
        Projection projection = new Projection(known, 1500, new TreeMap<>());
        assertEquals(600, projection.place(400, Way.SCALED));
        assertEquals(600, projection.place(400, Way.BETWEEN));
        assertEquals(0, Projection.deviation(known, 1500, new TreeMap<>()));
    }

    @Test
    void aPlaceIsItsBlockAndTheOneThatIsNear() {
        assertEquals(
                List.of(blocks(100, 1), blocks(199, 2), blocks(300, 2)),
                guesses.add(places(100 * BLOCK + 500, 200 * BLOCK + 10, 301 * BLOCK - 110), UNKNOWN, 1 << 20, 8));
        assertEquals(5 * BLOCK, guesses.bytes());
    }

    @Test
    void whatComesWithTheFirstRequestOrLiesBehindTheEndIsNotAskedFor() {
        assertEquals(
                List.of(blocks(16, 1), blocks(49, 1)),
                guesses.add(
                        places(5 * BLOCK, 16 * BLOCK + 5, 50 * BLOCK - 110, 50 * BLOCK, 70 * BLOCK),
                        50 * BLOCK,
                        1 << 20,
                        8));
    }

    @Test
    void nothingIsAskedForTwice() {
        assertEquals(
                List.of(blocks(100, 1)),
                guesses.add(places(100 * BLOCK + 500, 100 * BLOCK + 400), UNKNOWN, 1 << 20, 8));
        assertEquals(List.of(), guesses.add(places(100 * BLOCK + 300), UNKNOWN, 1 << 20, 8));
        assertEquals(BLOCK, guesses.bytes());
    }

    /** The cache fetches a small gap along: it counts. */
    @Test
    void gapsThatAreFetchedAlongAreCounted() {
        assertEquals(
                List.of(blocks(100, 4)),
                guesses.add(places(100 * BLOCK + 500, 103 * BLOCK + 500), UNKNOWN, 1 << 20, 8));
        assertEquals(4 * BLOCK, guesses.bytes());
    }

    @Test
    void bytesAndRequestsAreBounded() {
        long[] many = LongStream.range(10, 1000).map(i -> 10 * i * BLOCK + 500).toArray();
        assertEquals(8, guesses.add(places(many), UNKNOWN, 100 * BLOCK, 8).size());
        assertEquals(8 * BLOCK, guesses.bytes());
        guesses.add(places(many), UNKNOWN, 20 * BLOCK, 1000);
        assertEquals(20 * BLOCK, guesses.bytes());
        assertEquals(List.of(), guesses.add(places(999_000_000), UNKNOWN, 20 * BLOCK, 8));
    }

    @Test
    void aFamilyIsWhatDiffersInNumbersOnly() {
        String pattern = "https://host/ATL03/006/2018/10/14/ATL03_20181014000347_02350101_006_02.h5";
        assertEquals("https://host/ATL03/#/#/#/#/ATL03_#_#_#_#.h5", FamilyName.of(pattern));
        assertEquals("s3://b/S5P_NO2_T#_a.h5", FamilyName.of("s3://b/S5P_NO2_T20200101_a.h5"));
        assertEquals("ATL06_#", FamilyName.of("ATL06_1"));
        assertEquals("g.h5", FamilyName.of("g.h5"));
    }
}
