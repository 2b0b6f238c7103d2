// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FillInfo;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ObjectInfo;
import io.h5coro.model.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A dataset: an array of elements of one type. */
public final class Dataset implements H5Object {
    private final OpenFile file;
    private final ResolvedObject object;

    Dataset(OpenFile file, ResolvedObject object) {
        this.file = file;
        this.object = object;
    }

    /** Its current and maximum extent. */
    public Dataspace dataspace() {
        return descriptor().space();
    }

    /** The current lengths of its dimensions; "()" for a single value. */
    public Shape shape() {
        return descriptor().space().shape();
    }

    /** The type of its elements. */
    public ElementType type() {
        return descriptor().type();
    }

    /** Header of the committed datatype that it shares; empty when its type is its own. */
    public OptionalLong committedType() {
        long address = Descriptors.committedType(object.header());
        return address < 0 ? OptionalLong.empty() : OptionalLong.of(address);
    }

    /** How its values are stored. */
    public DatasetStorage storage() {
        return file.storage(descriptor());
    }

    /**
     * Bytes that its values take in the file: of all chunks as stored, also those outside of its shape, or of the one run (0
     * when nothing was written).
     */
    public long storedBytes() {
        return file.storedBytes(descriptor());
    }

    /** The shape of its chunks; empty unless it is chunked. */
    public Optional<Shape> chunks() {
        return storage() instanceof DatasetStorage.Chunked chunked
                ? Optional.of(chunked.chunkShape())
                : Optional.empty();
    }

    /** The filters that its chunks go through when they are written, in that order. */
    public List<FilterDescription> filters() {
        return descriptor().filters();
    }

    /** What elements that were never written are. */
    public FillInfo fill() {
        return file.fill(descriptor());
    }

    /**
     * Reads the dataset, or slices of it; blocks until the values are there.
     *
     * @see H5Coro#readDatasets(List)
     */
    public H5Array read(Hyperslab... slices) {
        return file.read(List.of(DatasetRequest.of(path(), slices))).get(path());
    }

    /**
     * Reads the dataset in blocks of rows, for what is larger than memory. Reads nothing before the first block is asked
     * for.
     *
     * @throws io.h5coro.error.LimitExceededException when one row, or the rows asked for, do not fit into the budget
     */
    public RowBlocks blocks(BlockOptions options) {
        return file.blocks(this, DatasetRequest.of(path()), options);
    }

    private DatasetDescriptor descriptor() {
        return file.descriptor(object);
    }

    @Override
    public String path() {
        return object.path();
    }

    @Override
    public long address() {
        return object.header().address();
    }

    @Override
    public ObjectInfo info() {
        return file.info(object);
    }

    @Override
    public List<Attribute> attributes() {
        return file.attributes(object);
    }

    @Override
    public Optional<Attribute> attribute(String name) {
        return file.attribute(object, name);
    }

    @Override
    public String toString() {
        return "dataset " + path();
    }
}
