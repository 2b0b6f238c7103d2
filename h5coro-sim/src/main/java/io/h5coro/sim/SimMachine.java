// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** The machine of one simulated run: all that the reader starts or waits for is the scheduler's. */
public final class SimMachine implements Machine {
    private final Scheduler scheduler;
    private final Pool common;
    private final boolean virtual;

    /**
     * A machine.
     *
     * @param virtual whether it has virtual threads
     */
    SimMachine(Scheduler scheduler, boolean virtual) {
        this.scheduler = scheduler;
        this.virtual = virtual;
        this.common = new Pool("common", 2);
    }

    /** Where it is. */
    public World world() {
        return scheduler;
    }

    @Override
    public long nanoTime() {
        return scheduler.nanoTime();
    }

    @Override
    public Instant now() {
        return scheduler.now();
    }

    @Override
    public RandomGenerator chance() {
        return scheduler.chance();
    }

    @Override
    public Runnable after(long nanos, Executor on, Runnable task) {
        return scheduler.cancellable(nanos, "timer", () -> {
            try {
                on.execute(task);
            } catch (RejectedExecutionException closed) {
                scheduler.note("a timer's task is refused");
            }
        });
    }

    @Override
    public ExecutorService threads(String name, int most, Duration idle) {
        return new Pool(name, most);
    }

    @Override
    public ExecutorService waiters(String name, int most) {
        return new Pool(name, virtual ? Integer.MAX_VALUE : most);
    }

    @Override
    public boolean hasVirtualThreads() {
        return virtual;
    }

    @Override
    public Executor common() {
        return common;
    }

    @Override
    public <T> T get(Future<T> future, long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        if (!future.isDone() && nanos > 0) {
            boolean interrupted = scheduler.await(future, null, nanos);
            interruptible(interrupted && !future.isDone());
            if (interrupted) {
                // Both at once: the result is taken, and the interrupt is for what comes next.
                Thread.currentThread().interrupt();
            }
        }
        if (!future.isDone()) {
            throw new TimeoutException();
        }
        return future.get();
    }

    @Override
    public void waitOn(Object lock, long nanos) {
        interruptible(scheduler.await(null, lock, nanos));
    }

    @Override
    public void wakeAll(Object lock) {
        scheduler.wake(lock);
    }

    @Override
    public void sleep(Duration time) {
        interruptible(scheduler.await(null, null, time.toNanos()));
    }

    /** Throws what the reader expects. It is not declared: those who write scenarios are not interrupted. */
    private static void interruptible(boolean interrupted) {
        if (interrupted) {
            throw SimMachine.<RuntimeException>undeclared(new InterruptedException());
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the type is not there at run time
    private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Threads of one name. Belongs to the strand that has the turn. */
    private final class Pool extends AbstractExecutorService {
        private final String name;
        private final int most;
        private final Deque<Runnable> queue = new ArrayDeque<>();

        /** Those that run a task. */
        private final Set<Thread> working = new LinkedHashSet<>();

        private int busy;
        private boolean shut;

        /** Whether what still runs is to end soon. */
        private boolean stopped;

        Pool(String name, int most) {
            this.name = name;
            this.most = most;
        }

        @Override
        public void execute(Runnable task) {
            if (shut) {
                throw new RejectedExecutionException(name + " is shut down");
            }
            if (busy < most) {
                busy++;
                scheduler.spawn(name, () -> work(task));
            } else {
                queue.add(task);
            }
            scheduler.pause();
        }

        private void work(Runnable task) {
            working.add(Thread.currentThread());
            if (stopped) {
                Thread.currentThread().interrupt();
            }
            task.run();
            working.remove(Thread.currentThread());
            Runnable next = queue.poll();
            if (next == null) {
                busy--;
            } else {
                scheduler.spawn(name, () -> work(next));
            }
        }

        @Override
        public void shutdown() {
            shut = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shut = true;
            stopped = true;
            List<Runnable> rest = List.copyOf(queue);
            queue.clear();
            working.forEach(Thread::interrupt);
            return rest;
        }

        @Override
        public boolean isShutdown() {
            return shut;
        }

        @Override
        public boolean isTerminated() {
            return shut && busy == 0;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException("nobody waits for the end of " + name);
        }
    }
}
