// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.storage.machine.Machine;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Timers of the JDK's kind on a machine: for the SDK, which ends attempts with them. Nothing is repeated. */
public final class MachineTimers extends AbstractExecutorService implements ScheduledExecutorService {
    private final Machine machine;
    private final Executor threads;
    private boolean closed;

    /** Makes timers. */
    public MachineTimers(Machine machine) {
        this.machine = machine;
        this.threads = machine.threads("sdk-timer", 1, Machine.IDLE);
    }

    /** A task that runs later, unless it is cancelled. */
    private static final class Later<V> extends CompletableFuture<V> implements ScheduledFuture<V> {
        private final Machine machine;
        private final long time;
        private Runnable cancel = () -> {};

        Later(Machine machine, long time) {
            this.machine = machine;
            this.time = time;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            cancel.run();
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time - machine.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        long nanos = unit.toNanos(delay);
        Later<V> later = new Later<>(machine, machine.nanoTime() + nanos);
        later.cancel = machine.after(nanos, threads, () -> {
            if (!later.isDone()) {
                try {
                    later.complete(callable.call());
                } catch (Exception e) {
                    later.completeExceptionally(e);
                }
            }
        });
        return later;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing is repeated");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing is repeated");
    }

    @Override
    public void execute(Runnable command) {
        threads.execute(command);
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
