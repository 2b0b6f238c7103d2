// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.cache.DecodedChunks;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.datacache.DataSession;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.driver.MountedFile;
import io.h5coro.internal.fetch.FlightControl;
import io.h5coro.internal.fetch.Hedging;
import io.h5coro.internal.index.RecentIndexes;
import io.h5coro.internal.indexcache.IndexSession;
import io.h5coro.internal.memory.DecodeRoom;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.scatter.ElementDecoder;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.RawFile;
import io.h5coro.internal.watch.Watch;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.machine.Machine;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open HDF5 file: its bytes, what is kept of them, what finds objects and chunks in it, the threads that work for
 * it, and the calls that read from it. Thread-safe.
 */
public final class SourceFile implements AutoCloseable {
    /** What a call ends with when its file is closed. */
    public static final String CLOSED = "the file was closed";

    private final RangeReader reader;
    private final RangeBlockCache cache;
    private final ObjectCatalog catalog;
    private final Descriptors descriptors;
    private final RecentIndexes indexes;
    private final RequestResolver requests;
    private final FilterRegistry filters;
    private final NamedFiles named;
    private final Freshness freshness;
    private final WorkPools pools;
    private final SharedMemory memory;
    private final DataSession data;
    private final FlightControl control;
    private final FlightControl storedControl;
    private final DecodedChunks chunks;

    /** What upper packages keep with the file, one of a class: see {@link #kept(Class, Function)}. */
    private final Map<Class<?>, Object> kept = new ConcurrentHashMap<>();

    private final SourceHeap heap;

    /** Invariant: work that was begun and has not ended; {@link #close} aborts all of it. */
    private final Set<Work> running = Collections.synchronizedSet(new LinkedHashSet<>());

    /** Set before work is aborted, so that work begun meanwhile either is aborted or fails to begin. */
    private volatile boolean closed;

    /**
     * What a file is opened with.
     *
     * @param mounted where bytes come from; stays the opener's
     * @param session metadata of the same reader; closed with the file
     * @param filters undo filters
     * @param named the files that this one names
     * @param freshness whether metadata still hold
     */
    public record Opening(
            MountedFile mounted, IndexSession session, FilterRegistry filters, NamedFiles named, Freshness freshness) {}

    /** Something that works with an open file until it has ended. */
    @FunctionalInterface
    public interface Work {
        /** Ends it soon: the file is about to be closed. */
        void abort(String why);
    }

    /**
     * Reads the superblock; blocks.
     *
     * @throws H5Exception when it is not HDF5 or cannot be read; the session is closed then
     */
    public static SourceFile open(Opening opening) {
        ObjectCatalog catalog = catalog(opening);
        return new SourceFile(
                opening,
                catalog,
                new Requests(catalog, opening.named().set()),
                new RecentIndexes(catalog.file().space()));
    }

    /**
     * The objects of a file; blocks on its superblock.
     *
     * @throws H5Exception when it is not HDF5 or cannot be read; the session is closed then
     */
    static ObjectCatalog catalog(Opening opening) {
        RangeReader reader = opening.mounted().reader();
        IndexSession session = opening.session();
        try {
            RawFile raw = new RawFile(
                    session.metadata(),
                    () -> reader.size().orElse(Long.MAX_VALUE),
                    reader.source(),
                    opening.named().set().options());
            HeapFilters filters = new HeapFilters(opening.filters());
            HdfFile file = MemoryLimit.within(
                    Where.source(reader.source()),
                    () -> HdfFile.open(raw, filters, opening.mounted().addresses()));
            return new ObjectCatalog(file, opening.named());
        } catch (RuntimeException | Error e) {
            session.blocks().close();
            throw e;
        }
    }

    /** A file whose superblock was read, with the ways in which objects and chunks are found. */
    public SourceFile(Opening opening, ObjectCatalog catalog, RequestResolver requests, RecentIndexes indexes) {
        this.reader = opening.mounted().reader();
        this.cache = opening.session().blocks();
        this.catalog = catalog;
        this.descriptors = new Descriptors(catalog.file());
        this.indexes = indexes;
        this.requests = requests;
        this.filters = opening.filters();
        this.named = opening.named();
        this.freshness = opening.freshness();
        ReadOptions options = options();
        this.pools = new WorkPools(machine(), named.set().shared().decoders(options.decodeThreads()), reader.profile());
        this.memory = SharedMemory.of(options);
        this.data = named.set().shared().data().open(reader, options);
        this.control = new FlightControl(data.keeping(), options.bytesInFlight(), memory);
        this.storedControl = new FlightControl(data.stored(), options.bytesInFlight(), memory);
        this.chunks = new DecodedChunks(options.chunkCacheBytes(), memory);
        this.heap = new SourceHeap(space(), named.id());
        totals().add(reader);
        totals().add(control);
        totals().add(cache);
    }

    /** Which file it is, of those that were opened together. */
    public FileId id() {
        return named.id();
    }

    /** What messages call it. */
    public String source() {
        return space().origin().source();
    }

    /** Where data come from. */
    public RangeReader reader() {
        return reader;
    }

    /** What is kept of its bytes. */
    public RangeBlockCache cache() {
        return cache;
    }

    /** Its address space; metadata are read through it. */
    public FileSpace space() {
        return catalog.file().space();
    }

    /** How it is read. */
    public ReadOptions options() {
        return space().options();
    }

    /** Its objects. */
    public ObjectCatalog catalog() {
        return catalog;
    }

    /** What headers say. */
    public Descriptors descriptors() {
        return descriptors;
    }

    /** Finds what requests name. */
    public RequestResolver requests() {
        return requests;
    }

    /** Finds chunks. */
    public RecentIndexes indexes() {
        return indexes;
    }

    /** Undo filters. */
    public FilterRegistry filters() {
        return filters;
    }

    /** The files that it names. */
    public NamedFiles named() {
        return named;
    }

    /** What hedges its requests, and those of the files that it names. */
    public Hedging hedging() {
        return named.set().hedging();
    }

    /** Who is told what its reads do. */
    public Watch watch() {
        return hedging().watch();
    }

    /** Whether its metadata still hold. */
    public Freshness freshness() {
        return freshness;
    }

    /** What it and the files that it names have cost. */
    public ReadTotals totals() {
        return named.set().totals();
    }

    /** Where its threads run and wait. */
    public Machine machine() {
        return named.set().shared().machine();
    }

    /** Where its chunks are decoded, and those of others. */
    public DecodeRoom decodeRoom() {
        return named.set().shared().decodeRoom();
    }

    /** Threads that work for it. */
    public WorkPools pools() {
        return pools;
    }

    /** The memory that its reads share with others. */
    public SharedMemory memory() {
        return memory;
    }

    /** Sends its requests for data. */
    public FlightControl control() {
        return control;
    }

    /** What a data cache has of it. */
    public DataSession data() {
        return data;
    }

    /** Sends what is read from there. */
    public FlightControl storedControl() {
        return storedControl;
    }

    /** Decoded chunks that reads used in part. */
    public DecodedChunks chunks() {
        return chunks;
    }

    /**
     * What a room above keeps with the file for as long as it is open: one thing of a type.
     *
     * @param making makes it when it is not there
     */
    public <T> T kept(Class<T> type, Function<SourceFile, T> making) {
        return type.cast(kept.computeIfAbsent(type, t -> making.apply(this)));
    }

    /** Turns stored elements into values. */
    public ElementDecoder decoder(Where where) {
        return new ElementDecoder(where, heap, options().resultBytes());
    }

    /**
     * Converts values that are here already, such as an attribute's; may block on the global heap.
     *
     * @param path what they are, for messages
     * @param data exactly the bytes of the elements
     * @return an array of shape (0,) for a null dataspace
     */
    public H5Array decode(String path, ElementType type, Dataspace space, byte[] data) {
        Where where = Where.object(source(), path);
        boolean none = space.kind() == Dataspace.Kind.NULL;
        Shape shape = none ? Shape.of(0) : space.shape();
        try {
            return MemoryLimit.within(where, () -> decoder(where).decode(type, shape, none ? new byte[0] : data));
        } catch (H5Exception e) {
            throw e.in(path);
        } catch (ArithmeticException tooMany) {
            throw new LimitExceededException(where, "shape " + shape + " is too large", tooMany);
        }
    }

    /** Bytes that the metadata cache holds by chance; null when it does not. */
    public byte @Nullable [] cached(ByteRange range) {
        return range.length() > JavaArray.MOST ? null : cache.cached(range.offset(), (int) range.length());
    }

    /**
     * What all calls have cost so far, and the metadata read besides: of it and of all files that were opened with it.
     */
    public ReadStatistics statistics() {
        ReadTotals totals = totals();
        return totals.counters()
                .snapshot(
                        totals.data(hedging().sent()),
                        CacheStatistics.NONE,
                        totals.metadata(),
                        machine().nanoTime());
    }

    /**
     * Takes note of work that is to end when the file is closed, until {@link #end} is called.
     *
     * @throws ReadAbortedException when the file is closed
     */
    public void begin(Work work) {
        running.add(work);
        if (closed) {
            running.remove(work);
            throw new ReadAbortedException(Where.source(source()), CLOSED);
        }
    }

    /** Forgets work that has ended. */
    public void end(Work work) {
        running.remove(work);
    }

    /** Why calls are over; null while the file is open. */
    private @Nullable String over() {
        return closed ? CLOSED : null;
    }

    /**
     * Does a call, or a part of one, within the file's deadline.
     *
     * @throws ReadAbortedException when the file is closed, the deadline passes or the thread is interrupted
     */
    public <T extends @Nullable Object> T within(Supplier<T> call) {
        return Deadline.within(machine(), options().deadline(), this::over, () -> {
            if (closed) {
                throw new ReadAbortedException(Where.source(source()), CLOSED);
            }
            return MemoryLimit.within(Where.source(source()), call);
        });
    }

    /** Whether all work is about to end. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Ends work under way, and its threads when they are idle; then waits for a data cache to be written. Idempotent.
     */
    @Override
    public void close() {
        closed = true;
        control.close();
        storedControl.close();
        for (Work work : List.copyOf(running)) {
            work.abort(CLOSED);
        }
        control.abandon();
        storedControl.abandon();
        pools.close();
        chunks.close();
        cache.close();
        data.close();
    }
}
