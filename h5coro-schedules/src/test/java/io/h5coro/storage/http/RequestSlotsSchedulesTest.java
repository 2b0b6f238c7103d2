// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Slots of requests: each task runs once, and no more at a time than there are slots. */
final class RequestSlotsSchedulesTest {
    @Test
    void eachTaskRunsOnce() {
        explore(() -> {
            RequestSlots slots = new RequestSlots(1);
            AtomicInteger runs = new AtomicInteger();
            Runnable task = () -> {
                runs.incrementAndGet();
                slots.release(Runnable::run);
            };
            together(
                    () -> slots.run(task, Runnable::run),
                    () -> slots.run(task, Runnable::run),
                    () -> slots.run(task, Runnable::run));
            check(runs.get() == 3, runs.get() + " of 3 ran");
        });
    }

    /** A slot is given back while one task waits and another one comes: one of them starts, then the other one. */
    @Test
    void noMoreRunThanThereAreSlots() {
        explore(() -> {
            RequestSlots slots = new RequestSlots(1);
            AtomicInteger started = new AtomicInteger();
            slots.run(() -> {}, Runnable::run);
            slots.run(started::incrementAndGet, Runnable::run);
            together(() -> slots.release(Runnable::run), () -> slots.run(started::incrementAndGet, Runnable::run));
            check(started.get() == 1, started.get() + " in one slot");
            slots.release(Runnable::run);
            check(started.get() == 2, started.get() + " of 2 ran");
        });
    }
}
