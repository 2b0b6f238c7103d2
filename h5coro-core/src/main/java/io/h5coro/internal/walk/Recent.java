// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structures parsed last, by address, within a bound of bytes. Thread-safe.
 *
 * @param <T> an immutable structure
 */
final class Recent<T> {
    private final Map<Long, Entry<T>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long boundBytes;
    private long bytes;

    private record Entry<T>(T structure, long bytes) {}

    Recent(long boundBytes) {
        this.boundBytes = boundBytes;
    }

    synchronized @Nullable T get(long address) {
        Entry<T> entry = entries.get(address);
        return entry == null ? null : entry.structure();
    }

    synchronized boolean contains(long address) {
        return entries.containsKey(address);
    }

    /** Keeps a structure and gives up the longest unused ones. */
    synchronized void put(long address, T structure, long size) {
        Entry<T> old = entries.put(address, new Entry<>(structure, size));
        bytes += size - (old == null ? 0 : old.bytes());
        Iterator<Entry<T>> oldest = entries.values().iterator();
        while (bytes > boundBytes && entries.size() > 1) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }
}
