// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Entries in memory, which give way to results. Thread-safe; does not block. */
final class MemoryTier implements Tier, SharedMemory.Reclaimable {
    private static final long LARGEST_ENTRY = 8L << 20;

    /** No entry takes more than this part of the bound. */
    private static final int LEAST_ENTRIES = 16;

    /** What an entry costs besides its bytes, and each of its ranges. */
    private static final int RANGE_BYTES = 256;

    private final long maxBytes;
    private final SharedMemory memory;
    private final SharedMemory.Share share;

    /** The least recently used first. */
    @GuardedBy("this")
    private final Map<Place, List<Stretch>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** Invariant: what all entries weigh, which the share is charged. */
    @GuardedBy("this")
    private long weight;

    private record Place(ObjectKey key, String name) {}

    MemoryTier(long maxBytes, SharedMemory memory) {
        this.maxBytes = maxBytes;
        this.memory = memory;
        this.share = memory.register(this);
    }

    @Override
    public long mostEntryBytes() {
        return Math.min(LARGEST_ENTRY, maxBytes / LEAST_ENTRIES);
    }

    @Override
    public synchronized List<Entry> entries(ObjectKey key) {
        List<Entry> found = new ArrayList<>();
        entries.forEach((place, stretches) -> {
            if (place.key.equals(key)) {
                found.add(entry(place.name, stretches));
            }
        });
        return found;
    }

    private static Entry entry(String name, List<Stretch> stretches) {
        return new Entry(name, stretches.stream().map(Stretch::range).toList());
    }

    @Override
    public byte @Nullable [] read(ObjectKey key, Entry entry, ByteRange range) {
        List<Stretch> stretches;
        synchronized (this) {
            stretches = entries.getOrDefault(new Place(key, entry.name()), List.of());
        }
        for (Stretch stretch : stretches) {
            if (stretch.range().contains(range)) {
                return stretch.copy(range);
            }
        }
        return null;
    }

    @Override
    public Optional<Entry> write(ObjectKey key, List<Stretch> stretches) {
        List<Stretch> own = stretches.stream().map(Stretch::alone).toList();
        String name =
                EntryName.of(key, own.stream().map(Stretch::range).toList()).text();
        synchronized (this) {
            List<Stretch> before = entries.put(new Place(key, name), own);
            add(weight(own) - (before == null ? 0 : weight(before)));
            shrink(Math.max(weight - maxBytes, memory.excess()));
        }
        return Optional.of(entry(name, own));
    }

    private static long weight(List<Stretch> stretches) {
        return stretches.stream()
                .mapToLong(s -> (long) s.length() + RANGE_BYTES)
                .sum();
    }

    @GuardedBy("this")
    private void add(long more) {
        weight += more;
        share.charge(more);
    }

    /** Forgets entries of at least so many bytes, or all. */
    @GuardedBy("this")
    private void shrink(long bytes) {
        long least = weight - bytes;
        Iterator<List<Stretch>> oldest = entries.values().iterator();
        while (weight > least && oldest.hasNext()) {
            add(-weight(oldest.next()));
            oldest.remove();
        }
    }

    @Override
    public synchronized void reclaim(long bytes) {
        shrink(bytes);
    }

    @Override
    public void forgetOthers(ObjectKey key) {
        forget(other -> other.object().equals(key.object()) && !other.equals(key));
    }

    @Override
    public void forget(String object) {
        forget(key -> key.object().equals(object));
    }

    private synchronized void forget(Predicate<ObjectKey> wanted) {
        Iterator<Map.Entry<Place, List<Stretch>>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Place, List<Stretch>> one = all.next();
            if (wanted.test(one.getKey().key)) {
                add(-weight(one.getValue()));
                all.remove();
            }
        }
    }

    /** Bytes held. */
    synchronized long weight() {
        return weight;
    }
}
