// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.prepare.ReadLimits;
import io.h5coro.internal.prepare.RequestRehearsal;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadPlan;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.object.FailureCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The first half of a {@link Call}: resolves requests in parallel and plans them together, then says what it would
 * fetch. Confined to one thread, which blocks on metadata.
 */
final class PlanCall {
    private final SourceFile file;
    private final Deadline deadline;
    private final String source;
    private final List<ReadPlan.Planned> planned = new ArrayList<>();
    private final List<ReadPlan.Failed> failures = new ArrayList<>();
    private final List<ByteRange> ranges = new ArrayList<>();
    /** Requests to other files and objects, by the name of their source. */
    private final Map<String, List<ReadPlan.Range>> elsewhere = new TreeMap<>();

    private long bytesElsewhere;

    /** Bytes of gaps that lie in pieces, and so among what the requests are planned for. */
    private long bytesAlong;

    /** Bytes that need no request: of decoded chunks that are kept, in the metadata cache, and in a data cache. */
    private long bytesCached;
    /** Memory of the accepted requests to this file, for the limit on a call's results. */
    private long resultBytes;

    PlanCall(SourceFile file) {
        this.file = file;
        this.deadline = Deadline.currentOr(file.options().deadline());
        this.source = file.source();
    }

    /**
     * Plans.
     *
     * @throws ReadAbortedException when the deadline passes, the thread is interrupted or the file is closed
     */
    ReadPlan plan(List<DatasetRequest> requests) {
        CacheStatistics before = file.totals().metadata();
        List<CompletableFuture<Explained>> reads = resolve(requests);
        // All before the first is added: what one request reads of metadata may be what another wants of data.
        awaitAll(reads);
        for (int i = 0; i < requests.size(); i++) {
            DatasetRequest request = requests.get(i);
            try {
                add(request, deadline.await(reads.get(i), Where.source(source)));
            } catch (ExecutionException e) {
                fail(request, Where.object(source, request.path()), FailureCause.of(e));
            }
        }
        Deadline.check(source);
        CacheStatistics now = file.totals().metadata();
        RequestCosts costs = new ReadLimits(file).costs();
        FetchPlan fetch = FetchPlan.of(ranges, costs);
        return new ReadPlan(
                planned,
                failures,
                fetch.requests().stream().map(PlanCall::range).toList(),
                sources(),
                fetch.wantedBytes() + bytesElsewhere - bytesAlong,
                bytesCached,
                new ReadPlan.Metadata(
                        now.requests() - before.requests(),
                        now.bytesFetched() - before.bytesFetched(),
                        now.waves() - before.waves()),
                new ReadPlan.Conditions(
                        Duration.ofNanos(costs.latencyMicros() * 1000), costs.bytesPerSecond(), costs.connections()),
                now.unpinned());
    }

    private void awaitAll(List<CompletableFuture<Explained>> reads) {
        CompletableFuture<Boolean> all = CompletableFuture.allOf(reads.toArray(new CompletableFuture<?>[0]))
                .handle((nothing, failure) -> true);
        try {
            boolean unused = deadline.await(all, Where.source(source));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All requests, resolved or failed. */
    private List<CompletableFuture<Explained>> resolve(List<DatasetRequest> requests) {
        if (Resolution.isBetterTogether(file, requests)) {
            new RequestRehearsal(file, false).read(requests);
        }
        List<CompletableFuture<Explained>> reads = new ArrayList<>();
        try {
            for (DatasetRequest request : requests) {
                reads.add(CompletableFuture.supplyAsync(
                        () -> deadline.during(() -> explained(request)),
                        file.pools().metadata()));
            }
        } catch (RejectedExecutionException closed) {
            throw new ReadAbortedException(Where.source(source), SourceFile.CLOSED);
        }
        return reads;
    }

    /**
     * A request that is only to be explained.
     *
     * @param owner the file that would read it
     * @param read what it would fetch there
     * @param sources what it would fetch elsewhere
     */
    private record Explained(SourceFile owner, DatasetRead read, PlannedSources sources) {}

    private Explained explained(DatasetRequest request) {
        PlannedSources sources = new PlannedSources();
        Resolution.Prepared found = Resolution.prepare(file, request, sources, null);
        found.read().confirm();
        return new Explained(found.owner(), found.read(), sources);
    }

    private static ReadPlan.Range range(ByteRange range) {
        return new ReadPlan.Range(range.offset(), range.length());
    }

    private List<ReadPlan.Source> sources() {
        List<ReadPlan.Source> sources = new ArrayList<>();
        elsewhere.forEach((name, requests) -> {
            requests.sort(Comparator.comparingLong(ReadPlan.Range::offset).thenComparingLong(ReadPlan.Range::length));
            sources.add(new ReadPlan.Source(name, requests));
        });
        return sources;
    }

    private void add(DatasetRequest request, Explained explained) {
        DatasetRead read = explained.read();
        boolean here = explained.owner() == file;
        long memory = read.target().memoryBytes();
        try {
            ReadLimits limits = new ReadLimits(explained.owner());
            limits.checkResults(read.where(), here ? resultBytes + memory : memory);
            limits.checkWork(read.where(), memory, limits.workBeyondRoom(read));
            limits.checkHeld(read.where(), memory + limits.workBeyondRoom(read), read.heldBytes());
        } catch (LimitExceededException tooLarge) {
            fail(request, read.where(), tooLarge);
            return;
        }
        resultBytes += here ? memory : 0;
        Tally tally = new Tally();
        if (here) {
            ranges.addAll(tally.away(file, List.of(read)));
        } else {
            fetched(explained.owner(), tally.away(explained.owner(), List.of(read)));
        }
        PlannedSources sources = explained.sources();
        sources.calls().forEach(call -> fetched(call.file(), tally.away(call.file(), call.reads())));
        sources.raw().forEach(part -> {
            requested(part.reader().source(), range(part.range()));
            bytesElsewhere += part.range().length();
            tally.bytes += part.range().length();
        });
        tally.runs += sources.rawRuns();
        DatasetRead.Target target = read.target();
        long decoded = (long) target.elementCount() * target.type().size();
        planned.add(
                new ReadPlan.Planned(target.name(), target.shape(), tally.chunks, tally.runs, tally.bytes, decoded));
    }

    /** What one call of another engine, or another call of this one, would fetch. */
    private void fetched(SourceFile owner, List<ByteRange> wanted) {
        FetchPlan plan = FetchPlan.of(wanted, new ReadLimits(owner).costs());
        String name = owner.source();
        plan.requests().forEach(request -> requested(name, range(request)));
        bytesElsewhere += plan.wantedBytes();
    }

    private void requested(String name, ReadPlan.Range request) {
        elsewhere.computeIfAbsent(name, n -> new ArrayList<>()).add(request);
    }

    /** What one request wants. */
    private final class Tally {
        private long chunks;
        private long runs;
        private long bytes;

        /** Counts pieces; gives the ranges of those that have to be fetched. */
        private List<ByteRange> away(SourceFile owner, List<DatasetRead> reads) {
            List<ByteRange> away = new ArrayList<>();
            for (DatasetRead read : reads) {
                for (Piece piece : read.pieces()) {
                    ByteRange range = piece.range();
                    if (range.length() > 0) {
                        chunks += piece.encodedChunks();
                        runs++;
                        bytes += piece.wantedBytes();
                        boolean isHere = PieceFlights.of(owner).isKept(piece) || owner.cached(range) != null;
                        ByteRange missing = isHere
                                ? new ByteRange(range.offset(), 0)
                                : owner.data().missing(range);
                        // Gaps between the chunks of a piece are fetched with them, and not wanted.
                        long wantedHere = Math.max(0, piece.wantedBytes() - missing.length());
                        bytesCached += wantedHere;
                        bytesAlong += missing.length() - (piece.wantedBytes() - wantedHere);
                        if (missing.length() > 0) {
                            away.add(missing);
                        }
                    }
                }
            }
            return away;
        }
    }

    private void fail(DatasetRequest request, Where where, Throwable problem) {
        Throwable failure = Failures.of(where, problem);
        if (failure instanceof H5Exception known) {
            failures.add(new ReadPlan.Failed(request.name(), known));
        } else if (failure instanceof Error error) {
            throw error;
        } else {
            throw failure instanceof RuntimeException defect ? defect : new IllegalStateException(failure);
        }
    }
}
