// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.internal.call.Deadline;
import io.h5coro.model.H5Array;
import io.h5coro.schedules.UntimedMachine;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The ends of the requests of one call: each once, who waits for them is told, and the deadline ends the call. */
final class CallOutcomesSchedulesTest {
    private static final Runnable NOTHING = () -> {};

    private static Deadline never() {
        return Deadline.after(Machine.ofThisProcess(), () -> 0, Duration.ofDays(1), () -> null);
    }

    @Test
    void eachRequestEndsOnce() {
        explore(() -> {
            CallOutcomes outcomes = new CallOutcomes(2, never(), () -> check(false, "late"));
            AtomicInteger counted = new AtomicInteger();
            Outcome[] seen = new Outcome[2];
            Throwable cancelled = new IllegalStateException("cancelled");
            together(
                    () -> {
                        seen[0] = outcomes.add(new Outcome("a", null, null), counted::incrementAndGet, NOTHING);
                        outcomes.add(new Outcome("b", null, null), counted::incrementAndGet, NOTHING);
                    },
                    () -> seen[1] = outcomes.add(new Outcome("a", null, cancelled), counted::incrementAndGet, NOTHING));
            check(seen[0] == seen[1], "one request ended twice");
            check(counted.get() == 2 && outcomes.isComplete(), counted.get() + " ends");
        });
    }

    @Test
    void aDeadlineThatPassesEndsTheCallForWhoWaits() {
        explore(() -> {
            UntimedMachine machine = new UntimedMachine();
            Deadline deadline = Deadline.after(machine, Duration.ofSeconds(1), () -> null);
            CompletableFuture<H5Array> future = new CompletableFuture<>();
            CallOutcomes[] outcomes = new CallOutcomes[1];
            Throwable late = new IllegalStateException("late");
            outcomes[0] = new CallOutcomes(1, deadline, () -> {
                Outcome first = outcomes[0].add(new Outcome("a", null, late), NOTHING, NOTHING);
                check(first.failure() == late, "not the first");
                future.completeExceptionally(late);
            });
            together(
                    machine::pass,
                    () -> check(outcomes[0].await(1, Long.MAX_VALUE), "the time is up"),
                    () -> check(outcomes[0].await("a", future, Long.MAX_VALUE) != null, "the time is up"));
            check(outcomes[0].get(0).failure() == late, "another end");
        });
    }

    @Test
    void whoWaitsForEndsIsWoken() {
        explore(() -> {
            Deadline deadline = Deadline.after(new UntimedMachine(), () -> 0, Duration.ofDays(1), () -> null);
            CallOutcomes outcomes = new CallOutcomes(2, deadline, () -> check(false, "late"));
            together(
                    () -> {
                        check(outcomes.await(1, Long.MAX_VALUE), "the time is up");
                        String first = outcomes.get(0).name();
                        check(outcomes.await(2, Long.MAX_VALUE), "the time is up");
                        check(!outcomes.get(1).name().equals(first), "one request ended twice");
                    },
                    () -> outcomes.add(new Outcome("a", null, null), NOTHING, NOTHING),
                    () -> outcomes.add(new Outcome("b", null, null), NOTHING, NOTHING));
        });
    }
}
