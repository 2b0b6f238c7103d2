// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that runs take one after the other. Belongs to whoever has the turn of the run under way. A run that has
 * failed leaves its threads where they are; the next one has another crew.
 */
final class Crew {
    private final Deque<Worker> idle = new ArrayDeque<>();

    /** A thread that runs strands, one at a time. */
    static final class Worker extends Thread {
        private volatile @Nullable Runnable work;

        /** Whether another strand has interrupted this one, which does not know it yet. */
        private volatile boolean interrupted;

        Worker() {
            super("sim");
            setDaemon(true);
        }

        /**
         * Interrupts it. From another thread, at its next turn: until then it is parked, and must stay so.
         */
        @Override
        public void interrupt() {
            if (Thread.currentThread() == this) {
                super.interrupt();
            } else {
                interrupted = true;
            }
        }

        boolean wasInterrupted() {
            return interrupted;
        }

        /** Whether it was interrupted by others; not any more after that. */
        boolean takeInterrupt() {
            boolean was = interrupted;
            interrupted = false;
            return was;
        }

        void give(Runnable next) {
            work = next;
            LockSupport.unpark(this);
        }

        @Override
        public void run() {
            while (true) {
                Runnable next = work;
                if (next == null) {
                    LockSupport.park(this);
                } else {
                    work = null;
                    next.run();
                }
            }
        }
    }

    /** A thread with nothing to do. */
    Worker take() {
        Worker known = idle.poll();
        if (known != null) {
            return known;
        }
        Worker made = new Worker();
        made.start();
        return made;
    }

    /** Takes a thread back, which ends its work at once. */
    void giveBack(Worker worker) {
        idle.push(worker);
    }
}
