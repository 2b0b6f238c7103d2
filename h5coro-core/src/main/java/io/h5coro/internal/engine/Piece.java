// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.filter.Span;
import io.h5coro.storage.ByteRange;

/** A stored run of bytes that a result needs: an encoded chunk, or values as they are. */
interface Piece {
    /** Its place in the source. */
    ByteRange range();

    /**
     * Decodes and copies into the result; the destinations of different pieces are disjoint.
     *
     * @param stored exactly the bytes of the range; not changed
     */
    void scatter(Span stored, DatasetRead read);

    /** Whether it is a whole chunk that goes through the decoder. */
    boolean isEncoded();
}
