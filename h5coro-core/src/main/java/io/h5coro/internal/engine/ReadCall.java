// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.memory.Shortage;
import io.h5coro.internal.scatter.ElementDecoder;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call: requests that are resolved in parallel, planned together once all are resolved, fetched in one go, decoded
 * as bytes arrive, and completed one by one. Thread-safe.
 *
 * <p>Each request ends exactly once: with its array, with its own failure, or with {@link ReadAbortedException} when the
 * call is cancelled, its deadline passes or the file is closed.
 */
public final class ReadCall {
    private final ReadEngine engine;
    private final ReadOptions options;
    private final String source;
    private final ReadCounters counters;

    /** Whether the call was made for another one, which counts for it. */
    private final boolean forAnother;

    private final CacheStatistics metadataBefore;
    private final long hedgedBefore;
    private final Map<String, CompletableFuture<H5Array>> futures = new LinkedHashMap<>();
    private final CompletableFuture<Void> alarm = new CompletableFuture<>();

    /** That of the call for which this one is made, if it is. */
    private final Deadline deadline;

    private final AtomicInteger unresolved;
    /** Calls of other files, into which paths led. */
    private final List<ReadCall> delegated = Collections.synchronizedList(new ArrayList<>());

    private final List<DatasetRead> resolved = Collections.synchronizedList(new ArrayList<>());

    private final CallOutcomes outcomes;

    private final CallFetch fetch;
    private final HeldOutcomes held;

    /** What a call can be started again with; empty when others prepared it. */
    private volatile List<DatasetRequest> restartable = List.of();

    /** The call that took the place of this one, of which nothing was handed out. */
    private volatile @Nullable ReadCall successor;

    private final CallMemory memory;
    /** Whether the results are parts of another call's, which counts them. */
    private volatile boolean partOfAnother;

    private volatile boolean aborted;
    private volatile @Nullable ReadStatistics atEnd;

    /**
     * A call.
     *
     * @param counters those of the call for which this one is made; null when there is none
     */
    ReadCall(ReadEngine engine, List<DatasetRequest> requests, @Nullable ReadCounters counters) {
        this.counters = counters == null ? new ReadCounters() : counters;
        this.forAnother = counters != null;
        this.engine = engine;
        this.options = engine.environment().space().options();
        this.source = engine.environment().space().origin().source();
        this.metadataBefore = forAnother
                ? ReadEngine.NO_METADATA
                : engine.environment().totals().metadata();
        this.deadline = forAnother
                ? Deadline.currentOr(options.deadline())
                : Deadline.after(options.deadline(), () -> aborted ? "the read has ended" : null);
        this.outcomes = new CallOutcomes(requests.size(), deadline, () -> abort(late()));
        this.hedgedBefore = engine.environment().hedging().sent();
        this.unresolved = new AtomicInteger(requests.size());
        this.fetch = new CallFetch(engine);
        this.held = new HeldOutcomes(
                engine.environment().freshness(),
                this::end,
                changed -> run(engine.pools().metadata(), () -> startAgain(changed)));
        this.memory = new CallMemory(this, engine.memory());
        for (DatasetRequest request : requests) {
            futures.put(request.name(), new CompletableFuture<>());
        }
    }

    /** The names of the requests, in their order. */
    public List<String> names() {
        return List.copyOf(futures.keySet());
    }

    /** The number of requests. */
    public int size() {
        return futures.size();
    }

    /** The future of a request, which is the call's own; null when there is none of that name. */
    public @Nullable CompletableFuture<H5Array> future(String name) {
        return futures.get(name);
    }

    /**
     * Waits until {@code count} requests have ended.
     *
     * @param nanos longest time to wait
     * @return false when the time is up before
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean awaitOutcomes(int count, long nanos) throws InterruptedException {
        return outcomes.await(count, nanos);
    }

    /** The same for one request, by its future. */
    public boolean await(CompletableFuture<H5Array> future, long nanos) throws InterruptedException {
        return outcomes.await(future, nanos);
    }

    private String late() {
        return "the deadline of " + options.deadline() + " has passed";
    }

    /** The request that ended as number {@code index}, from 0 on; it must have. */
    public Outcome outcome(int index) {
        return outcomes.get(index);
    }

    /** Runs what others have chained to results, on a thread that may block. */
    public void handOut(Runnable chained) {
        engine.pools().handOut(chained);
    }

    /** What the call has done so far. */
    public ReadStatistics statistics() {
        ReadStatistics ended = atEnd;
        return ended != null ? ended : snapshot();
    }

    private ReadStatistics snapshot() {
        @Nullable ReadCall instead = successor;
        if (instead != null) {
            return instead.statistics();
        }
        ReadCounters.DataTraffic elsewhere = counters.elsewhere();
        return counters.snapshot(
                new ReadCounters.DataTraffic(
                        fetch.requests() + elsewhere.requests(),
                        fetch.bytesFetched() + elsewhere.bytes(),
                        engine.environment().hedging().sent() - hedgedBefore),
                metadataBefore,
                engine.environment().totals().metadata(),
                System.nanoTime());
    }

    /** Ends whatever has not ended with {@link ReadAbortedException}. */
    public void cancel() {
        abort("the read was cancelled");
    }

    void abort(String why) {
        aborted = true;
        Shortage.outlast(() -> abortNow(why));
    }

    private void abortNow(String why) {
        futures.forEach((name, future) -> {
            if (!future.isDone()) {
                end(name, null, new ReadAbortedException(Where.source(source), why));
            }
        });
        memory.cancel();
        fetch.cancel();
        List.copyOf(resolved).forEach(DatasetRead::fail);
        List.copyOf(delegated).forEach(ReadCall::cancel);
    }

    boolean isAborted() {
        return aborted;
    }

    /** What fetches its pieces. */
    CallFetch fetch() {
        return fetch;
    }

    /** Starts to resolve; returns at once. */
    void start(List<DatasetRequest> requests) {
        restartable = requests;
        if (requests.isEmpty()) {
            ended();
            return;
        }
        CompletableFuture<Void> unused = alarm.orTimeout(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        abort(late());
                    }
                });
        for (DatasetRequest request : requests) {
            run(engine.pools().metadata(), () -> resolve(request));
        }
    }

    /** Starts with a request that is resolved already. */
    void start(DatasetRequest request, ResolvedRequest known) {
        run(engine.pools().metadata(), () -> resolve(request, () -> known));
    }

    /** Starts with requests that are prepared already. */
    void startPrepared(List<DatasetRead> reads) {
        partOfAnother = true;
        resolved.addAll(reads);
        unresolved.set(0);
        planAll();
    }

    /** Hands a task to a pool; when the file was closed in between, or there is no thread for it, the call ends. */
    private void run(Executor pool, Runnable task) {
        CallStep step = new CallStep(deadline, task, this::failAll);
        try {
            pool.execute(step::runGuarded);
        } catch (RejectedExecutionException closed) {
            abort(ReadEngine.CLOSED);
        } catch (OutOfMemoryError noThread) {
            step.fail(noThread);
        }
    }

    /** Ends all requests that have not ended with a failure. */
    private void failAll(Throwable failure) {
        List<DatasetRead> reads = resolved;
        synchronized (reads) {
            reads.forEach(DatasetRead::fail);
        }
        futures.keySet().forEach(name -> fail(name, Where.source(source), failure));
        planned();
    }

    private void resolve(DatasetRequest request) {
        resolve(request, () -> engine.resolve(request));
    }

    private void resolve(DatasetRequest request, Supplier<ResolvedRequest> resolving) {
        try {
            if (!isAborted()) {
                ResolvedRequest found = resolving.get();
                ReadEngine owner = found.engine();
                if (owner == null || owner == engine) {
                    resolved.add(engine.prepare(request, found, new CountedSources(counters)));
                } else {
                    delegate(request, found, owner);
                }
            }
        } catch (Throwable failure) {
            fail(request.name(), Where.object(source, request.path()), failure);
        }
        if (unresolved.decrementAndGet() == 0 && !isAborted()) {
            planAll();
        }
    }

    /** A path led into another file, whose engine reads it. */
    private void delegate(DatasetRequest request, ResolvedRequest found, ReadEngine owner) {
        ReadCall call = owner.start(request, found, counters);
        delegated.add(call);
        CompletableFuture<H5Array> future = Objects.requireNonNull(call.future(request.name()));
        CompletableFuture<H5Array> unused = future.whenComplete((array, failure) -> {
            counters.ended(call.fetch);
            Shortage.outlast(() -> offer(request.name(), array, failure));
        });
        if (isAborted()) {
            call.cancel();
        }
    }

    /** Another version of the object is there: what was not handed out is read from a file opened anew. */
    private void startAgain(ObjectChangedException changed) {
        try {
            fetch.cancel();
            // Before the other call takes memory for the same results.
            memory.giveUp();
            List.copyOf(resolved).forEach(DatasetRead::fail);
            ReadCall again = engine.startAgain(restartable, changed);
            successor = again;
            delegated.add(again);
            again.futures.forEach((name, future) -> {
                CompletableFuture<H5Array> unused =
                        future.whenComplete((array, failure) -> Shortage.outlast(() -> end(name, array, failure)));
            });
            if (isAborted()) {
                again.cancel();
            }
        } catch (Throwable failure) {
            futures.keySet().forEach(name -> end(name, null, Failures.of(Where.source(source), failure)));
        }
    }

    private void offer(String name, @Nullable H5Array array, @Nullable Throwable failure) {
        held.offer(new Outcome(name, array, failure));
    }

    private void planAll() {
        attempt(() -> {
            CallMemory.Need need = CallMemory.Need.of(List.copyOf(resolved), engine, this::fail);
            memory.take(need, now -> {
                if (now) {
                    planNow(need.reads());
                } else {
                    // Not a thread for metadata: those may all wait for calls like this one.
                    run(engine.pools().decode(), () -> attempt(() -> planNow(need.reads())));
                }
            });
        });
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) {
            Shortage.outlast(() -> failAll(failure));
        }
    }

    private void planNow(List<DatasetRead> reads) {
        plan(reads);
        planned();
    }

    /** Says that no more requests for data will be sent. */
    void planned() {
        held.planned();
    }

    /** Plans the requests whose results there is memory for, and fetches. */
    private void plan(List<DatasetRead> admitted) {
        List<DatasetRead> reads = allocated(admitted);
        List<Wanted> wanted = new ArrayList<>();
        for (DatasetRead read : reads) {
            for (Piece piece : read.pieces()) {
                counters.wanted(piece.range().length());
                engine.counters().wanted(piece.range().length());
                wanted.add(new Wanted(this, read, piece));
            }
        }
        for (DatasetRead read : reads) {
            if (read.pieces().isEmpty()) {
                finish(read);
            }
        }
        fetch.start(wanted);
    }

    /** The requests with storage for their results. */
    private List<DatasetRead> allocated(List<DatasetRead> admitted) {
        List<DatasetRead> reads = new ArrayList<>();
        for (DatasetRead read : admitted) {
            try {
                if (!isAborted() && !read.isFailed()) {
                    read.allocate();
                    reads.add(read);
                }
            } catch (Throwable failure) {
                fail(read, failure);
            }
        }
        return reads;
    }

    /**
     * Takes the bytes of a piece.
     *
     * @param plain decoded; shared with others
     * @param decoded whether it is to be counted as decoded for this call, or as a chunk that was here
     * @return whether the call had a use for it
     */
    boolean put(Wanted wanted, Span plain, boolean decoded) {
        DatasetRead read = wanted.read();
        if (wanted.isDropped()) {
            return false;
        }
        try {
            wanted.piece().put(plain, read);
            if (wanted.piece().isEncoded()) {
                counters.chunk(decoded);
                engine.counters().chunk(decoded);
            }
        } catch (Throwable failure) {
            fail(read, failure);
            return true;
        }
        if (read.pieceDone()) {
            finish(read);
        }
        return true;
    }

    /** All bytes of a result are in. Conversion may wait for the heap, so it has a thread that may. */
    private void finish(DatasetRead read) {
        if (read.isDirect()) {
            complete(read);
        } else {
            run(engine.pools().metadata(), () -> complete(read));
        }
    }

    private void complete(DatasetRead read) {
        try {
            DatasetRead.Target target = read.target();
            ElementDecoder decoder = engine.decoder(target.where());
            H5Array array = read.array(decoder);
            long bytes = (long) target.elementCount() * target.type().size();
            if (!partOfAnother) {
                counters.decoded(bytes);
                engine.counters().decoded(bytes);
            }
            offer(target.name(), array, null);
        } catch (Throwable failure) {
            fail(read, failure);
        }
    }

    void fail(DatasetRead read, Throwable failure) {
        read.fail();
        fail(read.target().name(), read.where(), failure);
    }

    private void fail(String name, Where where, Throwable failure) {
        offer(name, null, Failures.of(where, failure));
    }

    private void end(Outcome outcome) {
        end(outcome.name(), outcome.array(), outcome.failure());
    }

    /** Ends a request, if it has not ended. When memory runs out in it, the next time goes on where this one was. */
    private void end(String name, @Nullable H5Array array, @Nullable Throwable failure) {
        CompletableFuture<H5Array> future = futures.get(name);
        if (future == null || future.isDone()) {
            return;
        }
        // Before the future is done: whoever sees the last result sees the final figures.
        outcomes.add(new Outcome(name, array, failure), () -> {
            if (!forAnother && atEnd == null) {
                atEnd = snapshot();
            }
        });
        // Before the future is done, for those who look then; and after it, for memory that comes at this moment.
        memory.release(name);
        if (failure == null) {
            future.complete(array);
        } else {
            future.completeExceptionally(failure);
        }
        memory.release(name);
        if (hasEnded()) {
            ended();
        }
    }

    /** Whether all requests have ended. */
    boolean hasEnded() {
        return outcomes.isComplete();
    }

    private void ended() {
        memory.ended();
        alarm.complete(null);
        engine.ended(this);
    }
}
