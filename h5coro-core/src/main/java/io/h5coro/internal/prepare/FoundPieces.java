// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.LimitExceededException;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.cache.DecodedChunks;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.ChunkDecoder;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.PickedChunks;
import io.h5coro.internal.index.ChunkBox;
import io.h5coro.internal.index.ChunkIndex;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.walk.FileSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pieces that are found of a selection of chunks. Confined to one task. */
final class FoundPieces {
    private final ChunkedSelection selection;
    private final FileSpace space;
    private final PlainPieces plain;
    private final PlainPieces.Wanted wanted;
    private final List<Piece> pieces = new ArrayList<>();

    /** Chunks that several boxes may need. */
    private final Map<List<Long>, ChunkPiece> shared = new HashMap<>();

    private final ReadLimits limits;

    /** Whether the box has more chunks than are kept when a part of each is wanted. */
    private boolean tooManyToKeep;

    /** Of the last chunk whose filters were looked up: which were skipped, and whether the others are known. */
    private int lastMask;

    private boolean decodable;

    FoundPieces(ChunkedSelection selection, FileSpace space, ReadLimits limits, PlainPieces.Wanted wanted) {
        this.wanted = wanted;
        this.selection = selection;
        this.space = space;
        this.plain = selection.plainPieces(limits);
        this.limits = limits;
    }

    /** All of them. */
    List<Piece> all() {
        pieces.addAll(plain.joined());
        return pieces;
    }

    /**
     * Adds the chunks of a box. The small ones of many are added without an object for each.
     *
     * @return how many there are
     */
    long inBox(ChunkIndex index, Box box, int number) {
        boolean many = selection.boxes().size() == 1
                && isMany(ChunkBox.of(selection.grid(), box).size());
        if (!many) {
            return selection.visit(
                    index,
                    box,
                    (coordinate, address, size, mask) ->
                            add(new ChunkRecord(coordinate.clone(), address, size, mask), number));
        }
        return many(index, List.of(box), box, number);
    }

    private boolean isMany(long count) {
        tooManyToKeep = count > ManyChunks.MOST_KEPT;
        return count >= ManyChunks.LEAST_CHUNKS && selection.chunkBytes() <= ManyChunks.MOST_CHUNK_BYTES;
    }

    /**
     * Adds the chunks of boxes, the small ones without an object for each.
     *
     * @param bounds holds the boxes
     */
    private long many(ChunkIndex index, List<Box> boxes, Box bounds, int number) {
        ManyChunks small = new ManyChunks(
                ChunkBox.of(selection.grid(), bounds),
                selection,
                new ManyChunks.Limits(
                        limits.pieceBytes(),
                        limits.gapBytes(),
                        selection.resources().held().left()));
        long count = 0;
        for (Box box : boxes) {
            count += selection.visit(index, box, (coordinate, address, size, mask) -> {
                if (isTaken(new ChunkRecord(coordinate, address, size, mask), number)) {
                    small.add(coordinate, space.base() + address, (int) size, mask);
                } else {
                    add(new ChunkRecord(coordinate.clone(), address, size, mask), number);
                }
            });
        }
        pieces.addAll(small.pieces(number));
        return count;
    }

    /**
     * Adds the chunks of picked elements.
     *
     * @return how many there are
     */
    long picked(ChunkIndex index, PickedChunks elements) {
        if (isMany(elements.touched())) {
            return many(index, selection.boxes(), elements.bounds(), 0);
        }
        long count = 0;
        for (Box box : selection.boxes()) {
            count += selection.visit(
                    index,
                    box,
                    (coordinate, address, size, mask) ->
                            add(new ChunkRecord(coordinate.clone(), address, size, mask), 0));
        }
        return count;
    }

    /**
     * Whether a chunk is one of many: it is small and right as far as can be seen. Decoded chunks that are kept, or
     * would be since a part of them is wanted, are pieces of their own, unless there are too many for that.
     */
    private boolean isTaken(ChunkRecord chunk, int box) {
        long size = chunk.storedSize();
        if (size == 0 || size > ManyChunks.MOST_STORED_BYTES) {
            return false;
        }
        boolean whole = selection.covers(chunk.coordinate(), box);
        boolean isPlain = selection.isPlain(chunk.coordinate(), chunk.filterMask());
        boolean partsOfMany = selection.isPicked() && tooManyToKeep && !isPlain;
        if (!whole && !partsOfMany && selection.chunkBytes() > ManyChunks.MOST_PART_BYTES) {
            return false;
        }
        return isPlain
                ? size >= selection.chunkBytes()
                : (whole || tooManyToKeep) && isDecodable(chunk.filterMask()) && !isKept(chunk);
    }

    private boolean isKept(ChunkRecord chunk) {
        DecodedChunks kept = selection.resources().kept();
        return !kept.isEmpty()
                && kept.has(new PieceKey(
                        selection.header(), space.base() + chunk.address(), chunk.storedSize(), chunk.filterMask()));
    }

    /** Whether all filters of a chunk are known. */
    private boolean isDecodable(int mask) {
        if (!decodable || mask != lastMask) {
            decodable = isKnown(selection.decoder(), mask);
            lastMask = mask;
        }
        return decodable;
    }

    private boolean isKnown(ChunkDecoder with, int mask) {
        try {
            with.requireFilters(mask);
            return true;
        } catch (ChunkDecodeException unknown) {
            return false;
        }
    }

    void add(ChunkRecord record, int box) {
        long address = space.base() + record.address();
        if (selection.isPlain(record.coordinate(), record.filterMask())) {
            addPlain(record, address, selection.copy(record.coordinate(), box));
            return;
        }
        checkEncoded(record);
        if (selection.isPicked() || selection.boxes().size() == 1) {
            pieces.add(selection.piece(record, address, box));
            return;
        }
        List<Long> key = Arrays.stream(record.coordinate()).boxed().toList();
        ChunkPiece known = shared.get(key);
        if (known == null) {
            known = selection.piece(record, address, box);
            shared.put(key, known);
            pieces.add(known);
        } else {
            known.add(box);
        }
    }

    /** The index has seen to it that the chunk lies in the file. */
    private void checkEncoded(ChunkRecord record) {
        selection.decoder();
        String what = "chunk " + Arrays.toString(record.coordinate()) + " is stored in " + record.storedSize();
        if (record.storedSize() == 0) {
            throw selection.malformed(record, space, what + " bytes, expected more");
        }
        if (record.storedSize() > JavaArray.MOST) {
            throw new LimitExceededException(selection.where(), what + " bytes, more than one array holds");
        }
    }

    /** Only what lies in the extent needs to be stored; only what is wanted is looked at. */
    private void addPlain(ChunkRecord record, long address, ElementCopy copy) {
        long end = selection.endBytes(copy);
        if (end > record.storedSize()) {
            throw selection.malformed(
                    record,
                    space,
                    "chunk " + Arrays.toString(record.coordinate()) + " is stored in " + record.storedSize()
                            + " bytes, the wanted elements end at " + end);
        }
        plain.add(copy, address, wanted);
    }
}
