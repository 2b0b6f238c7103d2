// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.engine.Outcome;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.object.FailureCause;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The results of one call of {@link H5Coro#readDatasets}, by the names of its requests. A result is available as soon
 * as its last chunk is decoded, in any order. A failure affects its own request only. Thread-safe.
 *
 * <p>Every wait ends at the latest with {@link io.h5coro.model.ReadOptions#deadline()}. Requests without a result then
 * fail with {@link ReadAbortedException}. {@link #cancel()} and closing the file have the same effect at once.
 *
 * <pre>{@code
 * for (ReadPromise.Result result : promise) {
 *     System.out.println(result.name() + " " + result.array().shape());
 * }
 * }</pre>
 */
public final class ReadPromise implements Iterable<ReadPromise.Result> {
    private final Call call;
    private final String source;

    ReadPromise(Call call, String source) {
        this.call = call;
        this.source = source;
    }

    /** The outcome of one request: an array or a failure. Immutable. */
    public static final class Result {
        private final Outcome outcome;

        Result(Outcome outcome) {
            this.outcome = outcome;
        }

        /** Returns the name of the request. */
        public String name() {
            return outcome.name();
        }

        /** Returns whether there is an array. */
        public boolean isSuccess() {
            return outcome.failure() == null;
        }

        /**
         * Returns the array.
         *
         * @throws H5Exception the {@link #failure()}, when there is one
         */
        public H5Array array() {
            Throwable failure = outcome.failure();
            if (failure != null) {
                throw unchecked(failure);
            }
            return Objects.requireNonNull(outcome.array());
        }

        /**
         * Returns why there is no array.
         *
         * @return an {@link H5Exception}, unless this library has a defect; empty when there is an array
         */
        public Optional<Throwable> failure() {
            return Optional.ofNullable(outcome.failure());
        }

        @Override
        public String toString() {
            return name() + ": " + (isSuccess() ? outcome.array() : outcome.failure());
        }
    }

    /**
     * Returns the names of the requests, in their order. Where requests were given no name and would have the same, a
     * number follows, as in "/a (1)" and "/a (2)".
     *
     * @return unmodifiable
     */
    public List<String> names() {
        return call.names();
    }

    /**
     * Returns a result; blocks until it is available.
     *
     * @throws IllegalArgumentException when no request has that name
     * @throws ReadAbortedException when the deadline passed, the read was cancelled, or the thread was interrupted; its
     *     interrupt flag is then set again
     * @throws H5Exception when the request failed
     */
    public H5Array get(String name) {
        return await(name, Long.MAX_VALUE, "");
    }

    /**
     * Returns the result of a request; blocks until it is available. Requests without a name that they were given need
     * not differ in theirs:
     *
     * <pre>{@code
     * DatasetRequest first = DatasetRequest.of("/gt1l/heights/h_ph", Hyperslab.parse("[:10]"));
     * DatasetRequest last = DatasetRequest.of("/gt1l/heights/h_ph", Hyperslab.parse("[-10:]"));
     * ReadPromise promise = file.readDatasets(List.of(first, last));
     * double highest = promise.get(last).getDouble(9);
     * }</pre>
     *
     * @param request one that the call was made with, or an equal one
     * @throws IllegalArgumentException when the call was not made with that request
     * @throws ReadAbortedException as for {@link #get(String)}
     * @throws H5Exception when the request failed
     */
    public H5Array get(DatasetRequest request) {
        return get(nameOf(request));
    }

    /**
     * Returns the result of a request as a new, independent future; see {@link #future(String)}.
     *
     * @throws IllegalArgumentException when the call was not made with that request
     */
    public CompletableFuture<H5Array> future(DatasetRequest request) {
        return future(nameOf(request));
    }

    private String nameOf(DatasetRequest request) {
        String name = call.nameOf(request);
        if (name == null) {
            throw new IllegalArgumentException("the read was not made with " + request + "; there are " + names());
        }
        return name;
    }

    /**
     * Returns a result; blocks until it is available, but not longer than {@code timeout}. The read goes on after a
     * time-out.
     *
     * @param timeout time to wait; 0 or less does not wait
     * @throws IllegalArgumentException when no request has that name
     * @throws ReadAbortedException when the result is not available in time
     * @throws H5Exception when the request failed
     */
    public H5Array get(String name, Duration timeout) {
        return await(name, nanos(timeout), "is not there within " + timeout);
    }

    private static long nanos(Duration time) {
        try {
            return Math.max(0, time.toNanos());
        } catch (ArithmeticException veryLong) {
            return Long.MAX_VALUE;
        }
    }

    private H5Array await(String name, long nanos, String late) {
        CompletableFuture<H5Array> unused = own(name);
        Outcome outcome;
        try {
            outcome = call.await(name, nanos);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (outcome == null) {
            throw new ReadAbortedException(Where.source(source), "'" + name + "' " + late);
        }
        if (outcome.failure() != null) {
            throw unchecked(FailureCause.of(outcome.failure()));
        }
        return Objects.requireNonNull(outcome.array());
    }

    private ReadAbortedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ReadAbortedException(Where.source(source), "the thread was interrupted", e);
    }

    private CompletableFuture<H5Array> own(String name) {
        CompletableFuture<H5Array> future = call.future(name);
        if (future == null) {
            throw new IllegalArgumentException("no request has the name '" + name + "'; there are " + names());
        }
        return future;
    }

    static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    /**
     * Returns a result as a new, independent future. Cancelling or completing it does not affect the read. It fails
     * with the {@link H5Exception} itself.
     *
     * <p>Dependent stages run on threads that this library uses for nothing else, and a new one starts when all are
     * busy. A stage that blocks therefore delays no other result, request or decoding.
     *
     * @throws IllegalArgumentException when no request has that name
     */
    public CompletableFuture<H5Array> future(String name) {
        CompletableFuture<H5Array> copy = new CompletableFuture<>();
        CompletableFuture<H5Array> unused = own(name)
                .whenComplete((array, failure) -> call.handOut(() -> {
                    if (failure == null) {
                        copy.complete(array);
                    } else {
                        copy.completeExceptionally(failure);
                    }
                }));
        return copy;
    }

    /**
     * Returns the results in the order in which they complete. Each iterator starts with the first one.
     *
     * <p>{@code next()} blocks until another result is available. It throws {@link ReadAbortedException} when the
     * thread is interrupted, but never the failure of a request.
     */
    @Override
    public Iterator<Result> iterator() {
        return new Iterator<>() {
            private int seen;

            @Override
            public boolean hasNext() {
                return seen < call.size();
            }

            @Override
            public Result next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                awaitOutcomes(seen + 1, Long.MAX_VALUE);
                return new Result(call.outcome(seen++));
            }
        };
    }

    private boolean awaitOutcomes(int count, long nanos) {
        try {
            return call.awaitOutcomes(count, nanos);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Blocks until every request has a result or a failure. Throws no failure of a request.
     *
     * @throws ReadAbortedException when the thread is interrupted
     */
    public void await() {
        boolean unused = awaitOutcomes(call.size(), Long.MAX_VALUE);
    }

    /**
     * Blocks until every request has a result or a failure, but not longer than {@code timeout}.
     *
     * @return whether all requests have ended
     * @throws ReadAbortedException when the thread is interrupted
     */
    public boolean await(Duration timeout) {
        return awaitOutcomes(call.size(), nanos(timeout));
    }

    /** Ends the read: requests without a result fail with {@link ReadAbortedException}. Idempotent. */
    public void cancel() {
        call.cancel();
    }

    /**
     * Returns what the read has cost so far; final once all requests have ended. Metadata that other reads of the file
     * fetch at the same time are counted too.
     */
    public ReadStatistics statistics() {
        return call.statistics();
    }
}
