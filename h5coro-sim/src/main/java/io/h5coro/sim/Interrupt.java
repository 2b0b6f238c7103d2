// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.error.ReadAbortedException;

/** An interrupt of the strand that makes it, after a time. Belongs to whoever has the turn. */
final class Interrupt {
    private final Scheduler scheduler;
    private final Runnable unset;
    private boolean came;
    private boolean forgotten;
    private long nanos;
    private int steps;

    Interrupt(Scheduler scheduler, long afterNanos) {
        this.scheduler = scheduler;
        Thread me = Thread.currentThread();
        this.unset = scheduler.cancellable(afterNanos, "interrupt", () -> {
            if (!forgotten) {
                came = true;
                nanos = scheduler.nanoTime();
                steps = scheduler.steps();
                scheduler.note("interrupts");
                me.interrupt();
            }
        });
    }

    boolean hasCome() {
        return came;
    }

    /** Whether a wait ended because of it; else it came at the same time as something else. */
    boolean hasEnded(ReadAbortedException failure) {
        return came && String.valueOf(failure.getMessage()).contains("was interrupted");
    }

    /** Judges a wait that has ended early: soon after the interrupt, with the flag set. */
    void isNoticed(Verdicts verdicts, ReadAbortedException failure) {
        if (!came) {
            throw new AssertionError("a wait ends early, and nobody was interrupted", failure);
        }
        boolean set = Thread.interrupted();
        Checks.that(set, () -> "an interrupt was noticed, and its flag is not set again: " + failure);
        verdicts.soon(nanos, steps);
    }

    /** Once the strand waits for nothing that it is meant for. */
    void forget() {
        forgotten = true;
        unset.run();
        scheduler.forgetInterrupt();
    }
}
