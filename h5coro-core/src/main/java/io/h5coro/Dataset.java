// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.engine.ResolvedRequest;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.ResolvedObject;
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
import org.jspecify.annotations.Nullable;

/** A dataset: an array of elements of one type. */
public final class Dataset implements H5Object {
    private final OpenFile file;
    private final ResolvedObject object;

    /** What the header says, once it was asked for. */
    private volatile @Nullable DatasetDescriptor stored;

    Dataset(OpenFile file, ResolvedObject object) {
        this.file = file;
        this.object = object;
    }

    /** Its current and maximum extent. */
    public Dataspace dataspace() {
        return file.engine().settled(stored()).space();
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
        return file.storage(stored());
    }

    /** Bytes that its values take in the file: of all chunks as stored, or of the one run (0 when nothing was written). */
    public long storedBytes() {
        return file.storedBytes(stored());
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
        return file.fill(stored());
    }

    /**
     * A request for this dataset, or slices of it, whatever its path leads to; named by its path, or by "#0x" and its address
     * when none is known. For {@link H5Coro#readDatasets}, {@link H5Coro#explain} and {@link H5Coro#stream}, also together
     * with datasets of other files.
     */
    public DatasetRequest request(Hyperslab... slices) {
        return new DatasetRequest(object.path(), object.path(), null, List.of(slices), this);
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
     * Reads the dataset in blocks of rows, for what is larger than memory. Reads nothing before the first block is asked
     * for.
     *
     * @throws io.h5coro.error.LimitExceededException when one row, or the rows asked for, do not fit into the budget
     */
    public RowBlocks blocks(BlockOptions options) {
        return file.blocks(this, request(), options);
    }

    /** The same for what a request wants of this dataset. */
    RowBlocks blocks(DatasetRequest request, BlockOptions options) {
        DatasetRequest own =
                new DatasetRequest(request.name(), request.path(), request.attribute(), request.slices(), this);
        return file.blocks(this, own, options);
    }

    /** This dataset as what a request turned out to ask for. */
    ResolvedRequest resolved() {
        return new ResolvedRequest.Dataset(stored(), file.engine(), List.of());
    }

    private DatasetDescriptor stored() {
        DatasetDescriptor known = stored;
        if (known == null) {
            known = file.descriptor(object);
            stored = known;
        }
        return known;
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
    public String toString() {
        return "dataset " + object.path();
    }
}
