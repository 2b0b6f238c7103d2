// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.filter.Span;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.storage.ByteRange;

/**
 * Values that are stored as they are.
 *
 * @param range where they stand
 * @param copy where they go, from the start of the range
 */
record PlainPiece(ByteRange range, StridedCopy copy) implements Piece {
    @Override
    public void put(Span plain, ResultBuffer result) {
        result.put(plain.array(), plain.offset(), copy);
    }
}
