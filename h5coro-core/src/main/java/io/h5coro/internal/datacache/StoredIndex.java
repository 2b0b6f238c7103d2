// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of which tiers hold which bytes of one version of an object. Guarded by its user.
 *
 * <p>Example: tier 0 holds [100, 200), tier 1 holds [0, 150) and [200, 250). The range [50, 220) is [50, 150) of tier
 * 1, [150, 200) of tier 0 and [200, 220) of tier 1. The range [220, 300) lacks [250, 300).
 */
final class StoredIndex {
    /** One for each tier. Invariant: the parts of a tier do not overlap. */
    private final List<NavigableMap<Long, Part>> tiers = new ArrayList<>();

    StoredIndex(int tiers) {
        for (int i = 0; i < tiers; i++) {
            this.tiers.add(new TreeMap<>());
        }
    }

    /** Bytes that one entry holds. */
    record Part(int tier, Entry entry, ByteRange range) {}

    /** Adds what an entry holds, as far as no other entry of its tier does. */
    void add(int tier, Entry entry) {
        entry.ranges().forEach(range -> add(tier, entry, range));
    }

    private void add(int tier, Entry entry, ByteRange range) {
        NavigableMap<Long, Part> parts = tiers.get(tier);
        long from = range.offset();
        while (from < range.end()) {
            Map.Entry<Long, Part> before = parts.floorEntry(from);
            if (before != null && before.getValue().range.end() > from) {
                from = before.getValue().range.end();
                continue;
            }
            Long next = parts.higherKey(from);
            long to = next == null ? range.end() : Math.min(next, range.end());
            parts.put(from, new Part(tier, entry, new ByteRange(from, to - from)));
            from = to;
        }
    }

    /** Forgets an entry that is gone. */
    void remove(int tier, Entry entry) {
        NavigableMap<Long, Part> parts = tiers.get(tier);
        for (ByteRange range : entry.ranges()) {
            parts.subMap(range.offset(), range.end())
                    .values()
                    .removeIf(part -> part.entry.name().equals(entry.name()));
        }
    }

    /** The parts that make up a range, in ascending order; null when some of it is missing. */
    @Nullable
    List<Part> find(ByteRange range) {
        List<Part> found = new ArrayList<>();
        long at = range.offset();
        while (at < range.end()) {
            Part part = at(at);
            if (part == null) {
                return null;
            }
            long end = Math.min(part.range.end(), range.end());
            found.add(new Part(part.tier, part.entry, new ByteRange(at, end - at)));
            at = end;
        }
        return found;
    }

    /**
     * What has to be fetched of a range: from the first byte that is missing to the last one.
     *
     * @return empty when nothing is
     */
    ByteRange missing(ByteRange range) {
        long from = range.offset();
        for (Part part = at(from); part != null && from < range.end(); part = at(from)) {
            from = part.range.end();
        }
        if (from >= range.end()) {
            return new ByteRange(range.end(), 0);
        }
        long to = range.end();
        for (Part part = at(to - 1); part != null && to > from; part = at(to - 1)) {
            to = part.range.offset();
        }
        return new ByteRange(from, to - from);
    }

    /** What holds a byte. */
    private @Nullable Part at(long offset) {
        for (NavigableMap<Long, Part> parts : tiers) {
            Map.Entry<Long, Part> before = parts.floorEntry(offset);
            if (before != null && before.getValue().range.end() > offset) {
                return before.getValue();
            }
        }
        return null;
    }
}
