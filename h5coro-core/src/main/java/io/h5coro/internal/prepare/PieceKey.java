// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.storage.ByteRange;

/**
 * What tells the pieces of one file from each other: two with the same key give the same bytes.
 *
 * @param dataset address of the header that says how the piece is decoded; -1 for values that are stored as they are
 * @param address first stored byte, in the source
 * @param storedSize stored bytes
 * @param filterMask filters that were skipped
 */
public record PieceKey(long dataset, long address, long storedSize, int filterMask) {
    /** Values that are stored as they are. */
    static PieceKey plain(ByteRange range) {
        return new PieceKey(-1, range.offset(), range.length(), 0);
    }
}
