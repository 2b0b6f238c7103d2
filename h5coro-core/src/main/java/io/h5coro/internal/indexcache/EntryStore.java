// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import java.util.Optional;

/** Keeps entries of objects. Thread-safe; whatever goes wrong with it is no error of anybody's read. */
interface EntryStore {
    /** Most {@linkplain StoredRanges#weight() weight} of the ranges of one entry. */
    long mostWeight();

    /** The entry for an object; empty when there is none that is whole and its own. */
    Optional<IndexEntry> load(String identity);

    /** Keeps an entry, in place of the one that is there. */
    void save(String identity, IndexEntry entry);

    /** Forgets what is known of an object. */
    void drop(String identity);
}
