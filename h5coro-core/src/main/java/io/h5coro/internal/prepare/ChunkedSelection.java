// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.cache.DecodedChunks;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.ChunkDecoder;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ChunkGrid;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.grid.WholeChunks;
import io.h5coro.internal.index.ChunkBox;
import io.h5coro.internal.index.ChunkIndex;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FileSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Which stored chunks, or parts of them, a selection of one chunked dataset needs. Finding them blocks on the index.
 */
final class ChunkedSelection {

    private final Where where;
    private final DatasetDescriptor dataset;
    private final Layout.Chunked layout;
    private final Selection selection;
    private final ChunkGrid grid;
    private final Resources resources;

    /** Made for the first chunk that needs it; null until then. */
    private @Nullable ChunkDecoder decoder;

    /** Invariant: false once every chunk that the selection touches was found. */
    private boolean incomplete;

    /**
     * A selection of a dataset with this layout.
     *
     * @throws MalformedFileException when its chunks do not fit its shape
     */
    ChunkedSelection(
            Where where, DatasetDescriptor dataset, Layout.Chunked layout, Selection selection, Resources resources) {
        this.where = where;
        this.dataset = dataset;
        this.layout = layout;
        this.selection = selection;
        this.grid = grid(where, dataset, layout);
        this.resources = resources;
    }

    /**
     * What decoding may use.
     *
     * @param filters undo filters
     * @param mostBytes longest chunk that is decoded
     * @param heldBytes most bytes of memory that say where many chunks are
     * @param kept decoded chunks that other reads have used in part
     */
    record Resources(FilterRegistry filters, long mostBytes, long heldBytes, DecodedChunks kept) {}

    /**
     * The grid of a dataset's chunks.
     *
     * @throws MalformedFileException when they do not fit its shape
     */
    static ChunkGrid grid(Where where, DatasetDescriptor dataset, Layout.Chunked layout) {
        try {
            return new ChunkGrid(dataset.space().shape(), layout.chunkShape());
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(where, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * What decodes the chunks.
     *
     * @throws LimitExceededException when a chunk has more bytes than an array holds, or than {@code mostBytes}
     */
    private ChunkDecoder makeDecoder() {
        int size = dataset.type().size();
        long most = Math.min(resources.mostBytes(), JavaArray.MOST);
        if (chunkBytes() > most) {
            throw new LimitExceededException(
                    where,
                    "chunks of " + Arrays.toString(layout.chunkShape()) + " elements of " + size
                            + " bytes have to be decoded as a whole, and are longer than the limit of " + most
                            + " bytes");
        }
        return new ChunkDecoder(dataset.filters(), size, (int) chunkBytes(), resources.filters());
    }

    /** Bytes of a decoded chunk; {@link Long#MAX_VALUE} stands for as many and more. */
    long chunkBytes() {
        int size = dataset.type().size();
        return grid.chunkElements() > Long.MAX_VALUE / Math.max(1, size) ? Long.MAX_VALUE : grid.chunkElements() * size;
    }

    /** What decodes the chunks; there are pieces that need it. */
    ChunkDecoder decoder() {
        return Objects.requireNonNull(decoder);
    }

    /**
     * How many bytes of a chunk hold all that a copy takes.
     *
     * @return offset in the decoded chunk, exclusive
     */
    long endBytes(StridedCopy copy) {
        return (copy.sourceStart() + copy.sourceExtent()) * dataset.type().size();
    }

    Where where() {
        return where;
    }

    /** The dataset by the address of its header. */
    long header() {
        return dataset.headerAddress();
    }

    /** Whether a box of the selection wants every element of a chunk. */
    boolean covers(long[] coordinate, int box) {
        return grid.covers(coordinate, selection.boxes().get(box));
    }

    /** Whether elements are wanted that no chunk holds. Known once the pieces have been found. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** What a chunk contributes to a box of the selection. */
    StridedCopy copy(long[] coordinate, int box) {
        return grid.copy(coordinate, selection.boxes().get(box), target(box));
    }

    /** What chunks contribute to a box that has all of their elements. */
    WholeChunks wholeChunks(int box) {
        return grid.wholeChunks(selection.boxes().get(box), target(box));
    }

    private StridedCopy.Target target(int box) {
        return new StridedCopy.Target(selection.result().dimensions(), selection.destination(box));
    }

    /**
     * Finds what to fetch; blocks on the index.
     *
     * @param limits what pieces may be
     * @throws MalformedFileException when a chunk does not lie in the file or its size makes no sense
     * @throws io.h5coro.error.FilterException when a chunk went through a filter that is not known
     */
    List<Piece> find(ChunkIndex index, FileSpace space, ReadLimits limits) {
        Found found = new Found(space, limits);
        for (int b = 0; b < selection.boxes().size(); b++) {
            Box box = selection.boxes().get(b);
            if (box.isEmpty()) {
                continue;
            }
            incomplete |= found.inBox(index, box, b) < grid.touched(box);
        }
        found.pieces.addAll(found.plain.joined());
        return found.pieces;
    }

    /**
     * The stored chunks that hold an element of the selection, by their coordinates; blocks on the index.
     *
     * @param most as many as may be listed
     * @throws LimitExceededException when there are more
     */
    List<ChunkRecord> stored(ChunkIndex index, long most) {
        List<ChunkRecord> stored = new ArrayList<>();
        for (Box box : selection.boxes()) {
            if (!box.isEmpty()) {
                visit(index, box, (coordinate, address, size, mask) -> {
                    if (stored.size() >= most) {
                        throw new LimitExceededException(
                                where, "more chunks to list than the limit metadataBudgetBytes allows: " + most);
                    }
                    stored.add(new ChunkRecord(coordinate.clone(), address, size, mask));
                });
            }
        }
        stored.sort((a, b) -> Arrays.compare(a.coordinate(), b.coordinate()));
        return stored;
    }

    /** The pieces found so far. Confined to one task. */
    private final class Found {
        private final FileSpace space;
        private final PlainPieces plain;
        private final List<Piece> pieces = new ArrayList<>();

        /** Chunks that several boxes may need. */
        private final Map<List<Long>, ChunkPiece> shared = new HashMap<>();

        private final ReadLimits limits;

        /** Whether the box has more chunks than are kept when a part of each is wanted. */
        private boolean tooManyToKeep;

        /** Of the last chunk whose filters were looked up: which were skipped, and whether the others are known. */
        private int lastMask;

        private boolean decodable;

        Found(FileSpace space, ReadLimits limits) {
            this.space = space;
            this.plain = limits.plainPieces();
            this.limits = limits;
        }

        /**
         * Adds the chunks of a box. The small ones of many are added without an object for each.
         *
         * @return how many there are
         */
        long inBox(ChunkIndex index, Box box, int number) {
            ChunkBox chunks = ChunkBox.of(grid, box);
            boolean many = selection.boxes().size() == 1
                    && chunks.size() >= ManyChunks.LEAST_CHUNKS
                    && chunkBytes() <= ManyChunks.MOST_CHUNK_BYTES;
            if (!many) {
                return visit(
                        index,
                        box,
                        (coordinate, address, size, mask) ->
                                add(new ChunkRecord(coordinate.clone(), address, size, mask), number));
            }
            tooManyToKeep = chunks.size() > ManyChunks.MOST_KEPT;
            ManyChunks small = new ManyChunks(
                    chunks,
                    ChunkedSelection.this,
                    new ManyChunks.Limits(limits.pieceBytes(), limits.gapBytes(), resources.heldBytes()));
            long count = visit(index, box, (coordinate, address, size, mask) -> {
                if (isTaken(new ChunkRecord(coordinate, address, size, mask), number)) {
                    small.add(coordinate, space.base() + address, (int) size, mask);
                } else {
                    add(new ChunkRecord(coordinate.clone(), address, size, mask), number);
                }
            });
            pieces.addAll(small.pieces(number));
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
            boolean whole = covers(chunk.coordinate(), box);
            if (!whole && chunkBytes() > ManyChunks.MOST_PART_BYTES) {
                return false;
            }
            return isPlain(chunk.coordinate(), chunk.filterMask())
                    ? size >= chunkBytes()
                    : (whole || tooManyToKeep) && isDecodable(chunk.filterMask()) && !isKept(chunk);
        }

        private boolean isKept(ChunkRecord chunk) {
            return !resources.kept().isEmpty()
                    && resources
                            .kept()
                            .has(new PieceKey(
                                    header(), space.base() + chunk.address(), chunk.storedSize(), chunk.filterMask()));
        }

        /** Whether all filters of a chunk are known. */
        private boolean isDecodable(int mask) {
            if (decoder == null) {
                decoder = makeDecoder();
            }
            if (!decodable || mask != lastMask) {
                decodable = isKnown(decoder, mask);
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
            if (isPlain(record.coordinate(), record.filterMask())) {
                addPlain(record, address, copy(record.coordinate(), box));
                return;
            }
            checkEncoded(record);
            if (selection.boxes().size() == 1) {
                pieces.add(piece(record, address, box));
                return;
            }
            List<Long> key = Arrays.stream(record.coordinate()).boxed().toList();
            ChunkPiece known = shared.get(key);
            if (known == null) {
                known = piece(record, address, box);
                shared.put(key, known);
                pieces.add(known);
            } else {
                known.add(box);
            }
        }

        /** The index has seen to it that the chunk lies in the file. */
        private void checkEncoded(ChunkRecord record) {
            if (decoder == null) {
                decoder = makeDecoder();
            }
            String what = "chunk " + Arrays.toString(record.coordinate()) + " is stored in " + record.storedSize();
            if (record.storedSize() == 0) {
                throw malformed(record, space, what + " bytes, expected more");
            }
            if (record.storedSize() > JavaArray.MOST) {
                throw new LimitExceededException(where, what + " bytes, more than one array holds");
            }
        }

        /** Only what lies in the extent needs to be stored; only what is wanted is looked at. */
        private void addPlain(ChunkRecord record, long address, StridedCopy copy) {
            long end = endBytes(copy);
            if (end > record.storedSize()) {
                throw malformed(
                        record,
                        space,
                        "chunk " + Arrays.toString(record.coordinate()) + " is stored in " + record.storedSize()
                                + " bytes, the wanted elements end at " + end);
            }
            plain.add(copy, address, dataset.type().size());
        }
    }

    private ChunkPiece piece(ChunkRecord record, long address, int box) {
        ChunkPiece piece = new ChunkPiece(record, address, this, box);
        try {
            decoder().requireFilters(record.filterMask());
        } catch (ChunkDecodeException unknown) {
            throw piece.undecodable(unknown);
        }
        return piece;
    }

    /**
     * Visits the stored chunks that hold an element of the box; steps may pass over some.
     *
     * @return how many there are
     * @throws MalformedFileException when the index has one of them twice
     */
    private long visit(ChunkIndex index, Box box, ChunkIndex.Receiver receiver) {
        ChunkBox seen = ChunkBox.of(grid, box);
        LongAdder count = new LongAdder();
        index.find(ChunkBox.of(grid, box), (coordinate, address, size, mask) -> {
            if (!seen.enter(coordinate)) {
                throw new MalformedFileException(
                        where, "the index has chunk " + Arrays.toString(coordinate) + " twice");
            }
            count.increment();
            receiver.chunk(coordinate, address, size, mask);
        });
        return count.sum();
    }

    /** What a chunk that cannot be decoded is. */
    H5Exception undecodable(ChunkDecodeException e, long[] coordinate, long address) {
        return e.at(at(address), "chunk " + Arrays.toString(coordinate));
    }

    /** What a chunk is that ends before the last element which is wanted of it. */
    MalformedFileException tooShort(long[] coordinate, long address, int bytes, long wanted) {
        return new MalformedFileException(
                at(address),
                "chunk " + Arrays.toString(coordinate) + " decodes to " + bytes + " bytes, the wanted elements end at "
                        + wanted);
    }

    private Where at(long address) {
        return new Where(where.source(), where.object(), address);
    }

    private MalformedFileException malformed(ChunkRecord record, FileSpace space, String problem) {
        return new MalformedFileException(
                new Where(where.source(), where.object(), space.base() + record.address()), problem);
    }

    /**
     * Whether no filter was applied to a chunk: it has none, all were skipped, or edges are stored as they are.
     *
     * <p>Masks have 32 bits. Filters behind the 32nd cannot be skipped, so a longer pipeline is never skipped as a
     * whole.
     */
    boolean isPlain(long[] coordinate, int filterMask) {
        int filters = dataset.filters().size();
        int skipped = filters >= Integer.SIZE ? -1 : (1 << filters) - 1;
        return (filters <= Integer.SIZE && (filterMask & skipped) == skipped)
                || (!layout.filterEdgeChunks() && grid.reachesOver(coordinate));
    }
}
