// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What was parsed last, by address, within a bound of bytes or of whatever else its weights count. Thread-safe.
 *
 * @param <T> an immutable structure
 */
public final class Recent<T> {
    @GuardedBy("this")
    private final UseOrder<Long, Entry<T>> entries = new UseOrder<>();

    private final long bound;

    /** Invariant: the sum of all weights, above the bound only while there is one entry. */
    @GuardedBy("this")
    private long weight;

    private record Entry<T>(T structure, long weight) {}

    /** Nothing yet. */
    public Recent(long bound) {
        this.bound = bound;
    }

    /** A structure; null when it is not here. */
    public synchronized @Nullable T get(long address) {
        Entry<T> entry = entries.get(address);
        return entry == null ? null : entry.structure();
    }

    /** Whether a structure is here; does not count as use. */
    public synchronized boolean contains(long address) {
        return entries.has(address);
    }

    /** Keeps a structure and gives up the longest unused ones. */
    public synchronized void put(long address, T structure, long itsWeight) {
        Entry<T> old = entries.put(address, new Entry<>(structure, itsWeight));
        weight += itsWeight - (old == null ? 0 : old.weight());
        Iterator<Entry<T>> oldest = entries.oldestFirst();
        while (weight > bound && entries.size() > 1) {
            weight -= oldest.next().weight();
            oldest.remove();
        }
    }
}
