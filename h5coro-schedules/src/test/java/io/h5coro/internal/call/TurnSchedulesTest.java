// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.call;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.error.Where;
import io.h5coro.schedules.Schedules.Part;
import io.h5coro.schedules.UntimedMachine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The turn to open a file, or to open it again: one thread has it at a time, and each gets it. */
final class TurnSchedulesTest {
    private static final Where FILE = Where.source("a file");

    private static Part work(Turn turn, AtomicInteger running, AtomicInteger runs) {
        return () -> Deadline.within(
                new UntimedMachine(),
                Duration.ofDays(1),
                () -> null,
                () -> turn.during(
                        FILE,
                        () -> turn.during(FILE, () -> {
                            check(running.incrementAndGet() == 1, "two at a time");
                            runs.incrementAndGet();
                            return running.decrementAndGet();
                        })));
    }

    @Test
    void eachGetsItAndOneAtATime() {
        explore(() -> {
            Turn turn = new Turn();
            AtomicInteger running = new AtomicInteger();
            AtomicInteger runs = new AtomicInteger();
            together(work(turn, running, runs), work(turn, running, runs), work(turn, running, runs));
            check(runs.get() == 3, runs.get() + " of 3 ran");
        });
    }
}
