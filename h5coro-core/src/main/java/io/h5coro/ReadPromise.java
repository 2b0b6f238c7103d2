// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.engine.Outcome;
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
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The results of one call of {@code H5Coro.readDatasets}, by the names of its requests. Each is there as soon as its
 * last chunk is decoded, in whatever order; a failure concerns its own name only. Thread-safe.
 *
 * <p>Every wait ends at the latest with {@link io.h5coro.model.ReadOptions#deadline()}, after which whatever is not
 * there has failed with {@link ReadAbortedException}; {@link #cancel()} and closing the file do the same at once.
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

    /** A result, or what kept a request from having one. Immutable. */
    public static final class Result {
        private final Outcome outcome;

        Result(Outcome outcome) {
            this.outcome = outcome;
        }

        /** The name of the request. */
        public String name() {
            return outcome.name();
        }

        /** Whether there is an array. */
        public boolean isSuccess() {
            return outcome.failure() == null;
        }

        /**
         * The array.
         *
         * @throws H5Exception the failure, when there is none
         */
        public H5Array array() {
            Throwable failure = outcome.failure();
            if (failure != null) {
                throw unchecked(failure);
            }
            return Objects.requireNonNull(outcome.array());
        }

        /** The failure: an {@link H5Exception}, unless this library has a defect; empty when there is an array. */
        public Optional<Throwable> failure() {
            return Optional.ofNullable(outcome.failure());
        }

        @Override
        public String toString() {
            return name() + ": " + (isSuccess() ? outcome.array() : outcome.failure());
        }
    }

    /** The names of the requests, in their order. Unmodifiable. */
    public List<String> names() {
        return call.names();
    }

    /**
     * A result; blocks until it is there.
     *
     * @throws IllegalArgumentException when no request has that name
     * @throws H5Exception what kept the request from being answered; the thread's interrupt flag is set again when it
     *     was interrupted
     */
    public H5Array get(String name) {
        return await(name, Long.MAX_VALUE, "");
    }

    /**
     * A result; blocks until it is there, but not longer than a time. The read goes on after that.
     *
     * @throws IllegalArgumentException when no request has that name
     * @throws ReadAbortedException when it is not there in time
     * @throws H5Exception what kept the request from being answered
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
        CompletableFuture<H5Array> future = own(name);
        try {
            if (!call.await(future, nanos)) {
                throw new ReadAbortedException(Where.source(source), "'" + name + "' " + late);
            }
            return future.get();
        } catch (ExecutionException e) {
            throw unchecked(FailureCause.of(e));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
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

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    /**
     * A result as a future of its own: cancelling or completing it changes nothing for anybody else. It fails with the
     * {@link H5Exception} itself. What is chained to it runs on threads of this library that do nothing else, a new one
     * where all others are busy: a callback that blocks delays no other result, no request and no decoding.
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
     * The results in the order in which they come, from the first on for each iterator. {@code next()} blocks until
     * there is one more; it throws {@link ReadAbortedException} when the thread is interrupted, and no failure of a
     * request.
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

    /** Blocks until every request has a result or a failure; throws none of them. */
    public void await() {
        boolean unused = awaitOutcomes(call.size(), Long.MAX_VALUE);
    }

    /**
     * Blocks until every request has a result or a failure, but not longer than a time.
     *
     * @return false when the time was up before
     */
    public boolean await(Duration timeout) {
        return awaitOutcomes(call.size(), nanos(timeout));
    }

    /** Ends the read: what is not there yet fails with {@link ReadAbortedException}. Idempotent. */
    public void cancel() {
        call.cancel();
    }

    /**
     * What the read has cost: so far, and for good once all requests have ended. Metadata that other reads of the file
     * fetch at the same time are counted too.
     */
    public ReadStatistics statistics() {
        return call.statistics();
    }
}
