// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.storage.ByteRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The first half of a {@link ReadCall}: resolves requests in parallel and plans them together, then says what it would
 * fetch. Confined to one thread, which blocks on metadata.
 */
final class PlanCall {
    private final ReadEngine engine;
    private final ReadOptions options;
    private final String source;
    private final List<ReadPlan.Planned> planned = new ArrayList<>();
    private final List<ReadPlan.Failed> failures = new ArrayList<>();
    private final List<ByteRange> ranges = new ArrayList<>();
    private long bytesCached;
    private long resultBytes;

    PlanCall(ReadEngine engine) {
        this.engine = engine;
        this.options = engine.environment().space().options();
        this.source = engine.environment().space().origin().source();
    }

    /**
     * Plans.
     *
     * @throws ReadAbortedException when the deadline passes, the thread is interrupted or the file is closed
     */
    ReadPlan plan(List<DatasetRequest> requests) {
        CacheStatistics before = engine.environment().cache().statistics();
        List<CompletableFuture<DatasetRead>> reads = resolve(requests);
        for (int i = 0; i < requests.size(); i++) {
            DatasetRequest request = requests.get(i);
            try {
                add(request, reads.get(i).get());
            } catch (ExecutionException e) {
                fail(request, Where.object(source, request.path()), Objects.requireNonNullElse(e.getCause(), e));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        CacheStatistics now = engine.environment().cache().statistics();
        RequestCosts costs = engine.costs();
        FetchPlan fetch = FetchPlan.of(ranges, costs);
        return new ReadPlan(
                planned,
                failures,
                fetch.requests().stream()
                        .map(range -> new ReadPlan.Range(range.offset(), range.length()))
                        .toList(),
                fetch.wantedBytes(),
                bytesCached,
                new ReadPlan.Metadata(
                        now.requests() - before.requests(),
                        now.bytesFetched() - before.bytesFetched(),
                        now.waves() - before.waves()),
                new ReadPlan.Conditions(
                        Duration.ofNanos(costs.latencyMicros() * 1000), costs.bytesPerSecond(), costs.connections()));
    }

    /** All requests, resolved or failed. */
    private List<CompletableFuture<DatasetRead>> resolve(List<DatasetRequest> requests) {
        List<CompletableFuture<DatasetRead>> reads = new ArrayList<>();
        try {
            for (DatasetRequest request : requests) {
                reads.add(CompletableFuture.supplyAsync(
                        () -> engine.explained(request), engine.pools().metadata()));
            }
            CompletableFuture.allOf(reads.toArray(new CompletableFuture<?>[0]))
                    .handle((nothing, failure) -> true)
                    .get(options.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            throw new ReadAbortedException(Where.source(source), ReadEngine.CLOSED);
        } catch (TimeoutException late) {
            throw new ReadAbortedException(
                    Where.source(source), "the deadline of " + options.deadline() + " has passed", late);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return reads;
    }

    private ReadAbortedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ReadAbortedException(Where.source(source), "the thread was interrupted", e);
    }

    private void add(DatasetRequest request, DatasetRead read) {
        long memory = read.target().memoryBytes();
        try {
            engine.checkResults(read.where(), resultBytes + memory);
        } catch (LimitExceededException tooLarge) {
            fail(request, read.where(), tooLarge);
            return;
        }
        resultBytes += memory;
        long chunks = 0;
        long runs = 0;
        long bytes = 0;
        for (Piece piece : read.pieces()) {
            ByteRange range = piece.range();
            if (range.length() > 0) {
                chunks += piece.isEncoded() ? 1 : 0;
                runs++;
                bytes += range.length();
                if (!engine.flights().isKept(piece) && engine.cached(range) == null) {
                    ranges.add(range);
                } else {
                    bytesCached += range.length();
                }
            }
        }
        DatasetRead.Target target = read.target();
        long decoded = (long) target.elementCount() * target.type().size();
        planned.add(new ReadPlan.Planned(target.name(), target.shape(), chunks, runs, bytes, decoded));
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
