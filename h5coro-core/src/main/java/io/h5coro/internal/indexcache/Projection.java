// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes places in one file to where the same would stand in a sibling. Immutable.
 *
 * <p>Example: a file of 1000 bytes has landmarks at 100 and 600, its sibling of 2000 bytes at 100 and 1100. What is at
 * 400 in the file is expected at 400 ({@link Way#SAME}), 800 ({@link Way#SCALED}), 100 + 300 * 1000 / 500 = 700
 * ({@link Way#BETWEEN}), 100 + 300 = 400 ({@link Way#AFTER}) or 1100 - 200 = 900 ({@link Way#BEFORE}).
 */
final class Projection {
    private final double scale;

    /** Landmarks of the file that its sibling has, too, ascending; its start and its end besides. */
    private final long[] from;

    /** The same in the sibling. */
    private final long[] to;

    /**
     * From one file to another.
     *
     * @param known the file
     * @param sizeBytes size of its sibling
     * @param landmarks of the sibling; empty when they are not known
     */
    Projection(FamilyMember known, long sizeBytes, SortedMap<Long, Long> landmarks) {
        TreeMap<Long, Long> places = new TreeMap<>();
        known.landmarks().forEach((hash, address) -> {
            Long there = landmarks.get(hash);
            if (there != null) {
                places.put(address, there);
            }
        });
        places.put(0L, 0L);
        places.put(known.sizeBytes(), sizeBytes);
        this.from = places.keySet().stream().mapToLong(Long::longValue).toArray();
        this.to = places.values().stream().mapToLong(Long::longValue).toArray();
        this.scale = (double) sizeBytes / known.sizeBytes();
    }

    /** Where a place of the file is expected in the sibling; may lie outside of it. */
    long place(long address, Way way) {
        int found = Arrays.binarySearch(from, address);
        int before = Math.max(0, Math.min(from.length - 2, found >= 0 ? found : -found - 2));
        long behindIt = address - from[before];
        long width = from[before + 1] - from[before];
        return switch (way) {
            case SAME -> address;
            case SCALED -> Math.round(address * scale);
            case BETWEEN -> to[before] + Math.round((double) behindIt * (to[before + 1] - to[before]) / width);
            case AFTER -> to[before] + behindIt;
            case BEFORE -> to[before + 1] - width + behindIt;
        };
    }

    /** The most by which a landmark is elsewhere than in proportion to the size. */
    static long deviation(FamilyMember known, long sizeBytes, SortedMap<Long, Long> landmarks) {
        Projection plain = new Projection(known, sizeBytes, new TreeMap<>());
        long most = 0;
        for (Map.Entry<Long, Long> one : known.landmarks().entrySet()) {
            Long there = landmarks.get(one.getKey());
            if (there != null) {
                most = Math.max(most, Math.abs(there - plain.place(one.getValue(), Way.SCALED)));
            }
        }
        return most;
    }
}
