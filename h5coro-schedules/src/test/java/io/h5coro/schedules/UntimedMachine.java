// SPDX-License-Identifier: Apache-2.0
package io.h5coro.schedules;

import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A machine whose clock stands still until the test lets all time pass: a wait ends when somebody wakes it, or then,
 * never by itself. Lincheck lets no other thread into a lock on which one waits for a time; and one that is not woken
 * is then found, not outwaited. Timers ring when the test says so. Thread-safe.
 */
public final class UntimedMachine implements Machine {
    /** Later than any deadline that is one, and sooner than waits without one. */
    private static final long LATE_NANOS = Long.MAX_VALUE / 8;

    private final List<Runnable> timers = new ArrayList<>();
    private final List<Object> waiting = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> passed = new CompletableFuture<>();

    /** Lets all time pass: whoever waits for a time goes on, and nobody does any more. Rings no timers. */
    public void pass() {
        List<Object> all;
        synchronized (this) {
            passed.complete(null);
            all = List.copyOf(waiting);
        }
        for (Object lock : all) {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    /** Runs all timers that are set. */
    public void ring() {
        List<Runnable> all;
        synchronized (this) {
            all = List.copyOf(timers);
            timers.clear();
        }
        for (Runnable timer : all) {
            timer.run();
        }
    }

    @Override
    public synchronized Runnable after(long nanos, Executor on, Runnable task) {
        timers.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Runnable task) {
        timers.remove(task);
    }

    @Override
    public long nanoTime() {
        return passed.isDone() ? LATE_NANOS : 0;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public RandomGenerator chance() {
        throw new UnsupportedOperationException("nothing here is up to chance");
    }

    /** Threads that nothing is given to. */
    @Override
    public ExecutorService threads(String name, int most, Duration idle) {
        return ForkJoinPool.commonPool();
    }

    @Override
    public <T> T get(Future<T> future, long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        if (future instanceof CompletableFuture<T> stage && !stage.isDone()) {
            CompletableFuture.anyOf(passed, stage.handle((value, failure) -> null))
                    .join();
        }
        if (passed.isDone() && !future.isDone()) {
            throw new TimeoutException();
        }
        return future.get();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // those who call it look again
    public void waitOn(Object lock, long nanos) throws InterruptedException {
        synchronized (this) {
            if (passed.isDone()) {
                return;
            }
            waiting.add(lock);
        }
        lock.wait();
    }

    @Override
    public void wakeAll(Object lock) {
        lock.notifyAll();
    }

    @Override
    public void sleep(Duration time) {
        throw new UnsupportedOperationException("the clock stands still");
    }
}
