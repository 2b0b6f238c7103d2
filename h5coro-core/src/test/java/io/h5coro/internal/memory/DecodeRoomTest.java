// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class DecodeRoomTest {
    private final DecodeRoom room = new DecodeRoom(10);
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();

    private final class Logged implements GuardedTask {
        private final String name;
        private int outOfMemory;

        Logged(String name, int outOfMemory) {
            this.name = name;
            this.outOfMemory = outOfMemory;
        }

        @Override
        public void run() {
            if (outOfMemory > 0) {
                throw new OutOfMemoryError(name);
            }
            log.add(name);
        }

        @Override
        public void failed(Throwable failure) {
            if (--outOfMemory > 0) {
                throw new OutOfMemoryError(name);
            }
            log.add(name + " failed: " + failure.getMessage());
        }
    }

    private void execute(String owner, int bytes, Executor executor) {
        room.execute(owner, bytes, executor, new Logged(owner + bytes, 0));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void keepsBuffersOfAQuarterBesidesWhatTasksTake() {
        DecodeRoom hundred = new DecodeRoom(100);
        assertTrue(hundred.keep(20));
        assertFalse(hundred.keep(6));
        assertTrue(hundred.keep(5));
        hundred.useKept(20);
        assertEquals(5, hundred.kept());
        assertTrue(hundred.keep(20));
        hundred.useKept(25);
        assertEquals(0, hundred.kept());
        assertEquals(0, hundred.taken());
    }

    @Test
    void filesTakeTurnsAndWhoNeedsMoreThanThereIsRunsAlone() {
        for (int i = 0; i < 3; i++) {
            execute("giant", 100, threads::add);
        }
        execute("a", 4, threads::add);
        execute("b", 4, threads::add);
        assertEquals(1, threads.size());
        assertEquals(10, room.taken());
        runAll();
        assertEquals(List.of("giant100", "giant100", "a4", "b4", "giant100"), log);
        assertEquals(0, room.taken());
    }

    @Test
    void whatNoThreadTakesFailsAndGivesItsRoomBack() {
        execute("a", 10, task -> {
            throw new RejectedExecutionException("closed");
        });
        assertEquals(List.of("a10 failed: closed"), log);
        assertEquals(0, room.taken());
    }

    @Test
    void memoryThatRunsOutWhileAFailureIsToldDelaysThatAndEndsNoThread() {
        room.execute("a", 10, threads::add, new Logged("a", 3));
        execute("b", 10, threads::add);
        runAll();
        assertEquals(List.of("a failed: a", "b10"), log);
        assertEquals(0, room.taken());
    }
}
