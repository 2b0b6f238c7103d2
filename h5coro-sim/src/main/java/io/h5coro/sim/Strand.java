// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens in a run: a task of a pool, an event, or a thread of the scenario. It has a thread of the crew
 * from its first step to its last. All fields but the turn belong to whoever has the turn.
 */
final class Strand {
    final int id;
    final String name;
    final Runnable task;

    /** The thread that runs it; null before its first step. */
    Crew.@Nullable Worker worker;

    /** What it waits for; null while it does not. */
    @Nullable
    Wait wait;

    private volatile boolean turn;

    Strand(int id, String name, Runnable task) {
        this.id = id;
        this.name = name;
        this.task = task;
    }

    /** What a strand waits for. */
    static final class Wait {
        /** Null when it does not wait for one. */
        final @Nullable Future<?> future;

        /** Null when it does not wait on one. */
        final @Nullable Object monitor;

        /** Virtual time at which it waits no longer; {@link Long#MAX_VALUE} for never. */
        final long until;

        /** Whether all who wait on the monitor were woken. */
        boolean woken;

        Wait(@Nullable Future<?> future, @Nullable Object monitor, long until) {
            this.future = future;
            this.monitor = monitor;
            this.until = until;
        }

        boolean isOver(long now) {
            return woken || now >= until || (future != null && future.isDone());
        }

        String what() {
            return future != null ? "a future" : monitor != null ? "a lock's notice" : "the time";
        }
    }

    /** Gives it the turn, from the thread that had it. */
    void go() {
        Wait waited = wait;
        wait = null;
        if (waited != null && waited.monitor != null) {
            // Not before its thread waits on the monitor: it would go on with it, and this one would stand here.
            synchronized (waited.monitor) {
                turn = true;
                waited.monitor.notifyAll();
            }
        } else {
            turn = true;
            LockSupport.unpark(worker);
        }
    }

    boolean wasInterrupted() {
        return worker != null && worker.wasInterrupted();
    }

    /** Whether it was interrupted by others; not any more after that. */
    boolean takeInterrupt() {
        return worker != null && worker.takeInterrupt();
    }

    /** Takes the turn away, before another strand gets it. */
    void stop() {
        turn = false;
    }

    /** Waits, on its own thread, until it has the turn. A monitor that it waits on is released meanwhile. */
    void awaitTurn(@Nullable Object monitor) throws InterruptedException {
        while (!turn) {
            if (monitor != null) {
                monitor.wait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    @Override
    public String toString() {
        return name + "#" + id;
    }
}
