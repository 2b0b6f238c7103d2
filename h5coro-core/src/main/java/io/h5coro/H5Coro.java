// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.driver.FileDrivers;
import io.h5coro.internal.engine.Reads;
import io.h5coro.internal.file.CurrentFile;
import io.h5coro.internal.file.FoundLocations;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.file.Openings;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.internal.file.SourceObject;
import io.h5coro.internal.memory.HeapMemory;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Destination;
import io.h5coro.model.FileInfo;
import io.h5coro.model.H5Array;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An open HDF5 file. Thread-safe.
 *
 * <pre>{@code
 * try (H5Coro file = H5Coro.open("s3://bucket/granule.h5")) {
 *     ReadPromise promise = file.readDatasets(List.of(
 *             DatasetRequest.of("/gt1l/heights/h_ph"),
 *             DatasetRequest.parse("/gt1l/heights/lat_ph[503000:903000]")));
 *     double first = promise.get("/gt1l/heights/h_ph").getDouble(0);
 * }
 * }</pre>
 *
 * <p>A dataset that cannot be read exactly fails with an {@link H5Exception} that names the object, its address, what
 * was found and what was expected. Other objects are unaffected. Metadata that was read once is kept in memory, up to
 * {@link ReadOptions#cacheBytes()}.
 *
 * <p>A call fails with {@link ReadAbortedException}
 *
 * <ul>
 *   <li>at the latest when {@link ReadOptions#deadline()} has passed,
 *   <li>soon after its thread is interrupted,
 *   <li>when the file is closed, also for its objects. {@link #statistics()}, {@link #close()} and what an object knows
 *       without reading, such as its path, still work.
 * </ul>
 */
public final class H5Coro extends Contents implements AutoCloseable {
    private final CurrentFile file;
    private final Runnable closing;

    private H5Coro(CurrentFile file) {
        super(file);
        this.file = file;
        this.closing = file::close;
    }

    /** Makes another handle to an open file; closing it only runs {@code closing}, once. */
    H5Coro(H5Coro shared, Runnable closing) {
        super(shared.file);
        this.file = shared.file;
        AtomicBoolean closed = new AtomicBoolean();
        this.closing = () -> {
            if (closed.compareAndSet(false, true)) {
                closing.run();
            }
        };
    }

    /**
     * Opens a file by its location with the default options.
     *
     * @param location a path, or a URI of a known scheme: {@code file:}, {@code http:}, {@code https:}, and {@code s3:}
     *     with the module h5coro-s3. One with a {@code %d} such as {@code name%05d.h5} is a family
     *     ({@link io.h5coro.model.FileDriver})
     * @throws NotFoundException when it does not exist
     * @throws StorageFailureException when it cannot be reached or read
     * @throws io.h5coro.error.MalformedFileException when it is not HDF5
     */
    public static H5Coro open(String location) {
        return open(location, ReadOptions.defaults(), StorageOptions.none());
    }

    /** Opens a file by its location, with default options for its storage; see {@link #open(String)}. */
    public static H5Coro open(String location, ReadOptions options) {
        return open(location, options, StorageOptions.none());
    }

    /**
     * Opens a file by its location, with options for its storage such as credentials. Other files that it names, for
     * example in external links, are opened when they lie in its folder (key prefix) or below it: {@link SiblingFiles}.
     *
     * @param location as for {@link #open(String)}
     * @param storage applies to the file and to the files that it names
     */
    public static H5Coro open(String location, ReadOptions options, StorageOptions storage) {
        SiblingFiles.Opener opener = at -> Storages.open(at, storage);
        return owned(
                location, LocationText.shown(location), opener, options, SiblingFiles.ofLocation(location, opener));
    }

    /**
     * Opens a file by its location, and the files that it names through a resolver.
     *
     * @param location as for {@link #open(String)}
     * @param storage applies to the file itself
     * @param resolver opens the files that it names, for example in external links; they are closed with this file
     */
    public static H5Coro open(String location, ReadOptions options, StorageOptions storage, FileResolver resolver) {
        return owned(location, LocationText.shown(location), at -> Storages.open(at, storage), options, resolver);
    }

    /**
     * Opens a file by its location through readers that the caller makes.
     *
     * @param location the file, as messages name it without secrets
     * @param opener opens the file, or each of the members of which it consists ({@link io.h5coro.model.FileDriver});
     *     its readers are closed with this file
     * @param resolver opens the files that it names, for example in external links; they are closed with this file
     */
    public static H5Coro open(String location, ReadOptions options, SiblingFiles.Opener opener, FileResolver resolver) {
        return owned(location, LocationText.shown(location), opener, options, resolver);
    }

    /** Opens a file by its URI, with default options for its storage. */
    public static H5Coro open(URI uri, ReadOptions options) {
        return open(uri, options, StorageOptions.none());
    }

    /**
     * Opens a file by its URI, with options for its storage such as credentials. Files that it names are opened when
     * they lie in its folder or below it: {@link SiblingFiles}.
     *
     * @param uri escaped as RFC 3986 asks; differs from the text form where a name has a percent sign
     * @param storage applies to the file and to the files that it names
     */
    public static H5Coro open(URI uri, ReadOptions options, StorageOptions storage) {
        SiblingFiles.Opener opener = at -> Storages.open(URI.create(at), storage);
        String location = uri.toString();
        return owned(location, LocationText.shown(uri), opener, options, SiblingFiles.ofUri(location, opener));
    }

    /**
     * Opens a local file. Files that it names are opened when they lie in its folder or below it: {@link SiblingFiles}.
     */
    public static H5Coro open(Path path, ReadOptions options) {
        SiblingFiles.Opener opener = at -> Storages.open(path.getFileSystem().getPath(at), StorageOptions.none());
        String location = path.toString();
        return owned(location, LocationText.shown(location), opener, options, SiblingFiles.ofPath(location, opener));
    }

    /** Opens a local file with the default options. */
    public static H5Coro open(Path path) {
        return open(path, ReadOptions.defaults());
    }

    /**
     * Opens the file whose bytes a reader gives. Files that it names are refused.
     *
     * @param reader belongs to the caller, who closes it after this file
     */
    public static H5Coro open(RangeReader reader, ReadOptions options) {
        return open(reader, options, FileResolver.none());
    }

    /**
     * Opens the file whose bytes a reader gives, and the files that it names through a resolver.
     *
     * @param reader belongs to the caller, who closes it after this file
     * @param resolver opens the files that it names, for example in external links; they are closed with this file
     */
    public static H5Coro open(RangeReader reader, ReadOptions options, FileResolver resolver) {
        return new H5Coro(CurrentFile.of(reader, options, resolver));
    }

    /**
     * Opens a file by its location without blocking the caller.
     *
     * <pre>{@code
     * H5Coro.openAsync("s3://bucket/granule.h5", ReadOptions.defaults(), StorageOptions.none())
     *         .thenAccept(file -> { ... });
     * }</pre>
     *
     * <p>{@link ReadOptions#deadline()} begins with the call. Before Java 21, at most 16 files of the process are
     * opened at once by this method, and others wait for their turn; later versions have a virtual thread for each.
     *
     * @param location as for {@link #open(String)}
     * @param storage applies to the file and to the files that it names
     * @return fails with what {@link #open(String, ReadOptions, StorageOptions)} throws. Cancelling it ends the
     *     opening. Dependent stages run in the common pool, as those of {@link CompletableFuture#supplyAsync(Supplier)}
     *     do
     */
    public static CompletableFuture<H5Coro> openAsync(String location, ReadOptions options, StorageOptions storage) {
        Where where = Where.source(LocationText.shown(location));
        return Openings.startHere(where, options.deadline(), () -> open(location, options, storage), H5Coro::close);
    }

    /**
     * Reads the same datasets, slices and attributes of many files, one file after the other; the next ones are on
     * their way meanwhile. Does not block, and opens nothing before the iteration starts.
     *
     * @param locations as for {@link #open(String)}, in the order of the iteration
     * @param requests what to read of each file, under different names
     * @return the series, which the caller closes
     */
    public static FileSeries series(List<String> locations, List<DatasetRequest> requests, FileSeries.Options options) {
        List<DatasetRequest> copy = List.copyOf(requests);
        return new FileSeries(locations, file -> copy, options);
    }

    /**
     * Reads many files, one file after the other, where what to read of a file follows from the file.
     *
     * @param locations as for {@link #open(String)}, in the order of the iteration
     * @param requests is applied to each open file, to several at once on as many threads. It may look into the file,
     *     but may not wait for the series. When it throws, its file fails. The file is closed when its requests have
     *     ended
     * @return the series, which the caller closes
     */
    public static FileSeries series(
            List<String> locations, Function<H5Coro, List<DatasetRequest>> requests, FileSeries.Options options) {
        return new FileSeries(locations, requests, options);
    }

    /**
     * Finds files by a location with wildcards, such as {@code s3://bucket/ATL03_2026*_006_*.h5}, in the order of their
     * names. {@link Storages#find} says what the wildcards are. A location that ends with a slash, or is a local
     * folder, means the files directly in it.
     *
     * <pre>{@code
     * try (Stream<StoredObject> files = H5Coro.locations("s3://bucket/2026/ATL03_*.h5", StorageOptions.none())) {
     *     List<String> locations = files.map(StoredObject::location).toList();
     * }
     * }</pre>
     *
     * <p>The stream is lazy: its memory does not grow with the number of files. It may fail with an {@link H5Exception}
     * at any of its elements.
     *
     * @param location as for {@link #open(String)}; the files need not be HDF5
     * @param storage applies to the storage that is listed
     * @return at least one file; the caller closes it, unless it reads it to its end
     * @throws NotFoundException when no file is found
     * @throws io.h5coro.error.UnsupportedFeatureException when the storage does not list, as HTTP does not without
     *     {@link io.h5coro.storage.http.HttpOptions.Builder#indexPages}
     * @throws StorageFailureException when it cannot be reached or listed
     */
    public static Stream<StoredObject> locations(String location, StorageOptions storage) {
        return FoundLocations.of(location, storage);
    }

    /**
     * Creates a memory budget that several files share: give it to their {@link ReadOptions}.
     *
     * @param bytes its size; a chunk of more stored bytes than about an eighth of it cannot be read
     * @param whenFull what happens to a call whose results do not fit at the moment
     * @throws IllegalArgumentException when {@code bytes} is not positive
     */
    public static MemoryBudget memoryBudget(long bytes, MemoryBudget.WhenFull whenFull) {
        return new SharedMemory(bytes, whenFull);
    }

    /**
     * Returns the memory budget of all files of this process whose {@link ReadOptions} name none: two thirds of the
     * largest heap. It cannot be changed.
     */
    public static MemoryBudget defaultMemoryBudget() {
        return HeapMemory.ofThisProcess().account();
    }

    /**
     * Returns the filter with an HDF5 identifier: one that was found ({@link ChunkFilter}), else the reader's own.
     *
     * @return empty when chunks that went through the filter cannot be read
     * @throws java.util.ServiceConfigurationError when a found filter cannot be made
     */
    public static Optional<ChunkFilter> installedFilter(int id) {
        return FilterRegistry.installed().find(id);
    }

    /**
     * Forgets what the data cache of some options keeps of an object, in all its tiers: for a walk over many files that
     * are not read again soon. Makes no request; blocks on the disk. Files that are open go on being read.
     *
     * @param location as for {@link #open(String)}
     * @param options name the cache; without one nothing is done
     * @param storage as for the opening
     * @throws StorageFailureException when the location is not usable
     */
    public static void forget(String location, ReadOptions options, StorageOptions storage) {
        try (RangeReader reader = Storages.open(location, storage)) {
            options.dataCache()
                    .ifPresent(cache -> SharedResources.ofThisProcess().data().forget(cache, reader));
        } catch (StorageException e) {
            throw StorageFailures.translate(LocationText.shown(location), Where.NO_ADDRESS, e);
        }
    }

    /** Returns the open file, for series. */
    CurrentFile current() {
        return file;
    }

    static H5Coro owned(
            String location, String shown, SiblingFiles.Opener opener, ReadOptions options, FileResolver resolver) {
        return new H5Coro(CurrentFile.of(storage(location, shown, opener, options), options, resolver));
    }

    /** Opens a file of a series, or one of which something is known. */
    static H5Coro known(String location, SiblingFiles.Opener opener, Means means) {
        CurrentFile.Storage storage = storage(location, LocationText.shown(location), opener, means.options());
        return new H5Coro(CurrentFile.of(storage, means, SiblingFiles.ofLocation(location, opener)));
    }

    private static CurrentFile.Storage storage(
            String location, String shown, SiblingFiles.Opener opener, ReadOptions options) {
        return hedging -> FileDrivers.open(location, shown, options, at -> hedging.around(opener.open(at)));
    }

    /**
     * Starts to read many datasets, slices and attributes at once. Does not block.
     *
     * <p>The metadata of all requests is resolved in parallel, and their chunks are planned together into large ranges.
     * Each result is available as soon as its last chunk is decoded.
     *
     * @param requests what to read, under different names; an empty list gives an empty promise
     * @return the results by name; a failure affects its own request only
     * @throws io.h5coro.error.SelectionException when two requests have the same name
     */
    public ReadPromise readDatasets(List<DatasetRequest> requests) {
        return file.within(() -> new Handles(file.unconfirmed()).read(requests));
    }

    /**
     * Describes what {@link #readDatasets} would fetch, without reading data. Blocks until the metadata is there, which
     * a read that follows does not fetch again.
     *
     * @param requests what would be read, under different names
     * @return requests and bytes of the read, those to other files included. Requests that cannot be read are listed in
     *     it, not thrown
     * @throws io.h5coro.error.SelectionException when two requests have the same name
     * @throws io.h5coro.error.ReadAbortedException when the deadline passes, the thread is interrupted or the file is
     *     closed
     */
    public ReadPlan explain(List<DatasetRequest> requests) {
        return file.within(() -> Reads.explain(file.confirmed(), requests));
    }

    /**
     * Reads one dataset, slice or attribute; blocks until the values are decoded.
     *
     * @return the values, which belong to the caller
     * @throws NotFoundException when the path leads to no dataset or attribute
     * @throws io.h5coro.error.SelectionException when a slice does not fit the dataset
     * @throws io.h5coro.error.H5Exception when the values cannot be read exactly
     */
    public H5Array read(DatasetRequest request) {
        return readDatasets(List.of(request)).get(request);
    }

    /**
     * Starts to read one dataset or slice into memory of the caller. Does not block.
     *
     * <pre>{@code
     * FloatBuffer memory = ByteBuffer.allocateDirect(28_000).order(ByteOrder.nativeOrder()).asFloatBuffer();
     * DatasetRequest heights = DatasetRequest.of("/gt1l/heights/h_ph");
     * Shape shape = file.readInto(heights, Destination.of(memory)).join().shape();
     * }</pre>
     *
     * <p>Each chunk is decoded and then copied to its place in that memory: there is no array in between. The memory
     * does not count as memory of the reader ({@link ReadOptions#resultBytes()}, {@link MemoryBudget}).
     *
     * <p>Until the future is done, the memory belongs to the reader. Once it is done, however it ended, nothing is
     * written to it any more. After a failure it may hold values, fill values, zeros and what was there before, in any
     * mixture. Elements outside of what the request selects are never written.
     *
     * @param destination has room for all values, and takes elements of their type
     * @return what was read. It fails with {@link io.h5coro.error.SelectionException}, before any data is requested,
     *     when the destination does not take the values, and otherwise as {@link #read(DatasetRequest)} does.
     *     Cancelling it does not end the read. Dependent stages run as those of {@link ReadPromise#future(String)} do
     */
    public CompletableFuture<Destination.Filled> readInto(DatasetRequest request, Destination destination) {
        return Objects.requireNonNull(readInto(Map.of(request, destination)).get(request));
    }

    /**
     * Starts to read several datasets and slices into memory of the caller, planned together as
     * {@link #readDatasets(List)} does; see {@link #readInto(DatasetRequest, Destination)}. Does not block.
     *
     * @param destinations memory for each request, in the order of the requests where the map has one. They may not
     *     overlap: what is in memory that two requests share is not defined
     * @return what was read for each request; a failure affects its own request only
     * @throws io.h5coro.error.SelectionException when two requests were given the same name
     */
    public Map<DatasetRequest, CompletableFuture<Destination.Filled>> readInto(
            Map<DatasetRequest, Destination> destinations) {
        return file.within(() -> new Handles(file.unconfirmed()).readInto(destinations));
    }

    /**
     * Reads one dataset or slice by its text form; blocks until the values are decoded.
     *
     * @param request such as {@code "/gt1l/heights/h_ph[0:1000]"}; see {@link DatasetRequest#parse(String)}
     * @throws IllegalArgumentException when the text in brackets is not a slice
     * @throws io.h5coro.error.H5Exception as for {@link #read(DatasetRequest)}
     */
    public H5Array read(String request) {
        return read(DatasetRequest.parse(request));
    }

    /**
     * Reads a dataset or one slice of it in blocks of rows, for datasets that are larger than memory. Blocks until the
     * metadata is there; no data are read before the first block is asked for.
     *
     * @return the blocks, which the caller closes
     * @throws io.h5coro.error.SelectionException when the request is for an attribute, has several slices, or its slice
     *     does not fit the dataset
     * @throws io.h5coro.error.LimitExceededException when one row, or the number of rows asked for, exceeds the budget
     * @throws NotFoundException when the path leads to no dataset
     */
    public RowBlocks stream(DatasetRequest request, BlockOptions options) {
        return file.within(() -> dataset(request).blocks(request, options));
    }

    /** Returns the dataset that a request is for; a {@link NotFoundException} when there is none. */
    public Dataset dataset(DatasetRequest request) {
        if (request.target() == null) {
            return dataset(request.path());
        }
        if (request.target() instanceof SourceObject known) {
            return new Dataset(new Handles(known.file()), known, OptionalLong.empty());
        }
        throw new NotFoundException(Where.object(file.source(), request.path()), "is not a dataset");
    }

    /**
     * Returns the reader of the file's bytes, for reads of stored data: {@link Dataset#storedChunks}. What it reads is
     * not in {@link #statistics()}, and not cached.
     *
     * @return the reader, of all members as one where the file has several. It fails once this file is closed;
     *     closing it has no effect
     */
    public RangeReader reader() {
        return new ForwardingRangeReader(file.confirmed().reader()) {
            @Override
            public void close() {
                // It stays the file's.
            }
        };
    }

    /** Returns what the superblock says. */
    public FileInfo info() {
        return ask(open -> open.description().info());
    }

    /** Returns what all reads of this file have cost so far. Also works after {@link #close()}. */
    public ReadStatistics statistics() {
        return file.unconfirmed().statistics();
    }

    /**
     * Closes the file. Reads under way fail with {@link io.h5coro.error.ReadAbortedException}, and storage that
     * {@code open} opened is closed. A handle from {@link H5Files} is only given back. Waits for metadata and data to
     * be written to the caches of {@link ReadOptions}. Idempotent.
     */
    @Override
    public void close() {
        closing.run();
    }
}
