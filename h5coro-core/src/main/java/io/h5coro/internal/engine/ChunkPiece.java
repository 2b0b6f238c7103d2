// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.FilterException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.storage.ByteRange;
import java.util.Arrays;
import java.util.BitSet;

/** An encoded chunk, for one or more boxes of one selection. */
final class ChunkPiece implements Piece {
    private final ChunkRecord record;
    private final long address;
    private final ChunkedSelection selection;
    private final BitSet boxes = new BitSet();

    /**
     * A chunk.
     *
     * @param address its place in the source
     */
    ChunkPiece(ChunkRecord record, long address, ChunkedSelection selection) {
        this.record = record;
        this.address = address;
        this.selection = selection;
    }

    /** Adds a box that needs the chunk. */
    ChunkPiece add(int box) {
        boxes.set(box);
        return this;
    }

    @Override
    public ByteRange range() {
        return new ByteRange(address, record.storedSize());
    }

    @Override
    public void scatter(Span stored, DatasetRead read) {
        Span plain = decoded(stored, read);
        for (int box = boxes.nextSetBit(0); box >= 0; box = boxes.nextSetBit(box + 1)) {
            StridedCopy copy = selection.copy(record.coordinate(), box);
            read.buffer().put(plain.array(), plain.offset(), copy);
        }
    }

    private Span decoded(Span stored, DatasetRead read) {
        try {
            return selection.decoder().decode(stored, record.filterMask());
        } catch (ChunkDecodeException e) {
            Where where = new Where(read.where().source(), read.where().object(), address);
            String problem = "chunk " + Arrays.toString(record.coordinate()) + ": " + e.getMessage();
            throw e.filterId() == 0
                    ? new MalformedFileException(where, problem, e)
                    : new FilterException(where, problem, e.filterId(), e.unsupported(), e);
        }
    }

    @Override
    public boolean isEncoded() {
        return true;
    }
}
