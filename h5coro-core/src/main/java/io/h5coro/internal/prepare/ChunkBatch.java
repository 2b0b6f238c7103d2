// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.filter.Span;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.storage.ByteRange;

/**
 * Many small chunks that stand near each other in the file. They are decoded one by one as they are put, by each who
 * wants them: what is shared are their stored bytes. Immutable.
 *
 * @param copies where their values go
 * @param first the first of them in their list, which is not changed
 * @param content what the piece holds
 */
record ChunkBatch(ChunkCopies copies, ChunkList.Reader first, Content content) implements Piece {
    /**
     * The chunks of a piece.
     *
     * @param range from the first to the last one, with the gaps between them
     * @param bytes stored bytes of the chunks
     * @param count chunks
     * @param encoded those of them that go through the decoder
     * @param heldBytes its part of the list of all chunks
     */
    record Content(ByteRange range, long bytes, int count, int encoded, long heldBytes) {}

    @Override
    public ByteRange range() {
        return content.range;
    }

    @Override
    public long wantedBytes() {
        return content.bytes;
    }

    @Override
    public int encodedChunks() {
        return content.encoded;
    }

    @Override
    public long workBytes() {
        return content.encoded == 0 ? 0 : copies.workBytes();
    }

    @Override
    public long heldBytes() {
        return content.heldBytes;
    }

    @Override
    public void put(Span stored, ResultBuffer result) {
        copies.put(stored, this, result);
    }
}
