// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoredIndexTest {
    private static final int TIERS = 3;
    private static final int BYTES = 300;

    private static Entry entry(String name, long... fromTo) {
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = 0; i < fromTo.length; i += 2) {
            ranges.add(range(fromTo[i], fromTo[i + 1]));
        }
        return new Entry(name, ranges);
    }

    private static ByteRange range(long from, long to) {
        return new ByteRange(from, to - from);
    }

    @Test
    void aRangeIsMadeUpOfTheFirstTiersThatHaveIt() {
        StoredIndex index = new StoredIndex(2);
        index.add(0, entry("a", 100, 200));
        index.add(1, entry("b", 0, 150, 200, 250));
        List<StoredIndex.Part> parts = index.find(range(50, 220));
        assertNotNull(parts);
        assertEquals(
                List.of("1b[50, 150)", "0a[150, 200)", "1b[200, 220)"),
                parts.stream()
                        .map(part -> part.tier() + part.entry().name() + part.range())
                        .toList());
        assertNull(index.find(range(220, 300)));
        assertEquals(range(250, 300), index.missing(range(220, 300)));
        assertEquals(0, index.missing(range(0, 250)).length());
    }

    @Test
    void whatIsMissingReachesFromTheFirstByteToTheLast() {
        StoredIndex index = new StoredIndex(1);
        index.add(0, entry("a", 0, 10, 20, 30, 40, 50));
        assertEquals(range(10, 40), index.missing(range(5, 45)));
        assertEquals(range(10, 20), index.missing(range(0, 30)));
        assertEquals(range(50, 60), index.missing(range(45, 60)));
        assertEquals(range(60, 70), index.missing(range(60, 70)));
        assertEquals(0, index.missing(range(25, 25)).length());
    }

    /** Against a set of the bytes that are there; those that two entries had may be gone with one of them. */
    @Test
    void findsWhatIsThereWhateverWasAddedAndRemoved() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            boolean removes = seed % 2 == 0;
            StoredIndex index = new StoredIndex(TIERS);
            List<Entry> entries = new ArrayList<>();
            List<Integer> tiers = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                if (removes && !entries.isEmpty() && random.nextInt(5) == 0) {
                    int gone = random.nextInt(entries.size());
                    index.remove(tiers.remove(gone), entries.remove(gone));
                } else {
                    long from = random.nextInt(BYTES);
                    long to = from + 1 + random.nextInt(40);
                    entries.add(entry("e" + step, from, to, to + 1, to + 1 + random.nextInt(9)));
                    tiers.add(random.nextInt(TIERS));
                    index.add(tiers.get(tiers.size() - 1), entries.get(entries.size() - 1));
                }
                long from = random.nextInt(BYTES);
                check(index, entries, new ByteRange(from, 1 + random.nextInt(80)), !removes);
            }
        }
    }

    private static void check(StoredIndex index, List<Entry> entries, ByteRange wanted, boolean exact) {
        BitSet there = new BitSet();
        entries.forEach(entry -> entry.ranges().forEach(range -> there.set((int) range.offset(), (int) range.end())));
        int from = (int) wanted.offset();
        int to = (int) wanted.end();
        List<StoredIndex.Part> parts = index.find(wanted);
        ByteRange missing = index.missing(wanted);
        assertEquals(parts != null, missing.length() == 0);
        assertTrue(wanted.contains(missing));
        if (parts != null) {
            long at = from;
            for (StoredIndex.Part part : parts) {
                assertEquals(at, part.range().offset());
                assertTrue(entries.contains(part.entry()), "an entry that was not removed");
                assertTrue(part.entry().ranges().stream().anyMatch(range -> range.contains(part.range())));
                at = part.range().end();
            }
            assertEquals(to, at);
        }
        if (exact) {
            int first = there.nextClearBit(from);
            assertEquals(first < to, parts == null);
            if (parts == null) {
                assertEquals(range(first, there.previousClearBit(to - 1) + 1L), missing);
            }
        }
    }
}
