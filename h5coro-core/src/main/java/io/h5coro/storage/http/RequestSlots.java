// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Lets a bounded number of tasks run at once; the others wait in order of arrival, without a thread. Thread-safe. */
final class RequestSlots {
    /** The number of tasks that may run at once; positive. */
    private final int slots;

    /** As long as callers ask for more ranges than there are slots; each is one of their futures. */
    @GuardedBy("this")
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** Invariant: from 0 to {@link #slots}; less than that only while {@link #waiting} is empty. */
    @GuardedBy("this")
    private int taken;

    RequestSlots(int slots) {
        this.slots = slots;
    }

    /** Starts the task on the executor when it is its turn; it must {@link #release} its slot once. */
    void run(Runnable task, Executor executor) {
        synchronized (this) {
            if (taken >= slots) {
                waiting.add(task);
                return;
            }
            taken++;
        }
        executor.execute(task);
    }

    /**
     * Gives the slot of a task that ran to the next one, which starts on the executor, never on the calling thread.
     * A chain of short tasks thus needs no deeper stack.
     */
    void release(Executor executor) {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                taken--;
                return;
            }
        }
        executor.execute(next);
    }
}
