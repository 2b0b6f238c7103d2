// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.LimitExceededException;
import io.h5coro.internal.index.ChunkBox;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The small chunks of a box that has many: neighbours in the file are fetched, decoded and copied together, as one
 * piece. Confined to one task while chunks are added.
 *
 * <p>Example: ten million chunks of 20 bytes would be ten million pieces, of a kilobyte and 7 microseconds each. In
 * pieces of a megabyte they are 191, and a few hundred bytes say where each of those has its chunks.
 */
final class ManyChunks {
    /** Fewer chunks than this are a piece each, which others may wait for and which may be kept. */
    static final int LEAST_CHUNKS = 1024;

    /** Longer chunks take much longer to decode than to be a piece. */
    static final int MOST_CHUNK_BYTES = 16 << 10;

    /** Chunks that take more bytes than this in the file are a piece each: a piece of many shall not be long. */
    static final int MOST_STORED_BYTES = 1 << 16;

    /** Chunks up to this length are taken as a whole when a part is wanted: where the part is takes as many bytes. */
    static final int MOST_PART_BYTES = 512;

    /**
     * Decoded chunks of which a part is wanted are kept where there are no more than these: each is then a piece, which
     * takes a kilobyte until it is read.
     */
    static final long MOST_KEPT = 1 << 14;

    /** Most chunks of a piece: few enough that several threads decode. */
    private static final int MOST_IN_PIECE = 1 << 14;

    /** A gap up to this, below which it costs less than a piece, is read along … */
    private static final int MOST_GAP_BYTES = 4 << 10;

    /** … as long as all gaps of a piece are no more than so many times the bytes of its chunks. */
    private static final int MOST_GAPS = 16;

    /** Lists with more jumps back in the file than one for so many chunks are put in order. */
    private static final int CHUNKS_A_DESCENT = 64;

    /** What putting a chunk in order takes, in bytes, besides its entry. */
    private static final int SORT_BYTES = 32;

    /** What a piece takes besides its part of the list. */
    private static final int PIECE_BYTES = 256;

    private final ChunkBox chunks;
    private final ChunkedSelection selection;
    private final Limits limits;
    private final long[] coordinate;
    private final ChunkList.Chunk next = new ChunkList.Chunk();
    private ChunkList list = new ChunkList();

    /**
     * What pieces may be.
     *
     * @param pieceBytes longest piece in the file
     * @param gapBytes most unwanted bytes between two chunks of a piece
     * @param heldBytes most bytes of memory to say where the chunks are
     */
    record Limits(long pieceBytes, long gapBytes, long heldBytes) {
        Limits {
            gapBytes = Math.min(MOST_GAP_BYTES, gapBytes);
        }
    }

    /**
     * None yet.
     *
     * @param chunks those of the box
     * @param selection whose box it is
     */
    ManyChunks(ChunkBox chunks, ChunkedSelection selection, Limits limits) {
        this.chunks = chunks;
        this.selection = selection;
        this.limits = limits;
        this.coordinate = new long[chunks.rank()];
    }

    /**
     * Adds a chunk.
     *
     * @param at its coordinate
     * @param address in the source
     * @param size stored bytes
     * @throws LimitExceededException when there is not as much memory as it takes
     */
    void add(long[] at, long address, int size, int mask) {
        next.place = chunks.place(at);
        next.address = address;
        next.size = size;
        next.mask = mask;
        list.add(next);
        check(0);
    }

    private void check(long more) {
        if (list.bytes() + more > limits.heldBytes()) {
            throw new LimitExceededException(
                    selection.where(),
                    "to know where " + list.count() + " of " + chunks.size() + " chunks are takes "
                            + (list.bytes() + more) + " bytes of memory besides the result, of which there are "
                            + limits.heldBytes() + ": read in slices");
        }
    }

    /**
     * The pieces in which they are fetched.
     *
     * @param box index of the box in the selection
     * @throws LimitExceededException when there is not as much memory as it takes
     */
    List<Piece> pieces(int box) {
        list.finish();
        if (list.descents() > list.count() / CHUNKS_A_DESCENT) {
            check(SORT_BYTES * (long) list.count());
            list = list.sorted();
        }
        List<Piece> pieces = new ArrayList<>();
        ChunkCopies copies = new ChunkCopies(chunks, selection, box);
        ChunkList.Reader reader = list.reader();
        @Nullable Extent extent = null;
        for (int i = 0; i < list.count(); i++) {
            reader.next();
            if (extent == null || !extent.takes(reader)) {
                if (extent != null) {
                    pieces.add(extent.piece(copies));
                }
                extent = new Extent(reader.copy());
            }
            extent.add(reader);
        }
        if (extent != null) {
            pieces.add(extent.piece(copies));
        }
        return pieces;
    }

    private boolean isPlain(ChunkList.Chunk chunk) {
        chunks.at(chunk.place, coordinate);
        return selection.isPlain(coordinate, chunk.mask);
    }

    /** The chunks of one piece, as they are found. */
    private final class Extent {
        private final ChunkList.Reader first;
        private long end;
        private long bytes;
        private int count;
        private int encoded;

        Extent(ChunkList.Reader first) {
            this.first = first;
            this.end = first.address;
        }

        /** Whether the piece may have another chunk. */
        boolean takes(ChunkList.Chunk chunk) {
            long length = chunk.end() - first.address;
            return chunk.address >= end
                    && chunk.address - end <= limits.gapBytes()
                    && length - bytes - chunk.size <= MOST_GAPS * (bytes + chunk.size)
                    && length <= limits.pieceBytes()
                    && count < MOST_IN_PIECE;
        }

        void add(ChunkList.Chunk chunk) {
            end = chunk.end();
            bytes += chunk.size;
            count++;
            encoded += isPlain(chunk) ? 0 : 1;
        }

        Piece piece(ChunkCopies copies) {
            ByteRange range = new ByteRange(first.address, end - first.address);
            long held = PIECE_BYTES + list.bytes() * count / list.count();
            return new ChunkBatch(copies, first, new ChunkBatch.Content(range, bytes, count, encoded, held));
        }
    }
}
