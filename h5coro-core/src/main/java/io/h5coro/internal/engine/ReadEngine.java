// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.cache.DecodedChunks;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.fetch.FlightControl;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.memory.DecodeRoom;
import io.h5coro.internal.memory.HeapMemory;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.internal.scatter.ElementDecoder;
import io.h5coro.internal.scatter.HeapObjects;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads datasets, slices and attributes of one open file. Thread-safe. */
public final class ReadEngine implements AutoCloseable {
    static final String CLOSED = "the file was closed";

    /** Longest part of values that are stored as they are: short enough that several threads copy one request's. */
    private static final long PIECE_BYTES = 1 << 20;

    static final CacheStatistics NO_METADATA = new CacheStatistics(0, 0, 0, 0, 0, 0);

    private final ReadEnvironment environment;
    private final WorkPools pools;
    private final FlightControl control;
    private final SharedMemory memory;
    private final DecodedChunks chunks;
    private final PieceFlights flights;
    private final HeapObjects heap;
    private final Set<ReadCall> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * An engine of an open file.
     *
     * @param pools its threads, which it closes
     */
    public ReadEngine(ReadEnvironment environment, WorkPools pools) {
        this.environment = environment;
        this.pools = pools;
        ReadOptions options = environment.space().options();
        this.memory = SharedMemory.of(options);
        this.control = new FlightControl(environment.reader(), options.bytesInFlight(), memory);
        this.chunks = new DecodedChunks(options.chunkCacheBytes(), memory);
        this.flights = new PieceFlights(chunks);
        this.heap = new EngineHeap(environment.space());
        environment.totals().add(control);
        environment.totals().add(environment.cache());
    }

    /**
     * Starts a call; does not block.
     *
     * @throws SelectionException when two requests have one name
     * @throws ReadAbortedException when the engine is closed
     */
    public ReadCall start(List<DatasetRequest> requests) {
        List<DatasetRequest> copy = distinct(requests);
        ReadCall call = started(copy, null);
        call.start(copy);
        return call;
    }

    /** A copy of the requests; their names differ. */
    private List<DatasetRequest> distinct(List<DatasetRequest> requests) {
        List<DatasetRequest> copy = List.copyOf(requests);
        Set<String> names = new HashSet<>();
        for (DatasetRequest request : copy) {
            if (!names.add(request.name())) {
                throw new SelectionException(
                        Where.object(source(), request.path()),
                        "two requests have the name '" + request.name() + "': give them different ones");
            }
        }
        return copy;
    }

    /**
     * Finds out what a call would fetch; blocks on metadata, reads no data.
     *
     * @throws SelectionException when two requests have one name
     * @throws ReadAbortedException when the engine is closed, the deadline passes or the thread is interrupted
     */
    public ReadPlan explain(List<DatasetRequest> requests) {
        List<DatasetRequest> copy = distinct(requests);
        return within(() -> new PlanCall(this).plan(copy));
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

    /** The element that those never written have, as an array of shape (); empty when the file states none. */
    public Optional<H5Array> fillValue(DatasetDescriptor dataset) {
        byte[] value = dataset.fill().value();
        return value == null || value.length == 0
                ? Optional.empty()
                : Optional.of(decode(dataset.path(), dataset.type(), Dataspace.scalar(), value));
    }

    /**
     * What all calls have cost so far, and the metadata read besides: of this file and of all that were opened because it
     * names them, or because the same file does.
     */
    public ReadStatistics statistics() {
        ReadTotals totals = environment.totals();
        return counters()
                .snapshot(totals.data(environment.hedging().sent()), NO_METADATA, totals.metadata(), System.nanoTime());
    }

    /** Ends calls under way with {@link ReadAbortedException} and its threads when they are idle. Idempotent. */
    @Override
    public void close() {
        closed = true;
        for (ReadCall call : running) {
            call.abort(CLOSED);
        }
        pools.close();
        chunks.close();
        environment.cache().close();
    }

    /** Whether every call is about to end. */
    boolean isClosed() {
        return closed;
    }

    /** Why calls are over; null while the engine is open. */
    private @Nullable String over() {
        return closed ? CLOSED : null;
    }

    /**
     * Does a call, or a part of one, within the file's deadline.
     *
     * @throws ReadAbortedException when the engine is closed, the deadline passes or the thread is interrupted
     */
    public <T extends @Nullable Object> T within(Supplier<T> call) {
        return Deadline.within(environment.space().options().deadline(), this::over, () -> {
            if (closed) {
                throw new ReadAbortedException(Where.source(source()), CLOSED);
            }
            return MemoryLimit.within(Where.source(source()), call);
        });
    }

    private String source() {
        return environment.space().origin().source();
    }

    ReadEnvironment environment() {
        return environment;
    }

    WorkPools pools() {
        return pools;
    }

    SharedMemory memory() {
        return memory;
    }

    FlightControl control() {
        return control;
    }

    PieceFlights flights() {
        return flights;
    }

    ReadCounters counters() {
        return environment.totals().counters();
    }

    void ended(ReadCall call) {
        running.remove(call);
    }

    /**
     * Starts a call for a request that another file's call has resolved to this file; does not block.
     *
     * @param counters the other call's
     */
    ReadCall start(DatasetRequest request, ResolvedRequest resolved, ReadCounters counters) {
        ReadCall call = started(List.of(request), counters);
        call.start(request, resolved);
        return call;
    }

    /**
     * Starts a call whose requests are prepared already, for another one; does not block.
     *
     * @param counters the other call's
     */
    ReadCall start(List<DatasetRequest> requests, List<DatasetRead> prepared, ReadCounters counters) {
        ReadCall call = started(requests, counters);
        call.startPrepared(prepared);
        return call;
    }

    /**
     * Starts a call for requests that failed because the object is another one than that of which the metadata are; blocks.
     *
     * @throws ObjectChangedException when the file cannot be opened again from here
     */
    ReadCall startAgain(List<DatasetRequest> requests, ObjectChangedException changed) {
        Optional<ReadEngine> again =
                requests.isEmpty() ? Optional.empty() : environment.freshness().renewed();
        return again.orElseThrow(() -> changed).start(requests);
    }

    private ReadCall started(List<DatasetRequest> requests, @Nullable ReadCounters counters) {
        ReadCall call = new ReadCall(this, requests, counters);
        if (counters != null) {
            counters.begun(call.fetch());
        }
        running.add(call);
        if (closed) {
            running.remove(call);
            throw new ReadAbortedException(Where.source(source()), CLOSED);
        }
        return call;
    }

    /**
     * The dataset with the extent that it has now: that of an unlimited virtual dataset follows from its sources. Blocks.
     */
    public DatasetDescriptor settled(DatasetDescriptor dataset) {
        return dataset.layout() instanceof Layout.Virtual
                ? VirtualDataset.of(this, dataset, 0).descriptor()
                : dataset;
    }

    /** Resolves a request. */
    ResolvedRequest resolve(DatasetRequest request) {
        return environment.resolver().resolve(request);
    }

    /**
     * A request that is only to be explained.
     *
     * @param owner engine of the file that would read it
     * @param read what it would fetch there
     * @param sources what it would fetch elsewhere
     */
    record Explained(ReadEngine owner, DatasetRead read, PlannedSources sources) {}

    /** Finds the chunks of a request that is only to be explained; blocks. */
    Explained explained(DatasetRequest request) {
        ResolvedRequest resolved = resolve(request);
        ReadEngine owner = resolved.engine() == null ? this : resolved.engine();
        PlannedSources sources = new PlannedSources();
        return new Explained(owner, owner.prepare(request, resolved, sources), sources);
    }

    /**
     * Finds the chunks of a request; blocks.
     *
     * @param sources take what is elsewhere
     */
    DatasetRead prepare(DatasetRequest request, ResolvedRequest resolved, SourceReads sources) {
        return new DatasetPreparation(this, 0, sources).prepare(request, resolved);
    }

    /** What requests cost now; a storage may have measured it. */
    RequestCosts costs() {
        StorageProfile profile = environment.reader().profile();
        ReadOptions options = environment.space().options();
        return new RequestCosts(
                profile.firstByteMicros(),
                profile.bytesPerSecond(),
                profile.connections(),
                Math.min(options.maxRequestBytes(), shareInFlight()),
                options.gapBytes());
    }

    /** Longest part of values that are stored as they are. */
    long pieceBytes() {
        return Math.min(PIECE_BYTES, shareInFlight());
    }

    /**
     * Longest request and longest part of plain values, so that a part which lies in two requests does not need more than
     * all bytes in flight.
     */
    private long shareInFlight() {
        return Math.max(1, memory.mostInFlight() / 4);
    }

    /**
     * Checks the memory that the results of a call take.
     *
     * @param bytes with this one
     * @throws LimitExceededException when it is more than the call can ever have
     */
    void checkResults(Where where, long bytes) {
        long limit = environment.space().options().resultBytes();
        String found = "the results of the call take " + bytes + " bytes of memory";
        if (bytes > limit) {
            throw new LimitExceededException(
                    where,
                    found + ", the limit resultBytes is " + limit + " bytes: read in slices, or in several calls");
        }
        checkMemory(where, found, bytes);
    }

    /**
     * Checks the memory that a call takes before it is let in: of its results, and what its largest chunk needs to be decoded
     * beyond what there is for that ({@link #workBeyondRoom}).
     *
     * @param bytes of the results
     * @param work of the largest chunk, beyond the room
     * @throws LimitExceededException when it is more than the call can ever have
     */
    void checkWork(Where where, long bytes, long work) {
        if (work > 0) {
            checkMemory(
                    where,
                    "the results of the call take " + bytes + " bytes of memory, and decoding its largest chunk "
                            + (work + room().bytes()) + ", of which " + room().bytes() + " are there for every call",
                    bytes + work);
        }
    }

    private void checkMemory(Where where, String found, long bytes) {
        if (bytes > memory.mostResults()) {
            throw new LimitExceededException(
                    where,
                    found + "; " + memory.name() + " has " + memory.mostResults()
                            + " for results: read in slices, in several calls, or " + memory.remedy());
        }
    }

    /** Bytes that decoding one piece of a request takes beyond what there is for every call. */
    long workBeyondRoom(DatasetRead read) {
        return Math.max(0, read.workBytes() - room().bytes());
    }

    /** Where chunks are decoded. */
    DecodeRoom room() {
        return HeapMemory.ofThisProcess().decoding();
    }

    /** Bytes that the metadata cache holds by chance. */
    byte @Nullable [] cached(ByteRange range) {
        return range.length() > Integer.MAX_VALUE - 16
                ? null
                : environment.cache().cached(range.offset(), (int) range.length());
    }

    ElementDecoder decoder(Where where) {
        return new ElementDecoder(where, heap, environment.space().options().resultBytes());
    }
}
