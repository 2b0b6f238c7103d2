// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.object.ObjectVersion;

/** What an answer says about the range that was asked for. */
sealed interface Verdict {
    /**
     * The body holds bytes of the object, from where they were asked for.
     *
     * @param version the version they are of
     * @param lengthBytes how many; not more than asked, and fewer only at the end of the object or when the server
     *     likes it so
     * @param isAnnounced whether the end of the body is known without what follows it
     */
    record Bytes(ObjectVersion version, long lengthBytes, boolean isAnnounced) implements Verdict {}

    /**
     * The body holds the whole object, whose size is told by its end alone.
     *
     * @param version without a size
     * @param mostBytes the length of the range, which begins with the object; with more than this it is no answer
     * @param complaint what to say then
     */
    record Whole(ObjectVersion version, long mostBytes, String complaint) implements Verdict {}

    /**
     * The object ends before the end of the range, perhaps before its start.
     *
     * @param sizeBytes the size of the object
     */
    record Ends(long sizeBytes) implements Verdict {}

    /**
     * The object is elsewhere.
     *
     * @param location the URI reference that the server gave; may hold secrets
     */
    record Elsewhere(String location) implements Verdict {}

    /** No bytes, for this reason. */
    record Refused(Fault fault) implements Verdict {}
}
