// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.file.SourceObject;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.internal.virtual.Preparations;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
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
    private final Handles file;
    private final SourceObject source;
    private final ResolvedObject object;

    Dataset(Handles file, ResolvedObject object) {
        this(file, new SourceObject(file.file(), object));
    }

    Dataset(Handles file, SourceObject source) {
        this.file = file;
        this.source = source;
        this.object = source.object();
    }

    /** Its current and maximum extent. */
    public Dataspace dataspace() {
        DatasetDescriptor dataset = stored();
        return dataset.layout() instanceof Layout.Virtual
                ? file.within(() -> Preparations.settled(file.file(), dataset).space())
                : dataset.space();
    }

    /** The current lengths of its dimensions; "()" for a single value. */
    public Shape shape() {
        return dataspace().shape();
    }

    /** The type of its elements. */
    public ElementType type() {
        return stored().type();
    }

    /** Header of the committed datatype that it shares; empty when its type is its own. */
    public OptionalLong committedType() {
        long address = Descriptors.committedType(object.header());
        return address < 0 ? OptionalLong.empty() : OptionalLong.of(address);
    }

    /** How its values are stored. */
    public DatasetStorage storage() {
        return file.within(() -> file.description().storage(stored()));
    }

    /**
     * Bytes that its values take in the file: of all chunks as stored, also those outside of its shape, or of the one
     * run (0 when nothing was written).
     */
    public long storedBytes() {
        return file.within(() -> file.description().storedBytes(stored()));
    }

    /** The shape of its chunks; empty unless it is chunked. */
    public Optional<Shape> chunks() {
        return stored().layout() instanceof Layout.Chunked chunked
                ? Optional.of(Shape.of(chunked.chunkShape()))
                : Optional.empty();
    }

    /** The filters that its chunks go through when they are written, in that order. */
    public List<FilterDescription> filters() {
        return stored().filters();
    }

    /** What elements that were never written are. */
    public FillInfo fill() {
        return file.within(() -> file.description().fill(stored()));
    }

    /**
     * A request for this dataset, or slices of it, whatever its path leads to; named by its path, or by "#0x" and its
     * address when none is known. For {@link H5Coro#readDatasets}, {@link H5Coro#explain} and {@link H5Coro#stream},
     * also together with datasets of other files.
     */
    public DatasetRequest request(Hyperslab... slices) {
        return new DatasetRequest(object.path(), object.path(), null, List.of(slices), source);
    }

    /**
     * Reads the dataset, or slices of it; blocks until the values are there.
     *
     * @see H5Coro#readDatasets(List)
     */
    public H5Array read(Hyperslab... slices) {
        DatasetRequest request = request(slices);
        return file.read(List.of(request)).get(request.name());
    }

    /**
     * Reads the dataset in blocks of rows, for what is larger than memory. Reads nothing before the first block is
     * asked for.
     *
     * @throws io.h5coro.error.LimitExceededException when one row, or the rows asked for, do not fit into the budget
     */
    public RowBlocks blocks(BlockOptions options) {
        return file.blocks(this, request(), options);
    }

    /** The same for what a request wants of this dataset. */
    RowBlocks blocks(DatasetRequest request, BlockOptions options) {
        DatasetRequest own =
                new DatasetRequest(request.name(), request.path(), request.attribute(), request.slices(), source);
        return file.blocks(this, own, options);
    }

    private DatasetDescriptor stored() {
        DatasetDescriptor known = source.known();
        return known != null ? known : file.within(source::dataset);
    }

    @Override
    public Optional<String> path() {
        return object.knownPath();
    }

    @Override
    public FileId file() {
        return file.id();
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
    public DatasetRequest attributeRequest(String name) {
        return file.attributeRequest(object, name);
    }

    @Override
    public String toString() {
        return "dataset " + object.path();
    }
}
