// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Slots of requests: each task runs once, and no more at a time than there are slots. */
final class RequestSlotsSchedulesTest {
    private static final class Task implements Runnable {
        private final RequestSlots slots;
        private final AtomicInteger running;
        private final AtomicInteger runs;

        Task(RequestSlots slots, AtomicInteger running, AtomicInteger runs) {
            this.slots = slots;
            this.running = running;
            this.runs = runs;
        }

        @Override
        public void run() {
            check(running.incrementAndGet() <= 1, "two at a time");
            running.decrementAndGet();
            runs.incrementAndGet();
            slots.release(Runnable::run);
        }
    }

    @Test
    void eachTaskRunsOnceAndOneAtATime() {
        explore(() -> {
            RequestSlots slots = new RequestSlots(1);
            AtomicInteger running = new AtomicInteger();
            AtomicInteger runs = new AtomicInteger();
            together(
                    () -> slots.run(new Task(slots, running, runs), Runnable::run),
                    () -> slots.run(new Task(slots, running, runs), Runnable::run),
                    () -> slots.run(new Task(slots, running, runs), Runnable::run));
            check(runs.get() == 3, runs.get() + " of 3 ran");
        });
    }
}
