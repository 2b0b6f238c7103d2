// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.memory.SharedMemory.Answer;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.storage.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AheadMemoryTest {
    private final List<String> told = new ArrayList<>();

    private ResultRoom.Later called(String name) {
        return new ResultRoom.Later() {
            @Override
            public void run() {
                told.add(name);
            }

            @Override
            public void refused() {
                told.add("not " + name);
            }
        };
    }

    @Test
    void theExampleHolds() {
        SharedMemory account = new SharedMemory(1000, WhenFull.WAIT);
        AheadMemory memory = new AheadMemory(account, 100, Machine.ofThisProcess());
        List<AheadMemory.Room> rooms = List.of(memory.room(0), memory.room(1), memory.room(2));
        // In another order: the files' counts.
        assertSame(Answer.LATER, rooms.get(0).take(60, called("a")));
        assertSame(Answer.LATER, rooms.get(2).take(150, called("c")));
        assertSame(Answer.LATER, rooms.get(1).take(60, called("b")));
        assertEquals(List.of("a"), told);
        rooms.get(0).made(60);
        assertEquals(new Use(60, 0, 0, 0), account.use());
        assertEquals("60 of 100 bytes ahead, file 1 waits", memory.toString());
        rooms.get(0).leave();
        assertEquals(List.of("a", "b"), told);
        rooms.get(1).leave();
        assertEquals(List.of("a", "b", "c"), told);
        // What the reader has come to is given back as it ends.
        assertEquals(new Use(210, 0, 0, 0), account.use());
        rooms.get(1).made(60);
        assertEquals(new Use(150, 0, 0, 0), account.use());
        assertEquals(150, memory.peak());
        rooms.get(2).leave();
        rooms.get(2).give(150);
        assertEquals(new Use(0, 0, 0, 0), account.use());
    }

    @Test
    void asMuchIsLeftForEarlierFilesOfWhichNobodyKnowsWhatTheyNeed() {
        AheadMemory memory = new AheadMemory(new SharedMemory(1000, WhenFull.WAIT), 100, Machine.ofThisProcess());
        List<AheadMemory.Room> rooms = List.of(memory.room(0), memory.room(1), memory.room(2), memory.room(3));
        assertSame(Answer.LATER, rooms.get(3).take(25, called("d")));
        assertSame(Answer.LATER, rooms.get(2).take(26, called("c")));
        assertEquals(List.of("d"), told);
        // No longer silent: it needs nothing.
        rooms.get(0).ended();
        assertEquals(List.of("d", "c"), told);
        assertSame(Answer.LATER, rooms.get(1).take(49, called("b")));
        assertEquals(List.of("d", "c", "b"), told);
    }

    @Test
    void whatTheReaderWaitsForLinesUpWithOthers() {
        SharedMemory account = new SharedMemory(1000, WhenFull.WAIT);
        AheadMemory memory = new AheadMemory(account, 0, Machine.ofThisProcess());
        AheadMemory.Room first = memory.room(0);
        assertSame(Answer.LATER, first.take(60, called("a")));
        long stopped = first.clock().getAsLong();
        assertEquals(stopped, first.clock().getAsLong());
        assertEquals(List.of(), told);
        first.want();
        assertEquals(List.of("a"), told);
        assertFalse(first.isSpare());
        assertSame(Answer.TAKEN, first.take(600, called("b")));
        AheadMemory.Room second = memory.room(1);
        second.want();
        assertSame(Answer.LATER, second.take(600, called("c")));
        second.cancel(called("another"));
        first.give(660);
        assertEquals(List.of("a", "c"), told);
    }

    /** A file that is read in parts, such as a virtual dataset, would wait for what its own parts have. */
    @Test
    void whatIsMadeForAReaderWhoWaitsIsTheReaders() {
        SharedMemory account = new SharedMemory(1000, WhenFull.WAIT);
        AheadMemory memory = new AheadMemory(account, 1000, Machine.ofThisProcess());
        AheadMemory.Room room = memory.room(0);
        AheadMemory.Room next = memory.room(1);
        assertSame(Answer.LATER, room.take(600, called("a")));
        room.made(600);
        assertEquals(new Use(600, 0, 0, 0), account.use());
        assertSame(Answer.LATER, next.take(700, called("next")));
        assertEquals(List.of("a"), told);
        room.want();
        assertEquals(List.of("a", "next"), told);
        assertEquals(new Use(700, 0, 0, 0), account.use());
        next.leave();
        next.made(700);
        assertSame(Answer.TAKEN, room.take(600, called("b")));
        room.made(600);
        assertEquals(new Use(0, 0, 0, 0), account.use());
        assertEquals("0 of 1000 bytes ahead", memory.toString());
        room.leave();
        assertEquals(new Use(0, 0, 0, 0), account.use());
    }

    @Test
    void aBudgetThatRefusesSaysSoWhenTheReaderComes() {
        SharedMemory account = new SharedMemory(1000, WhenFull.FAIL);
        assertSame(Answer.TAKEN, account.takeResults(700, () -> {}));
        AheadMemory memory = new AheadMemory(account, 1000, Machine.ofThisProcess());
        AheadMemory.Room room = memory.room(0);
        assertSame(Answer.LATER, room.take(100, called("a")));
        assertEquals(List.of(), told);
        room.want();
        assertEquals(List.of("not a"), told);
    }

    @Test
    void whatIsCancelledOrLeftWaitsNoMore() {
        SharedMemory account = new SharedMemory(1000, WhenFull.WAIT);
        AheadMemory memory = new AheadMemory(account, 100, Machine.ofThisProcess());
        AheadMemory.Room held = memory.room(0);
        assertSame(Answer.LATER, held.take(100, called("held")));
        AheadMemory.Room cancelled = memory.room(1);
        ResultRoom.Later later = called("cancelled");
        assertSame(Answer.LATER, cancelled.take(100, later));
        AheadMemory.Room left = memory.room(2);
        assertSame(Answer.LATER, left.take(100, called("left")));
        cancelled.cancel(later);
        left.leave();
        assertSame(Answer.LATER, left.take(100, called("late")));
        held.leave();
        held.made(100);
        assertEquals(List.of("held"), told);
        assertEquals(new Use(0, 0, 0, 0), account.use());
    }

    /** Whatever happens, in whatever order: no more than the bytes or one file are ahead, and all is given back. */
    @Test
    void neverMoreThanTheBytesOrOneFileAreAhead() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            SharedMemory account = new SharedMemory(40_000, WhenFull.WAIT);
            AheadMemory memory = new AheadMemory(account, 500, Machine.ofThisProcess());
            int[] granted = {0};
            long largest = 0;
            List<AheadMemory.Room> rooms = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            boolean[] has = new boolean[60];
            for (int i = 0; i < 60; i++) {
                int file = i;
                long size = 1 + random.nextInt(random.nextInt(10) == 0 ? 900 : 300);
                largest = Math.max(largest, size);
                rooms.add(memory.room(i));
                sizes.add(size);
                Answer unused = rooms.get(i).take(size, new ResultRoom.Later() {
                    @Override
                    public void run() {
                        has[file] = true;
                        granted[0]++;
                    }

                    @Override
                    public void refused() {
                        throw new AssertionError();
                    }
                });
            }
            boolean[] ended = new boolean[60];
            for (int next = 0; next < 60; ) {
                int any = random.nextInt(60);
                if (has[any] && !ended[any]) {
                    ended[any] = true;
                    if (random.nextInt(4) == 0) {
                        rooms.get(any).give(sizes.get(any));
                    } else {
                        rooms.get(any).made(sizes.get(any));
                    }
                } else if (random.nextInt(3) == 0) {
                    rooms.get(next).want();
                    assertTrue(has[next]);
                    rooms.get(next++).leave();
                }
                Use use = account.use();
                assertTrue(use.bytes() <= 40_000, use::toString);
            }
            for (int i = 0; i < 60; i++) {
                if (!ended[i]) {
                    rooms.get(i).made(sizes.get(i));
                }
            }
            assertEquals(60, granted[0]);
            assertEquals(new Use(0, 0, 0, 0), account.use());
            assertTrue(memory.peak() <= Math.max(500, largest), memory.peak() + " of " + largest);
            assertTrue(memory.peak() > 200, "floor");
        }
    }
}
