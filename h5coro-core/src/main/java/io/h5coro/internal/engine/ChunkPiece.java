// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.FilterException;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.storage.ByteRange;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** An encoded chunk, for one or more boxes of one selection. */
final class ChunkPiece implements Piece {
    private final ChunkRecord record;
    private final long address;
    private final ChunkedSelection selection;
    private final int box;

    /** The boxes besides the first; hardly ever any, and there may be a million chunks. */
    private @Nullable BitSet others;

    /**
     * A chunk.
     *
     * @param address its place in the source
     * @param box the box of the selection that needs it
     */
    ChunkPiece(ChunkRecord record, long address, ChunkedSelection selection, int box) {
        this.record = record;
        this.address = address;
        this.selection = selection;
        this.box = box;
    }

    /** Adds another box that needs the chunk. */
    void add(int other) {
        if (others == null) {
            others = new BitSet();
        }
        others.set(other);
    }

    @Override
    public ByteRange range() {
        return new ByteRange(address, record.storedSize());
    }

    @Override
    public PieceKey key() {
        return new PieceKey(selection.header(), address, record.storedSize(), record.filterMask());
    }

    @Override
    public Span decode(Span stored) throws ChunkDecodeException {
        return selection.decoder().decode(stored, record.filterMask());
    }

    @Override
    public H5Exception undecodable(ChunkDecodeException e) {
        Where where = new Where(selection.where().source(), selection.where().object(), address);
        String problem = "chunk " + Arrays.toString(record.coordinate()) + ": " + e.getMessage();
        return e.filterId() == 0
                ? new MalformedFileException(where, problem, e)
                : new FilterException(where, problem, e.filterId(), e.unsupported(), e);
    }

    @Override
    public void put(Span plain, DatasetRead read) {
        put(plain, box, read);
        if (others != null) {
            others.stream().forEach(other -> put(plain, other, read));
        }
    }

    private void put(Span plain, int into, DatasetRead read) {
        StridedCopy copy = selection.copy(record.coordinate(), into);
        read.buffer().put(plain.array(), plain.offset(), copy);
    }

    @Override
    public boolean isUsedInPart() {
        return !selection.covers(record.coordinate(), box)
                && (others == null || others.stream().noneMatch(other -> selection.covers(record.coordinate(), other)));
    }

    @Override
    public boolean isEncoded() {
        return true;
    }
}
