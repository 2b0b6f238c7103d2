// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.filter.Span;
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.storage.ByteRange;
import java.util.List;

/**
 * Values that are stored as they are.
 *
 * @param range where they stand
 * @param parts where they go; not changed
 */
record PlainPiece(ByteRange range, List<Part> parts) implements Piece {
    /**
     * What goes to one place.
     *
     * @param offset byte of the range at which the first element begins; before it, where the range begins with a
     *     member of that element
     * @param copy from there
     */
    record Part(int offset, ElementCopy copy) {}

    @Override
    public void put(Span plain, ResultBuffer result) {
        for (Part part : parts) {
            result.put(plain.array(), plain.offset() + part.offset, part.copy);
        }
    }
}
