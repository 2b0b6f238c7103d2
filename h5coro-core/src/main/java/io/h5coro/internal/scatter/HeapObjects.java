// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.bytes.Cursor;
import java.util.Set;

/**
 * The objects of the global heap, which hold the values of variable length. May block on reads.
 *
 * <p>{@link ElementDecoder} announces all collections that an array refers to before it asks for the first object, so
 * that an implementation can fetch them in one wave.
 */
public interface HeapObjects {
    /** Source and width of addresses. */
    Cursor.Origin origin();

    /** Announces collections whose objects will be asked for; addresses relative to the base address. */
    void prefetch(Set<Long> collections);

    /**
     * The bytes of an object, not to be changed; longer than what refers to it says, at times.
     *
     * @throws io.h5coro.error.H5Exception when there is none, or the heap is malformed
     */
    byte[] object(long collection, long index);
}
