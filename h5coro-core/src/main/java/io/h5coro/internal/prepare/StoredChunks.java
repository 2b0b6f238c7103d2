// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.Picked;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredChunk;
import java.util.ArrayList;
import java.util.List;

/** Where the values of a selection are stored, from the index alone. Immutable; blocks on the index. */
public final class StoredChunks {
    /*
     * Runs of a contiguous dataset of 4 x 10 x 8 elements of 4 bytes: [1:3, 2:5, 0:8] wants all of the last dimension,
     * so that rows 2 to 4 of a plane follow one another: two runs of 3 * 8 * 4 bytes. [1:3, 2:5:2, 0:8] has a step
     * there: four runs of 8 * 4 bytes.
     */

    /** What a chunk takes while it is listed. */
    private static final int RECORD_BYTES = 128;

    private final SourceFile file;
    private final DatasetDescriptor dataset;
    private final Where where;

    /** Those of a dataset of a file. */
    public StoredChunks(SourceFile file, DatasetDescriptor dataset) {
        this.file = file;
        this.dataset = dataset;
        this.where = Where.object(file.source(), dataset.path());
    }

    /**
     * Those that hold an element of what a request selects, in the order of their origins. What was never written has
     * none.
     *
     * @throws UnsupportedFeatureException when values are not stored in this file, or in an object header
     */
    public List<StoredChunk> of(DatasetRequest request) {
        refuseOthers();
        Selection selection = DatasetPreparation.selection(dataset.space(), request, where, held());
        try {
            return selection.elementCount() == 0 ? List.of() : MemoryLimit.within(where, () -> stored(selection));
        } catch (H5Exception e) {
            throw e.in(dataset.path());
        } catch (ArithmeticException tooLarge) {
            throw new LimitExceededException(where, "shape " + dataset.space().shape() + " is too large", tooLarge);
        }
    }

    private void refuseOthers() {
        Layout layout = dataset.layout();
        if (!(layout instanceof Layout.Chunked) && !(layout instanceof Layout.Contiguous)) {
            String place = layout instanceof Layout.Compact
                    ? "an object header"
                    : layout instanceof Layout.External ? "other files" : "other datasets";
            throw new UnsupportedFeatureException(where, "stored chunks of a dataset whose values stand in " + place);
        }
    }

    private List<StoredChunk> stored(Selection selection) {
        if (dataset.layout() instanceof Layout.Chunked chunked) {
            return chunks(selection, chunked);
        }
        long address = ((Layout.Contiguous) dataset.layout()).address();
        if (address < 0) {
            return List.of();
        }
        Picked picked = selection.picked();
        return picked == null ? runs(selection.boxes().get(0), address) : runs(picked.whole(held()::claim), address);
    }

    private HeldMemory held() {
        return new HeldMemory(where, file.options().metadataBudgetBytes());
    }

    /** The runs of picked elements. */
    private List<StoredChunk> runs(ElementCopy copy, long address) {
        List<StoredChunk> runs = new ArrayList<>();
        long[] lengths = dataset.space().shape().dimensions();
        HeldMemory held = held();
        copy.split(0, Long.MAX_VALUE, part -> {
            held.claim(RECORD_BYTES);
            Long[] origin = new Long[lengths.length];
            long rest = part.sourceStart();
            for (int d = lengths.length - 1; d >= 0; d--) {
                origin[d] = rest % lengths[d];
                rest /= lengths[d];
            }
            runs.add(run(List.of(origin), part.sourceStart(), part.sourceExtent(), address));
        });
        return runs;
    }

    private List<StoredChunk> chunks(Selection selection, Layout.Chunked layout) {
        ChunkedSelection chunks = new ChunkedSelection(
                where,
                dataset,
                layout,
                selection,
                new ChunkedSelection.Resources(file.filters(), Long.MAX_VALUE, held(), file.chunks()));
        List<StoredChunk> found = new ArrayList<>();
        int pipeline = (int) ((1L << dataset.filters().size()) - 1);
        long most = file.options().metadataBudgetBytes() / RECORD_BYTES;
        for (ChunkRecord record : chunks.stored(file.indexes().of(dataset), most)) {
            List<Long> origin = new ArrayList<>();
            for (int d = 0; d < record.coordinate().length; d++) {
                origin.add(record.coordinate()[d] * layout.chunkShape()[d]);
            }
            long address = file.space().base() + record.address();
            int mask = record.filterMask() | (isUnfiltered(layout, origin) ? pipeline : 0);
            found.add(new StoredChunk(origin, address, record.storedSize(), mask));
        }
        return found;
    }

    /** Whether a chunk is stored without filters since it reaches over the extent. */
    private boolean isUnfiltered(Layout.Chunked layout, List<Long> origin) {
        Shape shape = dataset.space().shape();
        boolean over = false;
        for (int d = 0; d < origin.size(); d++) {
            over |= origin.get(d) + layout.chunkShape()[d] > shape.dimension(d);
        }
        return over && !layout.filterEdgeChunks();
    }

    private List<StoredChunk> runs(Box box, long address) {
        Shape shape = dataset.space().shape();
        int whole = box.rank();
        while (whole > 0 && isWhole(box, shape, whole - 1)) {
            whole--;
        }
        boolean steps = whole > 0 && box.count()[whole - 1] > 1 && box.step()[whole - 1] > 1;
        // Dimensions in front of this one are gone through index by index.
        int outer = whole == 0 || steps ? whole : whole - 1;
        long elements = outer < whole ? box.count()[outer] : 1;
        for (int d = whole; d < box.rank(); d++) {
            elements = Math.multiplyExact(elements, shape.dimension(d));
        }
        long count = 1;
        for (int d = 0; d < outer; d++) {
            count = Math.multiplyExact(count, box.count()[d]);
        }
        if (count > JavaArray.MOST) {
            throw new LimitExceededException(where, count + " runs of values, more than a list holds");
        }
        List<StoredChunk> runs = new ArrayList<>((int) count);
        long[] index = new long[outer];
        do {
            runs.add(run(box, index, elements, address));
        } while (next(index, box));
        return runs;
    }

    private static boolean isWhole(Box box, Shape shape, int dimension) {
        return box.count()[dimension] == shape.dimension(dimension);
    }

    private StoredChunk run(Box box, long[] index, long elements, long address) {
        Shape shape = dataset.space().shape();
        List<Long> origin = new ArrayList<>(box.rank());
        long element = 0;
        for (int d = 0; d < box.rank(); d++) {
            long at = box.start()[d] + (d < index.length ? index[d] * box.step()[d] : 0);
            origin.add(at);
            element = Math.addExact(Math.multiplyExact(element, shape.dimension(d)), at);
        }
        return run(origin, element, elements, address);
    }

    private StoredChunk run(List<Long> origin, long element, long elements, long address) {
        long size = dataset.type().size();
        long bytes = Math.multiplyExact(elements, size);
        long start = Math.addExact(address, Math.multiplyExact(element, size));
        if (bytes > file.space().end() - start) {
            throw new MalformedFileException(
                    new Where(where.source(), where.object(), file.space().base() + address),
                    "truncated: values up to 0x" + Long.toHexString(file.space().base() + start + bytes)
                            + " are wanted, the file ends at 0x"
                            + Long.toHexString(
                                    file.space().base() + file.space().end()));
        }
        return new StoredChunk(origin, file.space().base() + start, bytes, 0);
    }

    /** Goes to the next index in row-major order; false behind the last one. */
    private static boolean next(long[] index, Box box) {
        for (int d = index.length - 1; d >= 0; d--) {
            if (++index[d] < box.count()[d]) {
                return true;
            }
            index[d] = 0;
        }
        return false;
    }
}
