// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.internal.driver.FileDrivers;
import io.h5coro.internal.engine.Reads;
import io.h5coro.internal.file.CurrentFile;
import io.h5coro.internal.file.SourceObject;
import io.h5coro.internal.memory.HeapMemory;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileId;
import io.h5coro.model.FileInfo;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.Reference;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * An open HDF5 file.
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
 * <p>Each call ends at the latest with {@link ReadOptions#deadline()}, and soon after its thread is interrupted, with a
 * {@link ReadAbortedException}; so does every call on a file that was closed, also of its objects, but for
 * {@link #statistics()} and {@link #close()}, and for what an object knows of itself, such as its path.
 *
 * <p>Thread-safe. Metadata that was read once is kept within {@link ReadOptions#cacheBytes()}. Whatever cannot be
 * answered exactly is an {@link H5Exception}; an object that cannot be read does not keep others from being read.
 */
public final class H5Coro implements AutoCloseable {
    private final CurrentFile file;
    private final Runnable closing;

    private H5Coro(CurrentFile file) {
        this.file = file;
        this.closing = file::close;
    }

    /** Another one of an open file: closing it only runs {@code closing}, once. */
    H5Coro(H5Coro shared, Runnable closing) {
        this.file = shared.file;
        AtomicBoolean closed = new AtomicBoolean();
        this.closing = () -> {
            if (closed.compareAndSet(false, true)) {
                closing.run();
            }
        };
    }

    /**
     * Opens a file by its location with all defaults.
     *
     * @param location a path, or a URI of a known scheme: {@code file:}, {@code http:}, {@code https:}, and {@code s3:}
     *     with the module h5coro-s3; one with a {@code %d} such as {@code name%05d.h5} is a family
     *     ({@link io.h5coro.model.FileDriver})
     * @throws NotFoundException when it does not exist
     * @throws StorageFailureException when it cannot be reached or read
     * @throws io.h5coro.error.MalformedFileException when it is not HDF5
     */
    public static H5Coro open(String location) {
        return open(location, ReadOptions.defaults(), StorageOptions.none());
    }

    /** Opens a file by its location. */
    public static H5Coro open(String location, ReadOptions options) {
        return open(location, options, StorageOptions.none());
    }

    /**
     * Opens a file by its location, with options for its storage such as credentials. Files that it names are opened
     * when they lie in its folder (key prefix) or below it: {@link SiblingFiles}.
     */
    public static H5Coro open(String location, ReadOptions options, StorageOptions storage) {
        SiblingFiles.Opener opener = at -> Storages.open(at, storage);
        return owned(
                location, LocationText.shown(location), opener, options, SiblingFiles.ofLocation(location, opener));
    }

    /** The same with another way to open the files that it names. */
    public static H5Coro open(String location, ReadOptions options, StorageOptions storage, FileResolver resolver) {
        return owned(location, LocationText.shown(location), at -> Storages.open(at, storage), options, resolver);
    }

    /**
     * Opens a file by its location, with readers of the caller's making: of the file itself, or of the members of which
     * its driver says that it consists.
     *
     * @param opener opens a location; what it opened is closed with this file
     * @param resolver opens the files that it names
     */
    public static H5Coro open(String location, ReadOptions options, SiblingFiles.Opener opener, FileResolver resolver) {
        return owned(location, LocationText.shown(location), opener, options, resolver);
    }

    /** Opens a file by its URI. */
    public static H5Coro open(URI uri, ReadOptions options) {
        return open(uri, options, StorageOptions.none());
    }

    /** Opens a file by its URI, with options for its storage such as credentials. */
    public static H5Coro open(URI uri, ReadOptions options, StorageOptions storage) {
        SiblingFiles.Opener opener = at -> Storages.open(URI.create(at), storage);
        String location = uri.toString();
        return owned(location, LocationText.shown(uri), opener, options, SiblingFiles.ofUri(location, opener));
    }

    /** Opens a local file. */
    public static H5Coro open(Path path, ReadOptions options) {
        SiblingFiles.Opener opener = at -> Storages.open(path.getFileSystem().getPath(at), StorageOptions.none());
        String location = path.toString();
        return owned(location, LocationText.shown(location), opener, options, SiblingFiles.ofPath(location, opener));
    }

    /** Opens a local file with all defaults. */
    public static H5Coro open(Path path) {
        return open(path, ReadOptions.defaults());
    }

    /**
     * Opens what a reader reads.
     *
     * @param reader stays the caller's, who closes it after this file
     */
    public static H5Coro open(RangeReader reader, ReadOptions options) {
        return open(reader, options, FileResolver.none());
    }

    /**
     * Opens what a reader reads.
     *
     * @param reader stays the caller's, who closes it after this file
     * @param resolver opens the files that it names; what it opened is closed with this file
     */
    public static H5Coro open(RangeReader reader, ReadOptions options, FileResolver resolver) {
        return new H5Coro(CurrentFile.of(reader, options, resolver));
    }

    /**
     * Memory for files to share: give it to their {@link ReadOptions}.
     *
     * @param bytes of it; a chunk of more stored bytes than about an eighth cannot be read within it
     * @param whenFull what becomes of a call whose results do not fit now
     * @throws IllegalArgumentException when {@code bytes} is not positive
     */
    public static MemoryBudget memoryBudget(long bytes, MemoryBudget.WhenFull whenFull) {
        return new SharedMemory(bytes, whenFull);
    }

    /**
     * The memory that all files of this process share whose {@link ReadOptions} name none: two thirds of the largest
     * heap. There is one heap, so there is one of these; it cannot be changed, and {@link MemoryBudget#use()} says what
     * it has.
     */
    public static MemoryBudget defaultMemoryBudget() {
        return HeapMemory.ofThisProcess().account();
    }

    static H5Coro owned(
            String location, String shown, SiblingFiles.Opener opener, ReadOptions options, FileResolver resolver) {
        CurrentFile.Storage storage =
                hedging -> FileDrivers.open(location, shown, options, at -> hedging.around(opener.open(at)));
        return new H5Coro(CurrentFile.of(storage, options, resolver));
    }

    /**
     * Reads many datasets, slices and attributes at once. Metadata of all requests is resolved in parallel, the chunks
     * of all of them are planned together into large ranges, and each result is there as soon as its last chunk is
     * decoded. Does not block.
     *
     * @param requests what to read, under different names; none is an empty promise
     * @return the results by name; a failure concerns its own name only
     * @throws io.h5coro.error.SelectionException when two requests have one name
     */
    public ReadPromise readDatasets(List<DatasetRequest> requests) {
        return file.within(() -> new Handles(file.unconfirmed()).read(requests));
    }

    /**
     * Says what {@link #readDatasets} would do, without reading data: resolves all requests and plans them together.
     * Blocks on metadata, which a read that follows does not fetch again.
     *
     * @param requests what would be read, under different names
     * @return requests and bytes of the read, those to other files included; what cannot be read is listed there, not
     *     thrown
     * @throws io.h5coro.error.SelectionException when two requests have one name
     * @throws io.h5coro.error.ReadAbortedException when the deadline passes, the thread is interrupted or the file is
     *     closed
     */
    public ReadPlan explain(List<DatasetRequest> requests) {
        return file.within(() -> Reads.explain(file.confirmed(), requests));
    }

    /** Reads one dataset, slice or attribute; blocks until it is there. */
    public H5Array read(DatasetRequest request) {
        return readDatasets(List.of(request)).get(request.name());
    }

    /**
     * Reads by the text form, such as {@code "/gt1l/heights/h_ph[0:1000]"}; see {@link DatasetRequest#parse(String)}.
     */
    public H5Array read(String request) {
        return read(DatasetRequest.parse(request));
    }

    /**
     * Reads a dataset or one slice of it in blocks of rows, for what is larger than memory. Blocks on metadata, and
     * reads no data before the first block is asked for.
     *
     * @throws io.h5coro.error.SelectionException when the request is for an attribute, has several slices, or its slice
     *     does not fit the dataset
     * @throws io.h5coro.error.LimitExceededException when one row, or the rows asked for, do not fit into the budget
     * @throws NotFoundException when there is no such dataset
     */
    public RowBlocks stream(DatasetRequest request, BlockOptions options) {
        return file.within(() -> dataset(request).blocks(request, options));
    }

    private Dataset dataset(DatasetRequest request) {
        if (request.target() == null) {
            return dataset(request.path());
        }
        if (request.target() instanceof SourceObject known) {
            return new Dataset(new Handles(known.file()), known);
        }
        throw new NotFoundException(Where.object(file.source(), request.path()), "is not a dataset");
    }

    /** Asks what is true of the file. */
    private <T> T ask(Function<Handles, T> question) {
        return file.within(() -> question.apply(new Handles(file.confirmed())));
    }

    /** The root group. */
    public Group root() {
        return ask(open -> new Group(open, open.catalog().root()));
    }

    /**
     * The object that a path leads to.
     *
     * @throws NotFoundException when there is none
     */
    public H5Object object(String path) {
        return ask(open -> open.object(open.catalog().resolve(path)));
    }

    /**
     * The group that a path leads to.
     *
     * @throws NotFoundException when there is none, or it is not a group
     */
    public Group group(String path) {
        if (object(path) instanceof Group group) {
            return group;
        }
        throw new NotFoundException(Where.object(file.source(), path), "is not a group");
    }

    /**
     * The dataset that a path leads to.
     *
     * @throws NotFoundException when there is none, or it is not a dataset
     */
    public Dataset dataset(String path) {
        if (object(path) instanceof Dataset dataset) {
            return dataset;
        }
        throw new NotFoundException(Where.object(file.source(), path), "is not a dataset");
    }

    /**
     * The object whose header stands at an address of this file.
     *
     * @throws io.h5coro.error.H5Exception when no object's header stands there
     */
    public H5Object objectAt(long address) {
        return ask(open -> open.object(open.catalog().at(address)));
    }

    /**
     * The same under a path of the caller's.
     *
     * @param path what its {@link H5Object#path()} is to say; nothing else follows from it
     */
    public H5Object objectAt(long address, String path) {
        return ask(open -> open.object(open.catalog().at(address, path)));
    }

    /**
     * The object whose header stands at an address of this file or of one that it names, such as
     * {@link H5Object#file()} of an object whose {@link Dataset#committedType()} is wanted.
     *
     * @throws NotFoundException when the file does not exist, or is neither this one nor one that it names
     */
    public H5Object objectAt(FileId meant, long address) {
        return ask(open -> at(open.at(meant), address));
    }

    /**
     * The object that a hard link leads to, in the file of the link's group; {@link Group#get(Link)} takes any link.
     */
    public H5Object objectAt(Link.Hard link) {
        return ask(open -> at(open.at(link.home()), link.address()));
    }

    private static H5Object at(Handles file, long address) {
        return file.object(file.catalog().at(address));
    }

    /**
     * The object that a reference refers to, in the file that it is meant in: the one that it was read from, which a
     * link may have led into, or the one that it names. The dataset of a region, the object of an attribute.
     *
     * @throws NotFoundException when it refers to nothing, or its file does not exist or is none that this one names
     */
    public H5Object dereference(Reference reference) {
        return ask(open -> followed(open, reference));
    }

    private H5Object followed(Handles open, Reference reference) {
        if (reference.isNil()) {
            throw new NotFoundException(Where.source(file.source()), "reference to nothing");
        }
        Handles home = open.at(reference.home());
        String name = reference.file();
        Handles meant = name == null ? home : home.named(name);
        return at(meant, reference.address());
    }

    /** What a group holds: datasets, attributes and groups by name, soft links followed. */
    public Listing list(String path) {
        return ask(open -> listing(open, path));
    }

    private Listing listing(Handles open, String path) {
        ResolvedObject group = open.catalog().resolve(path);
        Map<String, Dataset> variables = new LinkedHashMap<>();
        Set<String> groups = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        List<Link> links = group.catalog().links(group);
        group.catalog().prefetch(links);
        for (Link link : links) {
            Optional<H5Object> member = member(open, group, link);
            if (member.isPresent() && member.get() instanceof Dataset dataset) {
                variables.put(link.name(), dataset);
            } else if (member.isPresent() && member.get() instanceof Group) {
                groups.add(link.name());
            } else {
                others.add(link.name());
            }
        }
        return new Listing(
                java.util.Collections.unmodifiableMap(variables),
                attributes(open, group),
                java.util.Collections.unmodifiableSet(groups),
                java.util.Collections.unmodifiableSet(others));
    }

    private Optional<H5Object> member(Handles open, ResolvedObject group, Link link) {
        try {
            return Optional.of(open.object(group.catalog().resolve(group, link)));
        } catch (H5Exception e) {
            if (saysNothingOfTheMember(e, link)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Whether a failure is the storage's, so that a list without the member would be wrong. An external link whose
     * file cannot or must not be opened is a member like one that leads nowhere.
     */
    private static boolean saysNothingOfTheMember(H5Exception e, Link link) {
        return e instanceof ObjectChangedException
                || e instanceof ReadAbortedException
                || (e instanceof StorageFailureException && !(link instanceof Link.External));
    }

    /** What is known of one object: links, attributes, and what it is as a dataset. */
    public Inspection inspect(String path) {
        return ask(open -> inspection(open, path));
    }

    private Inspection inspection(Handles open, String path) {
        ResolvedObject object = open.catalog().resolve(path);
        Map<String, Link> links = new LinkedHashMap<>();
        if (object.catalog().isGroup(object.header())) {
            open.owner(object).links(object).forEach(link -> links.put(link.name(), link));
        }
        Optional<Inspection.Metadata> metadata = open.object(object) instanceof Dataset dataset
                ? Optional.of(new Inspection.Metadata(
                        dataset.dataspace(), dataset.type(), dataset.storage(), dataset.filters()))
                : Optional.empty();
        return new Inspection(java.util.Collections.unmodifiableMap(links), attributes(open, object), metadata);
    }

    private Map<String, Attribute> attributes(Handles open, ResolvedObject object) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        open.owner(object).attributes(object).forEach(attribute -> attributes.put(attribute.name(), attribute));
        return java.util.Collections.unmodifiableMap(attributes);
    }

    /** What the superblock says. */
    public FileInfo info() {
        return ask(open -> open.description().info());
    }

    /** What all reads of this file have cost so far. */
    public ReadStatistics statistics() {
        return file.unconfirmed().statistics();
    }

    /**
     * Ends reads under way, whose results become {@link io.h5coro.error.ReadAbortedException}, and closes the storage
     * that {@code open} opened. Idempotent. One that {@link H5Files} gave is only given back.
     */
    @Override
    public void close() {
        closing.run();
    }
}
