// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.Dataset;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.FileId;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ObjectId;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the chunks of a dataset and of the datasets that it looks into; blocks. Confined to one thread. */
final class ChunkTables {
    private final FileId home;
    private final FileAddress address;
    private final int elementBytes;
    private final Predicate<Dataset> fits;

    /** By file and header. Null while a table is under way, so that a dataset that leads to itself is noticed. */
    private final Map<ObjectId, @Nullable ChunkTable> tables = new HashMap<>();

    /**
     * Those of one dataset.
     *
     * @param home the file that was opened
     * @param address its address
     * @param elementBytes bytes of an element
     * @param fits whether Zarr gives for missing chunks of a dataset what HDF5 does
     */
    ChunkTables(FileId home, FileAddress address, int elementBytes, Predicate<Dataset> fits) {
        this.home = home;
        this.address = address;
        this.elementBytes = elementBytes;
        this.fits = fits;
    }

    /**
     * Finds the chunks of a dataset.
     *
     * @throws RefusedException when Zarr has no such chunks
     * @throws io.h5coro.error.H5Exception when the index, or a source, cannot be read
     */
    ChunkTable of(Dataset dataset) {
        ObjectId key = dataset.id();
        if (tables.containsKey(key)) {
            ChunkTable known = tables.get(key);
            if (known == null) {
                throw new RefusedException("it is its own source");
            }
            return known;
        }
        tables.put(key, null);
        ChunkTable table = find(dataset);
        tables.put(key, table);
        return table;
    }

    int elementBytes() {
        return elementBytes;
    }

    boolean fits(Dataset dataset) {
        return fits.test(dataset);
    }

    /** The address of the file that holds a dataset. */
    FileAddress address(Dataset dataset) {
        FileId file = dataset.file();
        return file.equals(home) ? address : address.beside(file.names());
    }

    private ChunkTable find(Dataset dataset) {
        DatasetStorage storage = dataset.storage();
        Shape shape = dataset.shape();
        if (storage instanceof DatasetStorage.Virtual) {
            return new VirtualTable(this, dataset).table();
        }
        if (storage instanceof DatasetStorage.External external) {
            RawPieces pieces = RawPieces.of(external.pieces(), shape, elementBytes);
            SortedMap<Long, ChunkReference> references = new TreeMap<>();
            pieces.references(address(dataset)).forEach(one -> references.put(one.index(), one));
            pieces.check(dataset.rawFileSizes());
            return new ChunkTable(shape, pieces.chunks(), List.of(), references, true);
        }
        if (storage instanceof DatasetStorage.Compact) {
            throw new RefusedException("its values are in an object header");
        }
        boolean chunked = storage instanceof DatasetStorage.Chunked;
        Shape chunks = chunked ? dataset.chunks().orElseThrow() : ZarrArray.atLeastOne(shape);
        List<Map<String, Object>> codecs = chunked ? ZarrFilters.of(dataset.filters(), elementBytes) : List.of();
        return new ChunkTable(shape, chunks, codecs, stored(dataset, new ChunkGrid(shape, chunks)), fits(dataset));
    }

    private SortedMap<Long, ChunkReference> stored(Dataset dataset, ChunkGrid grid) {
        List<StoredChunk> stored = dataset.storedChunks(Hyperslab.all());
        SortedMap<Long, ChunkReference> references = new TreeMap<>();
        String file = stored.isEmpty() ? "" : address(dataset).whole();
        for (StoredChunk chunk : stored) {
            if (chunk.filterMask() != 0) {
                throw new RefusedException("chunks are stored without some of the filters");
            }
            long index = grid.index(chunk.origin());
            ChunkReference unused =
                    references.put(index, ChunkReference.at(index, file, chunk.address(), chunk.storedBytes()));
        }
        return references;
    }
}
