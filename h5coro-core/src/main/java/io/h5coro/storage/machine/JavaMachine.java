// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the JVM has. Keeps no state: its threads belong to the pools that it makes. */
final class JavaMachine implements Machine {
    static final Machine OF_THIS_PROCESS = new JavaMachine();

    /** Whether virtual threads can be made here. */
    private final boolean virtual;

    private JavaMachine() {
        ExecutorService one = virtual();
        virtual = one != null;
        if (one != null) {
            one.shutdown();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public RandomGenerator chance() {
        return ThreadLocalRandom.current();
    }

    @Override
    public Runnable after(long nanos, Executor on, Runnable task) {
        CompletableFuture<Void> time = new CompletableFuture<>();
        CompletableFuture<Void> unused =
                time.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS).thenRunAsync(task, on);
        return () -> time.cancel(false);
    }

    @Override
    public ExecutorService threads(String name, int most, Duration idle) {
        long nanos = idle.toNanos();
        if (most == Integer.MAX_VALUE) {
            return new ThreadPoolExecutor(
                    0, most, nanos, TimeUnit.NANOSECONDS, new SynchronousQueue<>(), daemons(name));
        }
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, nanos, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        boolean numbered = name.endsWith("-");
        return task -> {
            Thread thread = new Thread(task, numbered ? name + number.incrementAndGet() : name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public ExecutorService waiters(String name, int most) {
        ExecutorService each = virtual ? virtual() : null;
        return each != null ? each : threads(name, most, IDLE);
    }

    /** Virtual threads from Java 21 on: a thread for each wait, at the price of an object. */
    private static @Nullable ExecutorService virtual() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException | UnsupportedOperationException before21) {
            return null;
        }
    }

    @Override
    public boolean hasVirtualThreads() {
        return virtual;
    }

    @Override
    public <T> T get(Future<T> future, long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    public void waitOn(Object lock, long nanos) throws InterruptedException {
        if (nanos == Long.MAX_VALUE) {
            lock.wait();
        } else {
            TimeUnit.NANOSECONDS.timedWait(lock, nanos);
        }
    }

    @Override
    public void wakeAll(Object lock) {
        lock.notifyAll();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
