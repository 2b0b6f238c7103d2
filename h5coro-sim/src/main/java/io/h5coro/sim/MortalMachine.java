// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.sim.disk.ProcessKilled;
import io.h5coro.sim.disk.SimProcess;
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
 * The machine as one simulated process has it. Once the process is killed, nothing of it goes on: its tasks are not
 * run, and what runs ends with {@link ProcessKilled} when it next looks at the clock, waits or touches the disk.
 */
public final class MortalMachine implements Machine {
    /** How soon those who wait notice that their process is dead. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final SimMachine machine;
    private final SimProcess process;
    private final Executor common;

    /** The machine of a process. */
    public MortalMachine(SimMachine machine, SimProcess process) {
        this.machine = machine;
        this.process = process;
        this.common = mortal(machine.common());
    }

    /** Runs something as the process does, until that is killed. */
    public void run(Runnable task) {
        if (!process.isDead()) {
            try {
                task.run();
            } catch (ProcessKilled end) {
                machine.world().note(String.valueOf(end.getMessage()));
            }
        }
    }

    private void live() {
        process.checkAlive();
    }

    private Executor mortal(Executor threads) {
        return task -> threads.execute(() -> run(task));
    }

    @Override
    public long nanoTime() {
        live();
        return machine.nanoTime();
    }

    @Override
    public Instant now() {
        live();
        return machine.now();
    }

    @Override
    public RandomGenerator chance() {
        live();
        return machine.chance();
    }

    @Override
    public Runnable after(long nanos, Executor on, Runnable task) {
        live();
        return machine.after(nanos, runs -> run(() -> on.execute(runs)), () -> run(task));
    }

    @Override
    public Executor common() {
        return common;
    }

    @Override
    public ExecutorService threads(String name, int most, Duration idle) {
        return new Pool(machine.threads(name, most, idle));
    }

    @Override
    public ExecutorService waiters(String name, int most) {
        return new Pool(machine.waiters(name, most));
    }

    @Override
    public boolean hasVirtualThreads() {
        return machine.hasVirtualThreads();
    }

    @Override
    public <T> T get(Future<T> future, long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        long left = nanos;
        while (left > LOOK_NANOS && !future.isDone()) {
            live();
            long start = machine.nanoTime();
            try {
                return machine.get(future, LOOK_NANOS);
            } catch (TimeoutException look) {
                left -= machine.nanoTime() - start;
            }
        }
        live();
        T result = machine.get(future, left);
        live();
        return result;
    }

    @Override
    public void waitOn(Object lock, long nanos) {
        live();
        machine.waitOn(lock, Math.min(nanos, LOOK_NANOS));
        live();
    }

    @Override
    public void wakeAll(Object lock) {
        machine.wakeAll(lock);
    }

    @Override
    public void sleep(Duration time) {
        live();
        machine.sleep(time);
        live();
    }

    /** A pool whose tasks are the process's. */
    private final class Pool extends AbstractExecutorService {
        private final ExecutorService pool;

        Pool(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public void execute(Runnable task) {
            // Also called by others, such as a store that answers: a dead process does not hear it.
            if (!process.isDead()) {
                pool.execute(() -> MortalMachine.this.run(task));
            }
        }

        @Override
        public void shutdown() {
            pool.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return pool.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return pool.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return pool.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return pool.awaitTermination(timeout, unit);
        }
    }
}
