// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.call.Deadline;
import io.h5coro.model.H5Array;
import io.h5coro.storage.machine.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The ended requests of one call, each once, in the order in which they ended, and who waits for them. When the call's
 * deadline passes, whoever waits ends the call: no timer is needed for that. Thread-safe.
 */
final class CallOutcomes {
    /** How often a deadline is looked at again whose clock stands still: a timer each, for a call that waits anyway. */
    private static final long LEAST_LOOK_NANOS = 100_000_000;

    private final int size;
    private final Deadline deadline;
    private final Runnable late;

    /** Cancels the timer that ends the call. Whoever sets it looks whether the call has ended meanwhile. */
    private volatile Runnable timer = () -> {};

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<Outcome> outcomes;

    /** Those by their names. */
    @GuardedBy("lock")
    private final Map<String, Outcome> byName = new HashMap<>();

    /**
     * None yet.
     *
     * @param size number of requests
     * @param late ends the call, whose deadline has passed
     */
    CallOutcomes(int size, Deadline deadline, Runnable late) {
        this.size = size;
        this.deadline = deadline;
        this.late = late;
        this.outcomes = new ArrayList<>(size);
    }

    /**
     * Adds an outcome, unless the request has one.
     *
     * @param counting is run when it is added, before anybody sees it
     * @param atEnd is run when that is the last one, before anybody sees it; each time
     * @return the outcome that the request has: whoever waits here may have seen it already
     */
    Outcome add(Outcome outcome, Runnable counting, Runnable atEnd) {
        synchronized (lock) {
            Outcome first = byName.putIfAbsent(outcome.name(), outcome);
            if (first == null) {
                outcomes.add(outcome);
                counting.run();
            }
            if (isComplete()) {
                atEnd.run();
            }
            machine().wakeAll(lock);
            return first == null ? outcome : first;
        }
    }

    boolean isComplete() {
        synchronized (lock) {
            return outcomes.size() == size;
        }
    }

    /** The request that ended as number {@code index}. */
    Outcome get(int index) {
        synchronized (lock) {
            return outcomes.get(index);
        }
    }

    /**
     * Waits until so many requests have ended.
     *
     * @return false when the time is up before
     */
    boolean await(int count, long nanos) throws InterruptedException {
        long until = until(nanos);
        while (true) {
            synchronized (lock) {
                while (outcomes.size() < count && deadline.left() > 0) {
                    long left = until - machine().nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    machine().waitOn(lock, Math.max(1, Math.min(left, deadline.left())));
                }
                if (outcomes.size() >= count) {
                    return true;
                }
            }
            late.run();
        }
    }

    /**
     * Waits until one request has ended, and its memory has been given back. Of one that has ended here but a moment
     * ago the future is not done yet: when the time is up before, what is here counts.
     *
     * @param future of the request
     * @return null when the time is up before it has ended
     */
    @Nullable
    Outcome await(String name, CompletableFuture<H5Array> future, long nanos) throws InterruptedException {
        long until = until(nanos);
        long left = nanos;
        while (!future.isDone() && left > 0) {
            if (deadline.left() <= 0) {
                late.run();
            }
            awaitOnce(future, Math.max(1, Math.min(left, deadline.left())));
            left = until - machine().nanoTime();
        }
        synchronized (lock) {
            return byName.get(name);
        }
    }

    /** Waits once; whether it has ended, and how, is for the caller to see. */
    private void awaitOnce(CompletableFuture<H5Array> future, long nanos) throws InterruptedException {
        try {
            H5Array unused = machine().get(future, nanos);
        } catch (ExecutionException | TimeoutException e) {
            // The caller looks at the outcome.
        }
    }

    /**
     * Ends the call at the deadline. Its clock may stand still meanwhile.
     *
     * @param ended done once the call has ended otherwise
     */
    void endAtDeadline(CompletableFuture<Void> ended) {
        endAfter(Math.max(0, deadline.left()), ended);
        CompletableFuture<Void> unused = ended.whenComplete((nothing, failure) -> timer.run());
    }

    private void endAfter(long nanos, CompletableFuture<Void> ended) {
        timer = machine().after(nanos, Runnable::run, () -> {
            if (deadline.left() > 0) {
                endAfter(Math.max(LEAST_LOOK_NANOS, deadline.left()), ended);
            } else {
                late.run();
            }
        });
        if (ended.isDone()) {
            timer.run();
        }
    }

    private Machine machine() {
        return deadline.machine();
    }

    private long until(long nanos) {
        return machine().nanoTime() + Math.min(nanos, Long.MAX_VALUE / 4);
    }
}
