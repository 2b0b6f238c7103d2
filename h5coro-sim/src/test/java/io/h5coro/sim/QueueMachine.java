// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * A machine on a {@link QueueWorld}: all tasks run on the one thread. Who waits lets other things happen meanwhile, on
 * top of its own stack, so that of several who wait the last one goes on first.
 */
public final class QueueMachine implements Machine {
    private final QueueWorld world;

    /** A machine of a world. */
    public QueueMachine(QueueWorld world) {
        this.world = world;
    }

    @Override
    public long nanoTime() {
        return world.nanoTime();
    }

    @Override
    public Instant now() {
        return world.now();
    }

    @Override
    public RandomGenerator chance() {
        return world.chance();
    }

    @Override
    public Runnable after(long nanos, Executor on, Runnable task) {
        boolean[] cancelled = {false};
        world.after(nanos, () -> {
            if (!cancelled[0]) {
                on.execute(task);
            }
        });
        return () -> cancelled[0] = true;
    }

    @Override
    public ExecutorService threads(String name, int most, Duration idle) {
        return new Pool();
    }

    private final class Pool extends AbstractExecutorService {
        private boolean closed;

        @Override
        public void execute(Runnable task) {
            world.after(0, task);
        }

        @Override
        public void shutdown() {
            closed = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            closed = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return closed;
        }

        @Override
        public boolean isTerminated() {
            return closed;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    @Override
    public <T> T get(Future<T> future, long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        long start = world.nanoTime();
        boolean[] late = {false};
        if (nanos != Long.MAX_VALUE) {
            world.after(nanos, () -> late[0] = true);
        }
        world.runUntil(() -> future.isDone() || late[0]);
        if (!future.isDone()) {
            throw new TimeoutException("since " + start);
        }
        return future.get();
    }

    @Override
    public void waitOn(Object lock, long nanos) {
        if (!world.step()) {
            throw new AssertionError("waits for ever");
        }
    }

    @Override
    public void wakeAll(Object lock) {
        // Who waits looks after each event.
    }

    @Override
    public void sleep(Duration time) {
        boolean[] over = {false};
        world.after(time.toNanos(), () -> over[0] = true);
        world.runUntil(() -> over[0]);
    }
}
