// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Room to decode in: each task once, never more than there is, zero at the end. */
final class DecodeRoomSchedulesTest {
    private static final class Task implements GuardedTask {
        private final AtomicInteger used;
        private final int bytes;
        private final AtomicInteger runs = new AtomicInteger();

        Task(AtomicInteger used, int bytes) {
            this.used = used;
            this.bytes = bytes;
        }

        @Override
        public void run() {
            check(used.addAndGet(bytes) <= 10, "more than there is");
            used.addAndGet(-bytes);
            runs.incrementAndGet();
        }

        @Override
        public void failed(Throwable failure) {
            runs.addAndGet(failure instanceof RejectedExecutionException ? 1 : 100);
        }
    }

    private static void endedOnce(DecodeRoom room, List<Task> tasks) {
        for (Task task : tasks) {
            check(task.runs.get() == 1, "ended " + task.runs.get() + " times");
        }
        check(room.taken() == 0, "left: " + room);
    }

    @Test
    void eachTaskRunsOnceAndNeverMoreThanFit() {
        explore(() -> {
            DecodeRoom room = new DecodeRoom(10);
            AtomicInteger used = new AtomicInteger();
            List<Task> tasks = List.of(new Task(used, 6), new Task(used, 6), new Task(used, 9));
            together(
                    () -> {
                        room.execute("a", 6, Runnable::run, tasks.get(0));
                        room.execute("a", 6, Runnable::run, tasks.get(1));
                    },
                    () -> room.execute("b", 9, Runnable::run, tasks.get(2)));
            endedOnce(room, tasks);
        });
    }

    @Test
    void aTaskThatThreadsRefuseFailsOnceAndLetsOthersIn() {
        explore(() -> {
            DecodeRoom room = new DecodeRoom(10);
            AtomicInteger used = new AtomicInteger();
            List<Task> tasks = new ArrayList<>();
            Executor full = task -> {
                throw new RejectedExecutionException("full");
            };
            for (int i = 0; i < 3; i++) {
                tasks.add(new Task(used, 6));
            }
            together(
                    () -> room.execute("a", 6, Runnable::run, tasks.get(0)),
                    () -> room.execute("b", 6, full, tasks.get(1)),
                    () -> room.execute("c", 6, Runnable::run, tasks.get(2)));
            endedOnce(room, tasks);
        });
    }
}
