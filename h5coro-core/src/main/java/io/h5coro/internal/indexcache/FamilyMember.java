// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where metadata were read in one file, and where its landmarks are. Immutable.
 *
 * @param sizeBytes size of the file, positive
 * @param landmarks addresses by a hash of what stands there, which is the same in each file of the family
 * @param ranges what was read behind the first request, ascending, apart from one another, all inside of the file
 */
record FamilyMember(long sizeBytes, SortedMap<Long, Long> landmarks, List<ByteRange> ranges) {
    /** A file in which more was read, a walk through it for example, is remembered in part. */
    static final int MOST_RANGES = 1024;

    /** Groups in the root of a file are few; more of them would not be more exact. */
    static final int MOST_LANDMARKS = 256;

    /** Ranges with less between them are remembered as one. */
    private static final int JOINED_GAP = 4 << 10;

    /** One range is not longer: what stands there is asked for as one, and a name list of a huge group is not. */
    static final int LONGEST_RANGE = 1 << 20;

    FamilyMember {
        landmarks = new TreeMap<>(landmarks);
        ranges = List.copyOf(ranges);
    }

    /**
     * A member of what was read, in any order; what is too much is left out.
     *
     * @param read the lengths of reads by their offsets
     */
    static FamilyMember of(long sizeBytes, SortedMap<Long, Long> landmarks, NavigableMap<Long, Integer> read) {
        List<ByteRange> joined = new ArrayList<>();
        ByteRange last = null;
        for (var one : read.entrySet()) {
            long start = one.getKey();
            long end = Math.min(sizeBytes, start + Math.min(LONGEST_RANGE, one.getValue()));
            if (start >= end) {
                continue;
            }
            if (last != null
                    && start - last.end() <= JOINED_GAP
                    && Math.max(end, last.end()) - last.offset() <= LONGEST_RANGE) {
                last = new ByteRange(last.offset(), Math.max(end, last.end()) - last.offset());
                joined.set(joined.size() - 1, last);
            } else if (joined.size() < MOST_RANGES && (last == null || start >= last.end())) {
                last = new ByteRange(start, end - start);
                joined.add(last);
            }
        }
        return new FamilyMember(sizeBytes, landmarks, joined);
    }

    /** The same file, of which this and another one know a part each. */
    FamilyMember with(FamilyMember other) {
        NavigableMap<Long, Integer> both = new TreeMap<>();
        for (FamilyMember one : List.of(this, other)) {
            one.ranges.forEach(range -> both.merge(range.offset(), (int) range.length(), Math::max));
        }
        return of(sizeBytes, landmarks.isEmpty() ? other.landmarks : landmarks, both);
    }

    /** Whether both are, as far as one can tell, the same file. */
    boolean isLike(FamilyMember other) {
        return sizeBytes == other.sizeBytes && landmarks.equals(other.landmarks);
    }
}
