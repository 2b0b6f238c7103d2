// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import java.io.Serializable;
import java.util.Optional;

/** The entry of one object, as another process has handed it over. What is learnt besides is not kept. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // never changed
public record NotedEntry(byte[] content) implements EntryStore, Serializable {
    /** As much as an index cache keeps of a file. */
    private static final long MOST_WEIGHT = 16L << 20;

    /** Of no object. */
    public static final NotedEntry EMPTY = new NotedEntry(new byte[0]);

    @Override
    public long mostWeight() {
        return MOST_WEIGHT;
    }

    @Override
    public Optional<IndexEntry> load(String identity) {
        return IndexEntry.parse(content, identity);
    }

    @Override
    public void save(String identity, IndexEntry entry) {
        // Whoever wants to hand more over asks the session for it.
    }

    @Override
    public void drop(String identity) {
        // It is somebody else's.
    }
}
