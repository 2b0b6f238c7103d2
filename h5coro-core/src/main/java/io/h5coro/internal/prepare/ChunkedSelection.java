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
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.Picked;
import io.h5coro.internal.grid.PickedChunks;
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
import java.util.List;
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

    /** The elements by their chunks, when they are picked one by one. */
    private final @Nullable PickedChunks picked;

    /** What the index is asked for. */
    private final List<Box> boxes;

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
        this.picked = picked(selection.picked());
        this.boxes = picked == null ? selection.boxes() : picked.boxes();
    }

    private @Nullable PickedChunks picked(@Nullable Picked elements) {
        try {
            return elements == null ? null : elements.in(grid, resources.held()::claim);
        } catch (ArithmeticException overflow) {
            throw new LimitExceededException(
                    where, "elements of chunks that have more than 2^63 - 1 of them in all", overflow);
        }
    }

    ChunkGrid grid() {
        return grid;
    }

    /** Boxes of elements whose chunks the index is asked for. */
    List<Box> boxes() {
        return boxes;
    }

    /**
     * What decoding may use.
     *
     * @param filters undo filters
     * @param mostBytes longest chunk that is decoded
     * @param held memory that says where values are
     * @param kept decoded chunks that other reads have used in part
     */
    record Resources(FilterRegistry filters, long mostBytes, HeldMemory held, DecodedChunks kept) {}

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

    /**
     * What decodes the chunks, made for the first one that needs it, while pieces are found.
     *
     * @throws LimitExceededException when a chunk has more bytes than an array holds, or than {@code mostBytes}
     */
    ChunkDecoder decoder() {
        ChunkDecoder made = decoder;
        if (made == null) {
            made = makeDecoder();
            decoder = made;
        }
        return made;
    }

    Resources resources() {
        return resources;
    }

    /** Whether the elements are picked one by one. */
    boolean isPicked() {
        return picked != null;
    }

    /** No parts yet of chunks that are stored as they are. */
    PlainPieces plainPieces(ReadLimits limits) {
        return limits.plainPieces(selection, resources.held());
    }

    /**
     * How many bytes of a chunk hold all that a copy takes.
     *
     * @return offset in the decoded chunk, exclusive
     */
    long endBytes(ElementCopy copy) {
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
        return picked != null
                ? picked.count(coordinate) >= grid.chunkElements()
                : grid.covers(coordinate, selection.boxes().get(box));
    }

    /** Whether elements are wanted that no chunk holds. Known once the pieces have been found. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** What a chunk contributes to a box of the selection. */
    ElementCopy copy(long[] coordinate, int box) {
        return picked != null
                ? picked.copy(coordinate)
                : grid.copy(coordinate, selection.boxes().get(box), target(box));
    }

    /** What chunks contribute to a box that has all of their elements; null when elements are picked one by one. */
    @Nullable
    WholeChunks wholeChunks(int box) {
        return picked != null ? null : grid.wholeChunks(selection.boxes().get(box), target(box));
    }

    private StridedCopy.Target target(int box) {
        return new StridedCopy.Target(selection.result().dimensions(), selection.destination(box));
    }

    /**
     * Finds what to fetch; blocks on the index.
     *
     * @param limits what pieces may be
     * @param wanted of each element, where chunks are stored as they are
     * @throws MalformedFileException when a chunk does not lie in the file or its size makes no sense
     * @throws io.h5coro.error.FilterException when a chunk went through a filter that is not known
     */
    List<Piece> find(ChunkIndex index, FileSpace space, ReadLimits limits, PlainPieces.Wanted wanted) {
        FoundPieces found = new FoundPieces(this, space, limits, wanted);
        if (picked != null) {
            incomplete = found.picked(index, picked) < picked.touched();
        } else {
            for (int b = 0; b < boxes.size(); b++) {
                Box box = boxes.get(b);
                if (!box.isEmpty()) {
                    incomplete |= found.inBox(index, box, b) < grid.touched(box);
                }
            }
        }
        return found.all();
    }

    /**
     * The stored chunks that hold an element of the selection, by their coordinates; blocks on the index.
     *
     * @param most as many as may be listed
     * @throws LimitExceededException when there are more
     */
    List<ChunkRecord> stored(ChunkIndex index, long most) {
        List<ChunkRecord> stored = new ArrayList<>();
        for (Box box : boxes) {
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

    /** The piece of an encoded chunk. */
    ChunkPiece piece(ChunkRecord record, long address, int box) {
        ChunkPiece piece = new ChunkPiece(record, address, this, box);
        try {
            decoder().requireFilters(record.filterMask());
        } catch (ChunkDecodeException unknown) {
            throw piece.undecodable(unknown);
        }
        return piece;
    }

    /**
     * Visits the stored chunks that hold an element of the box; steps may pass over some. Of picked elements the box
     * may touch chunks that hold none, which are left out.
     *
     * @return how many there are
     * @throws MalformedFileException when the index has one of them twice
     */
    long visit(ChunkIndex index, Box box, ChunkIndex.Receiver receiver) {
        ChunkBox seen = ChunkBox.of(grid, box);
        LongAdder count = new LongAdder();
        index.find(ChunkBox.of(grid, box), (coordinate, address, size, mask) -> {
            if (picked != null && !picked.has(coordinate)) {
                return;
            }
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

    MalformedFileException malformed(ChunkRecord record, FileSpace space, String problem) {
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
