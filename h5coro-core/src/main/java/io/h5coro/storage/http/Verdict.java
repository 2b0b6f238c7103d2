// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import java.util.OptionalLong;

/** What the head of an answer says about the range that was asked for. */
sealed interface Verdict {
    /** Whether the body may be long and nobody wants it, so that it is not even read for the sake of its connection. */
    default boolean isBodyUseless() {
        return false;
    }

    /**
     * The body holds bytes of the object, from where they were asked for.
     *
     * @param version the version they are of
     * @param lengthBytes how many; not more than asked, and fewer only at the end of the object or when the server likes it so
     */
    record Bytes(ObjectVersion version, long lengthBytes) implements Verdict {}

    /**
     * The range starts at the end of the object or behind it.
     *
     * @param size the size of the object, where the server tells it
     */
    record BehindTheEnd(OptionalLong size) implements Verdict {}

    /**
     * The object is elsewhere.
     *
     * @param location the URI reference that the server gave; may hold secrets
     */
    record Elsewhere(String location) implements Verdict {}

    /** No bytes, for this reason. */
    record Refused(Fault fault) implements Verdict {
        @Override
        public boolean isBodyUseless() {
            return fault.failure().kind() == StorageException.Kind.PROTOCOL;
        }
    }
}
