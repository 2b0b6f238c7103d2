// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.FileId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the global heap, which hold the values of variable length. May block on reads.
 *
 * <p>{@link ElementDecoder} asks for all objects of an array at once, so that an implementation can fetch their
 * collections in one wave; what a compound refers to by several members is announced before.
 */
public interface HeapObjects {
    /** Source and width of addresses. */
    Cursor.Origin origin();

    /** The file that references are meant in; null when nobody will follow them. */
    default @Nullable FileId file() {
        return null;
    }

    /**
     * Announces collections whose objects will be asked for; addresses relative to the base address, not checked yet.
     */
    void prefetch(Set<Long> collections);

    /**
     * Reads objects, in any order.
     *
     * @param collections address of each object's collection, relative to the base address; none is nil
     * @param indexes which object of its collection each is
     * @throws H5Exception when one does not exist or its collection is malformed, unless the receiver takes that; or
     *     when the heap cannot be read
     */
    void objects(long[] collections, long[] indexes, Receiver receiver);

    /** Takes the objects of a batch. */
    interface Receiver {
        /**
         * Takes one object, which may be longer than what refers to it says.
         *
         * @param position its place in the batch
         */
        void take(int position, Cursor object);

        /**
         * Takes an object that cannot be read, and decides whether the others go on.
         *
         * @param position its place in the batch
         * @param why what it or its collection suffers from; the default throws it
         */
        default void failed(int position, H5Exception why) {
            throw why;
        }
    }
}
