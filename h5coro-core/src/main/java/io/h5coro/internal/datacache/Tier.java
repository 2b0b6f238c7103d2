// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place that keeps data within a bound. Nothing that fails in it is an error of a read. Thread-safe; may block. */
interface Tier {
    /** Most bytes of one entry; 0 when it keeps nothing. */
    long mostEntryBytes();

    /** What is here of a version. */
    List<Entry> entries(ObjectKey key);

    /**
     * Bytes of an entry; counts as use.
     *
     * @param range inside of one of its ranges
     * @return null when the entry is gone, or is damaged, and then deleted
     */
    byte @Nullable [] read(ObjectKey key, Entry entry, ByteRange range);

    /**
     * Keeps bytes.
     *
     * @param stretches ascending and disjoint, together at most {@link #mostEntryBytes()}
     * @return the new entry; empty when it was not kept
     */
    Optional<Entry> write(ObjectKey key, List<Stretch> stretches);

    /** Deletes what is kept of other versions of the same object. */
    void forgetOthers(ObjectKey key);

    /** Deletes all that is kept of an object. */
    void forget(String object);
}
