// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.file.SourceObject;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.prepare.RawFileSizes;
import io.h5coro.internal.prepare.StoredChunks;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.internal.virtual.Preparations;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.FillInfo;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ObjectInfo;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredChunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A dataset: an array of elements of one type. Immutable, thread-safe.
 *
 * <pre>{@code
 * Dataset heights = file.dataset("/gt1l/heights/h_ph");
 * System.out.println(heights.shape() + " " + heights.type().shortName());
 * H5Array first = heights.read(Hyperslab.parse("[0:1000]"));
 * }</pre>
 */
public final class Dataset implements H5Object {
    /**
     * A box of a virtual dataset, and the box of another dataset that its values come from: element i of one, in
     * row-major order, is element i of the other. Immutable.
     *
     * @param origin index of the first element in each dimension of the virtual dataset, slowest first
     * @param shape elements in each of these dimensions, at least one
     * @param source the other dataset, which may be in another file, and may be virtual itself
     * @param sourceOrigin index of the first element in each dimension of the source; empty for a scalar
     * @param sourceShape elements in each of these dimensions; as many in all as in {@code shape}
     */
    public record SourceBox(
            List<Long> origin, Shape shape, Dataset source, List<Long> sourceOrigin, Shape sourceShape) {
        /** Copies the lists. */
        public SourceBox {
            origin = List.copyOf(origin);
            sourceOrigin = List.copyOf(sourceOrigin);
        }
    }

    private final Handles file;
    private final SourceObject source;
    private final ResolvedObject object;

    /** What a walk has read of it; empty where it has not. */
    private final OptionalLong storedBytes;

    Dataset(Handles file, ResolvedObject object) {
        this(file, new SourceObject(file.file(), object), OptionalLong.empty());
    }

    Dataset(Handles file, SourceObject source, OptionalLong storedBytes) {
        this.file = file;
        this.source = source;
        this.storedBytes = storedBytes;
        this.object = source.object();
    }

    /** Returns the current extent and the extent to which the dataset may grow. */
    public Dataspace dataspace() {
        DatasetDescriptor dataset = stored();
        return dataset.layout() instanceof Layout.Virtual
                ? file.within(() -> Preparations.settled(file.file(), dataset).space())
                : dataset.space();
    }

    /** Returns the current lengths of the dimensions, slowest first; "()" for a single value. */
    public Shape shape() {
        return dataspace().shape();
    }

    /** Returns the type of the elements, as the file stores them. */
    public ElementType type() {
        return stored().type();
    }

    /**
     * Returns the header address of the committed datatype that the dataset shares.
     *
     * @return relative to the base address of {@link #file()}, for {@link H5Coro#objectAt(FileId, long)}; empty when
     *     the type is stored with the dataset
     */
    public OptionalLong committedType() {
        long address = Descriptors.committedType(object.header());
        return address < 0 ? OptionalLong.empty() : OptionalLong.of(address);
    }

    /** Returns how the values are stored: in the header, in one run, in chunks, in other files or in other datasets. */
    public DatasetStorage storage() {
        return file.within(() -> file.description().storage(stored()));
    }

    /**
     * Returns the number of bytes that the values take in the file.
     *
     * <p>For a chunked dataset these are all chunks as stored, also those outside of its shape, so the call reads the
     * whole chunk index, unless a walk has read it ({@link io.h5coro.model.WalkOptions.Detail#STORED_BYTES}). Otherwise
     * it is the length of the one run, also when that is in other files.
     *
     * @return 0 when nothing was written, and for a virtual dataset
     */
    public long storedBytes() {
        return file.within(() -> storedBytes.orElseGet(() -> file.description().storedBytes(stored())));
    }

    /**
     * Returns the shape of a chunk, in elements.
     *
     * @return empty unless the dataset is chunked
     */
    public Optional<Shape> chunks() {
        return stored().layout() instanceof Layout.Chunked chunked
                ? Optional.of(Shape.of(chunked.chunkShape()))
                : Optional.empty();
    }

    /**
     * Returns the filters that chunks pass when they are written, in that order. Reading undoes them in reverse.
     *
     * @return unmodifiable; empty when there is no filter
     */
    public List<FilterDescription> filters() {
        return stored().filters();
    }

    /** Returns what stands in place of elements that were never written. */
    public FillInfo fill() {
        return file.within(() -> file.description().fill(stored()));
    }

    /**
     * Returns where the values of a slice are stored, from the index alone: no values are read. The bytes of each can
     * be read from {@link H5Coro#reader()}.
     *
     * <pre>{@code
     * for (StoredChunk chunk : dataset.storedChunks(Hyperslab.parse("[0:10000]"))) {
     *     byte[] stored = file.reader().read(new ByteRange(chunk.address(), chunk.storedBytes())).get();
     * }
     * }</pre>
     *
     * @param slice half-open ranges; {@link Hyperslab#all()} for all values
     * @return the chunks that hold an element of the slice, or, for a contiguous dataset, the runs of wanted elements,
     *     in row-major order of their first elements. What was never written has none
     * @throws io.h5coro.error.SelectionException when the slice does not fit the dataset
     * @throws io.h5coro.error.UnsupportedFeatureException when the values stand in the object header, in files of raw
     *     data or in other datasets
     */
    public List<StoredChunk> storedChunks(Hyperslab slice) {
        return file.within(() -> new StoredChunks(file.file(), stored()).of(request(slice)));
    }

    /**
     * Returns where the values of selected elements are stored: as {@link #storedChunks(Hyperslab)}, each chunk once
     * however many of its elements are selected.
     *
     * @param selection lists of indices, a mask, points or a region
     */
    public List<StoredChunk> storedChunks(ElementSelection selection) {
        return file.within(
                () -> new StoredChunks(file.file(), stored()).of(request().select(selection)));
    }

    /**
     * Returns where the values of a virtual dataset are, as boxes of other datasets. Opens these; reads no values. The
     * values are converted to {@link #type()} where a source has another type.
     *
     * <pre>{@code
     * for (Dataset.SourceBox box : file.dataset("/all").sourceBoxes()) {
     *     System.out.println(box.origin() + " " + box.shape() + " is in " + box.source().file());
     * }
     * }</pre>
     *
     * @return in the order of the mappings: where boxes overlap, the later one counts. What no box covers is
     *     {@link #fill()}, also where a source does not exist
     * @throws io.h5coro.error.UnsupportedFeatureException when the dataset is not virtual
     * @throws io.h5coro.error.LimitExceededException when there are too many boxes for
     *     {@link io.h5coro.model.ReadOptions#metadataBudgetBytes()}
     * @throws io.h5coro.error.H5Exception when a mapping or a source cannot be read
     */
    public List<SourceBox> sourceBoxes() {
        return file.within(() -> file.sourceBoxes(stored()));
    }

    /**
     * Returns how long the files of raw data are that hold the values ({@link DatasetStorage.External}). Asks for one
     * byte of each, all together. What a dataset wants behind the end of such a file is read as zeros.
     *
     * @return bytes of each file by its name, as {@link DatasetStorage.Piece#file()} has it; {@link Long#MAX_VALUE}
     *     where the storage does not tell
     * @throws io.h5coro.error.UnsupportedFeatureException when the values are not in such files
     * @throws io.h5coro.error.NotFoundException when one of the files does not exist
     * @throws io.h5coro.error.H5Exception when one cannot be read
     */
    public Map<String, Long> rawFileSizes() {
        return file.within(() -> RawFileSizes.of(file.file(), stored()));
    }

    /**
     * Makes a request for this dataset, or slices of it, for {@link H5Coro#readDatasets}, {@link H5Coro#explain} and
     * {@link H5Coro#stream}. It reads this dataset whatever its path leads to, and can be mixed with requests for
     * datasets of other files.
     *
     * @param slices none for the whole dataset; several are concatenated along the first dimension
     * @return a request whose name is the dataset's path, or "#0x" and its address when no path is known
     */
    public DatasetRequest request(Hyperslab... slices) {
        return new DatasetRequest(object.path(), object.path(), null, List.of(slices), source);
    }

    /**
     * Reads the dataset, or slices of it, and blocks until the values are decoded.
     *
     * @param slices none for the whole dataset; several are concatenated along the first dimension
     * @return the values, which belong to the caller
     * @throws io.h5coro.error.SelectionException when a slice does not fit the dataset
     * @throws io.h5coro.error.LimitExceededException when the values exceed a bound of
     *     {@link io.h5coro.model.ReadOptions}
     * @throws io.h5coro.error.H5Exception when the values cannot be read exactly
     * @see H5Coro#readDatasets(List)
     */
    public H5Array read(Hyperslab... slices) {
        DatasetRequest request = request(slices);
        return file.read(List.of(request)).get(request.name());
    }

    /**
     * Reads selected elements of the dataset, and blocks until they are decoded. Each chunk is fetched and decoded
     * once, however many of its elements are selected.
     *
     * <pre>{@code
     * H5Array values = dataset.read(ElementSelection.points(2, 0, 5, 8, 1));
     * }</pre>
     *
     * @param selection lists of indices, a mask, points or a region
     * @return the values, which belong to the caller; {@link ElementSelection} states their shape
     * @throws io.h5coro.error.H5Exception as for {@link #read(Hyperslab...)}
     */
    public H5Array read(ElementSelection selection) {
        DatasetRequest request = request().select(selection);
        return file.read(List.of(request)).get(request.name());
    }

    /**
     * Reads the dataset in blocks of rows, for datasets that are larger than memory. No data are read before the first
     * block is asked for.
     *
     * @return the blocks, which the caller closes
     * @throws io.h5coro.error.LimitExceededException when one row, or the number of rows asked for, exceeds the budget
     */
    public RowBlocks blocks(BlockOptions options) {
        return file.blocks(this, request(), options);
    }

    /** Reads what a request selects of this dataset in blocks of rows. */
    RowBlocks blocks(DatasetRequest request, BlockOptions options) {
        DatasetRequest own = new DatasetRequest(
                request.name(),
                request.path(),
                request.attribute(),
                request.slices(),
                source,
                request.field(),
                request.selection());
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
