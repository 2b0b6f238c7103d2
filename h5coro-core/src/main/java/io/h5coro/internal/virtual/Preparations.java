// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Picked;
import io.h5coro.internal.prepare.DatasetPreparation;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.SourceReads;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.scatter.CallerMemory;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.OpaqueType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prepares requests of a file, those for virtual datasets included. Blocks on the chunk index, and on the sources of
 * virtual datasets. Thread-safe.
 */
public final class Preparations {
    private final SourceFile file;
    private final int depth;
    private final SourceReads sources;
    private final DatasetPreparation stored;

    /**
     * Prepares requests of a file.
     *
     * @param sources take what is elsewhere
     */
    public Preparations(SourceFile file, SourceReads sources) {
        this(file, 0, sources);
    }

    /**
     * Prepares a request of a file.
     *
     * @param sources take what is elsewhere
     * @param into memory for its values; null for memory of the result's own
     */
    public Preparations(SourceFile file, SourceReads sources, @Nullable CallerMemory into) {
        this.file = file;
        this.depth = 0;
        this.sources = sources;
        this.stored = new DatasetPreparation(file, sources, into);
    }

    /**
     * Prepares requests of a file.
     *
     * @param depth how many virtual datasets led here
     */
    Preparations(SourceFile file, int depth, SourceReads sources) {
        this.file = file;
        this.depth = depth;
        this.sources = sources;
        this.stored = new DatasetPreparation(file, sources);
    }

    /**
     * The dataset with the extent that it has now: that of an unlimited virtual dataset follows from its sources.
     * Blocks.
     */
    public static DatasetDescriptor settled(SourceFile file, DatasetDescriptor dataset) {
        return dataset.layout() instanceof Layout.Virtual
                ? VirtualDataset.of(file, dataset, 0).descriptor()
                : dataset;
    }

    /** Finds out what a request needs. What its header has elsewhere may still be on its way. */
    public DatasetRead prepare(DatasetRequest request, ResolvedRequest resolved) {
        DatasetRead read = resolved instanceof ResolvedRequest.Dataset dataset
                ? dataset(request, dataset.descriptor(), dataset.descriptor().type())
                : stored.values(request, (ResolvedRequest.Values) resolved);
        return read.restingOn(resolved);
    }

    /** Finds out what a request for the bytes of elements needs; its result is opaque. */
    DatasetRead opaque(DatasetRequest request, DatasetDescriptor dataset) {
        return dataset(request, dataset, new OpaqueType(dataset.type().size(), ""));
    }

    /** The same for elements that were picked in the dataset; the request says the result's name. */
    DatasetRead opaque(DatasetRequest request, DatasetDescriptor dataset, Picked picked) {
        OpaqueType type = new OpaqueType(dataset.type().size(), "");
        return dataset(dataset, settled -> stored.frame(request, settled, type, picked));
    }

    private DatasetRead dataset(DatasetRequest request, DatasetDescriptor dataset, ElementType type) {
        return dataset(dataset, settled -> stored.frame(request, settled, type));
    }

    /**
     * Finds out what a checked request needs.
     *
     * @param check checks the request against the dataset with the extent of now
     */
    private DatasetRead dataset(
            DatasetDescriptor dataset, Function<DatasetDescriptor, DatasetPreparation.Frame> check) {
        if (!(dataset.layout() instanceof Layout.Virtual)) {
            return stored.dataset(check.apply(dataset), dataset);
        }
        VirtualDataset virtual = VirtualDataset.of(file, dataset, depth);
        DatasetDescriptor settled = virtual.descriptor();
        DatasetPreparation.Frame frame = check.apply(settled);
        return frame.isEmpty()
                ? frame.empty()
                : frame.read(
                        virtual.pieces(frame, sources),
                        DatasetPreparation.fill(settled, frame.target().where()));
    }
}
