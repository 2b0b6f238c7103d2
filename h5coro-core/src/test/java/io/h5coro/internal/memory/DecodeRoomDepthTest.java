// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Many tasks that wait when their threads end: each fails once, however many there are. */
final class DecodeRoomDepthTest {
    private static final int TASKS = 200_000;

    private int ran;
    private int failed;

    private GuardedTask task() {
        return new GuardedTask() {
            @Override
            public void run() {
                ran++;
            }

            @Override
            public void failed(Throwable why) {
                failed++;
            }
        };
    }

    @Test
    void tasksWhoseThreadsHaveEndedFailOneAfterTheOther() {
        DecodeRoom room = new DecodeRoom(100);
        Deque<Runnable> handed = new ArrayDeque<>();
        boolean[] closed = {false};
        Executor threads = run -> {
            if (closed[0]) {
                throw new RejectedExecutionException("closed");
            }
            handed.add(run);
        };
        for (int i = 0; i < TASKS; i++) {
            room.execute("file", 100, threads, task());
        }
        assertEquals(1, handed.size());
        closed[0] = true;
        handed.remove().run();
        assertEquals(1, ran);
        assertEquals(TASKS - 1, failed);
        assertEquals(0, room.taken());
    }
}
