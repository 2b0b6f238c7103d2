// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.ReadCounters;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.memory.Shortage;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.prepare.ReadLimits;
import io.h5coro.internal.scatter.ElementDecoder;
import io.h5coro.internal.watch.Watch;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call, from prepared reads to outcomes: what it needs of one file is planned together, fetched in one go, decoded
 * as bytes arrive, and completed one by one. Thread-safe.
 *
 * <p>Each request ends exactly once: with its array, with its own failure, or with {@link ReadAbortedException} when
 * the call is cancelled, its deadline passes or the file is closed.
 */
public final class Call {
    private final SourceFile file;
    private final ReadLimits limits;
    private final String source;
    private final CallStatistics statistics;
    private final Map<String, CompletableFuture<H5Array>> futures = new LinkedHashMap<>();
    private final Map<DatasetRequest, String> asked;

    /** Calls of other files into which paths led, and the one that took the place of this one. */
    private final List<Call> parts = Collections.synchronizedList(new ArrayList<>());

    /** What was prepared. */
    private final List<DatasetRead> reads = Collections.synchronizedList(new ArrayList<>());

    /** That of the call for which this one is made, if it is. */
    private final Deadline deadline;

    private final CallOutcomes outcomes;
    private final CallFetch fetch;
    private final HeldOutcomes held;
    private final Function<ObjectChangedException, Call> again;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** The call that took the place of this one, of which nothing was handed out. */
    private volatile @Nullable Call successor;

    private final ResultRoom room;
    private final CallMemory memory;

    private volatile boolean aborted;

    /**
     * What a call is made with.
     *
     * @param names of its requests, all different
     * @param asked the requests as the caller made them, and these names; empty for a call that another one makes
     * @param counters those of the call for which this one is made; null when there is none
     * @param again starts the call again after the storage has said that the object is another one than that of which
     *     the metadata are; blocks, and throws what it was given where that cannot be
     * @param room has the memory of its results
     */
    record Terms(
            List<String> names,
            Map<DatasetRequest, String> asked,
            @Nullable ReadCounters counters,
            Function<ObjectChangedException, Call> again,
            ResultRoom room) {}

    /** A call of nothing yet. */
    private Call(SourceFile file, Terms terms) {
        this.file = file;
        this.limits = new ReadLimits(file);
        this.source = file.source();
        this.asked = terms.asked();
        this.again = terms.again();
        this.fetch = new CallFetch(file, limits);
        this.statistics = new CallStatistics(file, terms.counters(), fetch.costs());
        Duration limit = file.options().deadline();
        this.deadline = terms.counters() != null
                ? Deadline.currentOr(limit)
                : Deadline.after(
                        file.machine(), terms.room().clock(), limit, () -> aborted ? "the read has ended" : null);
        this.outcomes = new CallOutcomes(terms.names().size(), deadline, () -> abort(late()));
        this.held = new HeldOutcomes(
                file.freshness(),
                one -> end(one.name(), one.array(), one.failure()),
                changed -> run(file.pools().metadata(), () -> startAgain(changed)));
        this.room = terms.room();
        this.memory = new CallMemory(this, room);
        for (String name : terms.names()) {
            futures.put(name, new CompletableFuture<>());
        }
    }

    /**
     * A call whose requests are not prepared yet.
     *
     * @throws ReadAbortedException when the file is closed
     */
    static Call of(SourceFile file, Terms terms) {
        Call call = new Call(file, terms);
        SourceFile.Work work = call::abort;
        file.begin(work);
        call.statistics.begin();
        CompletableFuture<Void> unused = call.ended.thenRun(() -> {
            file.end(work);
            call.letGo();
        });
        return call;
    }

    /**
     * A call of prepared reads that another one makes.
     *
     * @param whole what the other call counts with, and has memory of
     * @throws ReadAbortedException when the file is closed
     */
    static Call part(SourceFile file, List<String> names, CountedSources whole) {
        return of(
                file,
                new Terms(
                        names,
                        Map.of(),
                        whole.counters(),
                        changed -> {
                            throw changed;
                        },
                        whole.room()));
    }

    /** The names of the requests, in their order. */
    public List<String> names() {
        return List.copyOf(futures.keySet());
    }

    /** The name of a request as it was given to the call; null when it was not. */
    public @Nullable String nameOf(DatasetRequest request) {
        return asked.get(request);
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

    /** The same for one request, by its name; null when the time is up before. */
    public @Nullable Outcome await(String name, long nanos) throws InterruptedException {
        return outcomes.await(name, Objects.requireNonNull(futures.get(name)), nanos);
    }

    private String late() {
        return "the deadline of " + file.options().deadline() + " has passed";
    }

    /** Who is told what it does. */
    Watch watch() {
        return file.watch();
    }

    /** Ends at the deadline whatever has not ended before. */
    void endAtDeadline() {
        outcomes.endAtDeadline(ended);
    }

    /**
     * Runs something once every future is done, on the thread that completes the last one; at once when all are. That
     * is later than {@link #ended}: then two requests may end at this moment.
     */
    public void whenEnded(Runnable task) {
        CompletableFuture<Void> unused = CompletableFuture.allOf(
                        futures.values().toArray(new CompletableFuture<?>[0]))
                .whenComplete((nothing, failure) -> task.run());
    }

    /** The request that ended as number {@code index}, from 0 on; it must have. */
    public Outcome outcome(int index) {
        return outcomes.get(index);
    }

    /** Runs what others chained to results, on a thread that may block. */
    public void handOut(Runnable chained) {
        file.pools().handOut(chained);
    }

    /** What the call has done so far. */
    public ReadStatistics statistics() {
        Call instead = successor;
        return instead != null ? instead.statistics() : statistics.now();
    }

    /** What reads the rest of it elsewhere. */
    CountedSources sources() {
        return new CountedSources(statistics.counters(), room);
    }

    /** Done once every request has ended. */
    CompletableFuture<Void> ended() {
        return ended;
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
        List<DatasetRead> prepared = List.copyOf(reads);
        futures.forEach((name, future) -> {
            if (!future.isDone()) {
                end(name, null, new ReadAbortedException(Where.source(source), why));
            }
        });
        memory.cancel();
        fetch.cancel();
        prepared.forEach(DatasetRead::fail);
        List.copyOf(parts).forEach(Call::cancel);
    }

    boolean isAborted() {
        return aborted;
    }

    /** Forgets what led to the results: whoever holds these for long shall not hold that. */
    private void letGo() {
        reads.clear();
        fetch.letGo();
    }

    /** What fetches its pieces. */
    CallFetch fetch() {
        return fetch;
    }

    /** Plans what was prepared, and fetches. Called once; requests that were not prepared end otherwise. */
    void start(List<DatasetRead> prepared) {
        if (futures.isEmpty()) {
            ended.complete(null);
            return;
        }
        reads.addAll(prepared);
        attempt(() -> {
            CallMemory.Need need = CallMemory.Need.of(prepared, limits, this::fail);
            memory.take(need, now -> {
                if (now) {
                    planNow(need.reads());
                } else {
                    // Not a thread for metadata: those may all wait for calls like this one.
                    run(file.pools().decode(), () -> attempt(() -> planNow(need.reads())));
                }
            });
        });
    }

    /** Has a call of another file end one of this one's requests. */
    void delegate(String name, Call part) {
        parts.add(part);
        CompletableFuture<H5Array> unused = Objects.requireNonNull(part.futures.get(name))
                .whenComplete((array, failure) -> {
                    part.countNoLonger(statistics.counters());
                    Shortage.outlast(() -> offer(name, array, failure));
                });
        if (isAborted()) {
            part.cancel();
        }
    }

    /** Has the call for which this one was made keep its figures, and no longer what it read. */
    void countNoLonger(ReadCounters of) {
        of.ended(fetch.costs());
    }

    /** Hands a task to a pool; when the file was closed in between, or there is no thread for it, the call ends. */
    void run(Executor pool, Runnable task) {
        CallStep step = new CallStep(deadline, task, this::failAll);
        try {
            pool.execute(step::runGuarded);
        } catch (RejectedExecutionException closed) {
            abort(SourceFile.CLOSED);
        } catch (OutOfMemoryError noThread) {
            step.fail(noThread);
        }
    }

    /** Ends all requests that have not ended with a failure. */
    private void failAll(Throwable failure) {
        List.copyOf(reads).forEach(DatasetRead::fail);
        futures.keySet().forEach(name -> fail(name, Where.source(source), failure));
        planned();
    }

    /** Another version of the object is there: what was not handed out is read from a file opened anew. */
    private void startAgain(ObjectChangedException changed) {
        try {
            fetch.cancel();
            // Before the other call takes memory for the same results.
            memory.giveUp();
            List.copyOf(reads).forEach(DatasetRead::fail);
            Call instead = again.apply(changed);
            successor = instead;
            parts.add(instead);
            instead.futures.forEach((name, future) -> {
                CompletableFuture<H5Array> unused =
                        future.whenComplete((array, failure) -> Shortage.outlast(() -> end(name, array, failure)));
            });
            if (isAborted()) {
                instead.cancel();
            }
        } catch (Throwable failure) {
            futures.keySet().forEach(name -> end(name, null, Failures.of(Where.source(source), failure)));
        }
    }

    private void offer(String name, @Nullable H5Array array, @Nullable Throwable failure) {
        held.offer(new Outcome(name, array, failure));
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) {
            Shortage.outlast(() -> failAll(failure));
        }
    }

    /** Says that no more requests for data will be sent. */
    void planned() {
        held.planned();
    }

    /** Plans the requests whose results there is memory for, and fetches. */
    private void planNow(List<DatasetRead> admitted) {
        List<DatasetRead> allocated = memory.allocate(admitted);
        List<Wanted> wanted = new ArrayList<>();
        for (DatasetRead read : allocated) {
            for (Piece piece : read.pieces()) {
                statistics.wanted(piece.wantedBytes());
                wanted.add(new Wanted(this, read, piece));
            }
        }
        for (DatasetRead read : allocated) {
            if (read.pieces().isEmpty()) {
                finish(read);
            }
        }
        fetch.start(wanted);
        planned();
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
            wanted.put(plain);
            statistics.chunks(wanted.piece().encodedChunks(), decoded);
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
            run(file.pools().metadata(), () -> complete(read));
        }
    }

    private void complete(DatasetRead read) {
        try {
            DatasetRead.Target target = read.target();
            ElementDecoder decoder = file.decoder(target.where());
            H5Array array = read.array(read.home().map(decoder::meantIn).orElse(decoder));
            if (array.length() < target.elementCount()) {
                statistics.delivered(target);
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

    void fail(String name, Where where, Throwable failure) {
        offer(name, null, Failures.of(where, failure));
    }

    /** Ends a request, if it has not ended. When memory runs out in it, the next time goes on where this one was. */
    private void end(String name, @Nullable H5Array array, @Nullable Throwable failure) {
        CompletableFuture<H5Array> future = futures.get(name);
        if (future == null || future.isDone()) {
            return;
        }
        // Before the future is done: whoever sees the last result sees the final figures.
        Outcome now = new Outcome(name, array, failure);
        Outcome seen = outcomes.add(now, () -> count(now), this::keepStatistics);
        // Before the future is done, for those who look then; and after it, for memory that comes at this moment.
        giveBack(name, failure == null);
        // With what was seen: the file may be closed between both.
        Throwable why = seen.failure();
        if (why == null) {
            future.complete(seen.array());
        } else {
            future.completeExceptionally(why);
        }
        giveBack(name, failure == null);
        if (hasEnded()) {
            ended.complete(null);
        }
    }

    /** Gives back the memory of a request that ends, and with the last one that of the call. */
    private void giveBack(String name, boolean made) {
        memory.release(name, made);
        if (hasEnded()) {
            memory.ended();
        }
    }

    private void count(Outcome outcome) {
        if (successor == null) {
            statistics.delivered(outcome.array());
            statistics.ended(outcome);
        }
    }

    private void keepStatistics() {
        if (successor == null) {
            statistics.end();
        }
    }

    /** Whether all requests have ended. */
    boolean hasEnded() {
        return outcomes.isComplete();
    }
}
