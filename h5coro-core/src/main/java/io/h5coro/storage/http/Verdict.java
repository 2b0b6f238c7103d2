// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.object.ObjectVersion;

/** What a response means for the range that was requested. */
sealed interface Verdict {
    /**
     * The body holds bytes of the object, from the start of the requested range.
     *
     * @param version version they are of
     * @param lengthBytes number of bytes: not more than requested, and fewer at the end of the object or when the
     *     server sends a shorter part
     * @param isAnnounced whether the end of the body is known without what follows it
     */
    record Bytes(ObjectVersion version, long lengthBytes, boolean isAnnounced) implements Verdict {}

    /**
     * The body holds the whole object, whose size is known only when the body ends.
     *
     * @param version without a size
     * @param mostBytes length of the range, which starts with the object; a longer body does not match the request
     * @param complaint the message for a longer body
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

    /**
     * No bytes came that can be used.
     *
     * @param fault the reason, and whether another request can help
     */
    record Refused(Fault fault) implements Verdict {}
}
