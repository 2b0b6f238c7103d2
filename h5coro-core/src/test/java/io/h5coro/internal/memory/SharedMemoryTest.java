// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.Span;
import io.h5coro.internal.cache.DecodedChunks;
import io.h5coro.internal.memory.SharedMemory.Answer;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Eventually;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedMemoryTest {
    private static final Runnable NEVER = () -> {
        throw new AssertionError("told");
    };

    private final List<String> told = new ArrayList<>();

    @Test
    void resultsLeaveAQuarterToBytesInFlight() {
        SharedMemory memory = new SharedMemory(1000, WhenFull.WAIT);
        assertSame(Answer.TAKEN, memory.takeResults(750, NEVER));
        assertSame(Answer.LATER, memory.takeResults(1, () -> told.add("one")));
        assertTrue(memory.takeInFlight(250, NEVER));
        assertFalse(memory.takeInFlight(1, () -> told.add("room")));
        assertEquals(new Use(750, 250, 0, 1), memory.use());
        memory.giveInFlight(250);
        assertEquals(List.of("room"), told);
        memory.giveResults(750);
        assertEquals(List.of("room", "one"), told);
        assertEquals(new Use(1, 0, 0, 0), memory.use());
    }

    @Test
    void callsAreLetInOneAfterTheOther() {
        SharedMemory memory = new SharedMemory(1000, WhenFull.WAIT);
        assertSame(Answer.TAKEN, memory.takeResults(400, NEVER));
        assertSame(Answer.LATER, memory.takeResults(700, () -> told.add("large")));
        assertSame(Answer.LATER, memory.takeResults(10, () -> told.add("small")));
        assertEquals(List.of(), told);
        memory.giveResults(400);
        assertEquals(List.of("large", "small"), told);
        Runnable late = NEVER;
        assertSame(Answer.LATER, memory.takeResults(700, late));
        assertSame(Answer.LATER, memory.takeResults(5, () -> told.add("behind")));
        assertTrue(memory.cancel(late));
        assertFalse(memory.cancel(late));
        assertEquals(List.of("large", "small", "behind"), told);
    }

    @Test
    void whoDoesNotWantToWaitIsRefused() {
        SharedMemory memory = new SharedMemory(1000, WhenFull.FAIL);
        assertSame(Answer.TAKEN, memory.takeResults(400, NEVER));
        assertSame(Answer.REFUSED, memory.takeResults(400, NEVER));
        memory.giveResults(400);
        assertSame(Answer.TAKEN, memory.takeResults(400, NEVER));
    }

    @Test
    void whoReadsAheadWaitsOutsideOfTheLineAndIsToldOfRoom() {
        SharedMemory memory = new SharedMemory(1000, WhenFull.WAIT);
        assertTrue(memory.takeSpare(700, NEVER));
        Runnable room = () -> told.add("room");
        assertFalse(memory.takeSpare(100, room));
        assertFalse(memory.takeSpare(100, room));
        assertEquals(new Use(700, 0, 0, 0), memory.use());
        memory.giveResults(100);
        assertEquals(List.of("room"), told);
        assertTrue(memory.takeSpare(100, room));
        assertSame(Answer.LATER, memory.takeResults(700, () -> told.add("call")));
        assertFalse(memory.takeSpare(10, room));
        memory.giveResults(700);
        assertEquals(List.of("room", "call", "room"), told);
        assertFalse(memory.takeSpare(100, room));
        memory.forget(room);
        memory.giveResults(700);
        assertEquals(3, told.size());
    }

    @Test
    void whoReadsAheadGivesWayToCallsUntilTheyFit() {
        for (WhenFull whenFull : WhenFull.values()) {
            SharedMemory memory = new SharedMemory(1000, whenFull);
            Deque<Long> ahead = new ArrayDeque<>(List.of(300L, 200L, 200L));
            assertTrue(memory.takeSpare(700, NEVER));
            SharedMemory.Ahead series = () -> {
                if (ahead.isEmpty()) {
                    return false;
                }
                memory.giveResults(ahead.removeLast());
                return true;
            };
            memory.readsAhead(series, true);
            told.clear();
            Answer answer = memory.takeResults(400, () -> told.add("call"));
            assertSame(whenFull == WhenFull.WAIT ? Answer.LATER : Answer.TAKEN, answer);
            assertEquals(whenFull == WhenFull.WAIT ? List.of("call") : List.of(), told);
            assertEquals(List.of(300L), List.copyOf(ahead));
            assertEquals(new Use(700, 0, 0, 0), memory.use());
            memory.readsAhead(series, false);
            Answer second = memory.takeResults(400, NEVER);
            assertSame(whenFull == WhenFull.WAIT ? Answer.LATER : Answer.REFUSED, second);
            assertEquals(1, ahead.size());
        }
    }

    @Test
    void cachesGiveWay() {
        SharedMemory memory = new SharedMemory(10_000, WhenFull.WAIT);
        DecodedChunks first = new DecodedChunks(5000, memory);
        DecodedChunks second = new DecodedChunks(5000, memory);
        for (int i = 0; i < 4; i++) {
            first.keep(i, Span.of(new byte[1000]));
            second.keep(i, Span.of(new byte[1000]));
        }
        assertEquals(8 * 1128, memory.use().cacheBytes());
        assertSame(Answer.TAKEN, memory.takeResults(5000, NEVER));
        assertTrue(memory.use().bytes() <= 10_000, memory::toString);
        assertTrue(memory.use().cacheBytes() > 0);
        assertTrue(memory.takeInFlight(5000, NEVER));
        assertEquals(new Use(5000, 5000, 0, 0), memory.use());
        first.keep("late", Span.of(new byte[1000]));
        assertEquals(0, memory.use().cacheBytes());
        memory.giveInFlight(5000);
        first.keep("room", Span.of(new byte[1000]));
        assertEquals(1128, memory.use().cacheBytes());
        first.close();
        first.keep("closed", Span.of(new byte[1000]));
        assertEquals(0, memory.use().cacheBytes());
    }

    @Test
    void withoutABudgetTheAccountOfTheHeapIsUsed() {
        SharedMemory account = SharedMemory.of(ReadOptions.defaults());
        assertSame(account, SharedMemory.of(ReadOptions.builder().build()));
        assertSame(account, HeapMemory.ofThisProcess().account());
        HeapMemory heap = new HeapMemory(240 << 20);
        assertEquals(160 << 20, heap.account().bytes());
        assertEquals(120 << 20, heap.account().mostResults());
        assertEquals(30 << 20, heap.decoding().bytes());
    }

    @Test
    void whatACacheHadThatNobodyClosedIsGivenBack() throws InterruptedException {
        SharedMemory memory = new SharedMemory(1000, WhenFull.WAIT);
        forgotten(memory);
        Eventually.holds(() -> {
            System.gc();
            memory.makeRoom(1000);
            return memory.use().cacheBytes() == 0;
        });
    }

    private static void forgotten(SharedMemory memory) {
        new DecodedChunks(5000, memory).keep("a", Span.of(new byte[500]));
        assertEquals(628, memory.use().cacheBytes());
    }

    @Test
    void budgetsOfOthersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SharedMemory(0, WhenFull.WAIT));
        MemoryBudget foreign = new MemoryBudget() {
            @Override
            public long bytes() {
                return 1;
            }

            @Override
            public WhenFull whenFull() {
                return WhenFull.WAIT;
            }

            @Override
            public Use use() {
                return new Use(0, 0, 0, 0);
            }
        };
        ReadOptions options = ReadOptions.builder().memoryBudget(foreign).build();
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.of(options));
    }
}
