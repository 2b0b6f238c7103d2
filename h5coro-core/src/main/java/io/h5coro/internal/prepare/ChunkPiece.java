// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.H5Exception;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.storage.ByteRange;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An encoded chunk, for one or more boxes of one selection.
 *
 * <p>Its state changes only while pieces are found, by one task. Then it is read by several threads.
 */
final class ChunkPiece implements Piece {
    private static final int[] NONE = {};

    private final ChunkRecord record;
    private final long address;
    private final ChunkedSelection selection;
    private final int box;

    /**
     * The boxes besides the first; hardly ever any, and there may be a million chunks. All but the last {@code free}
     * are used.
     */
    private int[] others = NONE;

    private int free;

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

    /**
     * Adds another box that needs the chunk.
     *
     * @param other index of the box in the selection; another one than before
     */
    void add(int other) {
        if (free == 0) {
            free = Math.max(2, others.length);
            others = Arrays.copyOf(others, others.length + free);
        }
        others[others.length - free--] = other;
    }

    private IntStream others() {
        return Arrays.stream(others, 0, others.length - free);
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
    public Span decode(Span stored, StageBuffers buffers) throws ChunkDecodeException {
        return selection.decoder().decode(stored, record.filterMask(), buffers);
    }

    @Override
    public long workBytes() {
        return selection.decoder().workBytes(record.filterMask());
    }

    @Override
    public H5Exception undecodable(ChunkDecodeException e) {
        return selection.undecodable(e, record.coordinate(), address);
    }

    @Override
    public void put(Span plain, ResultBuffer result) {
        put(plain, box, result);
        others().forEach(other -> put(plain, other, result));
    }

    /**
     * Copies what one box takes.
     *
     * @throws io.h5coro.error.MalformedFileException when the decoded chunk ends before the last element that the box
     *     takes
     */
    private void put(Span plain, int into, ResultBuffer result) {
        ElementCopy copy = selection.copy(record.coordinate(), into);
        long end = selection.endBytes(copy);
        if (end > plain.length()) {
            throw selection.tooShort(record.coordinate(), address, plain.length(), end);
        }
        result.put(plain.array(), plain.offset(), copy);
    }

    @Override
    public boolean isUsedInPart() {
        return !selection.covers(record.coordinate(), box)
                && others().noneMatch(other -> selection.covers(record.coordinate(), other));
    }

    @Override
    public boolean isEncoded() {
        return true;
    }
}
