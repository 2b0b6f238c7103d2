// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.VersionedRangeReader;
import io.h5coro.storage.machine.Machine;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for the disk, and what becomes of it. */
final class DataSessionTest {
    private static final int LENGTH = 40 << 20;

    @TempDir
    Path temp;

    private final byte[] object = new byte[LENGTH];
    private final MemoryBudget budget = H5Coro.memoryBudget(256L << 20, MemoryBudget.WhenFull.WAIT);
    private final ReadOptions options =
            ReadOptions.builder().memoryBudget(budget).build();

    /** A disk that does nothing until it is told to. */
    private final Queue<Runnable> disk = new ArrayDeque<>();

    private DataSession session(Executor writer) {
        return session(new WriteBehind(writer), TimeUnit.HOURS.toNanos(1));
    }

    private DataSession session(WriteBehind behind, long closingNanos) {
        new Random(1).nextBytes(object);
        RangeReader reader = new VersionedRangeReader(MemoryRangeReader.of("memory", object), "mem://a", "v1");
        DataFolder folder = new DataFolder(
                temp.resolve("data"), 1L << 30, DataFolder::write, new Ground(Machine.ofThisProcess(), Runnable::run));
        return new DataSession(
                reader,
                new DataStore(List.of(folder), Runnable::run, behind, closingNanos, Machine.ofThisProcess()),
                options);
    }

    private void writeAll() {
        for (Runnable next = disk.poll(); next != null; next = disk.poll()) {
            next.run();
        }
    }

    private static ByteRange range(long from, long to) {
        return new ByteRange(from, to - from);
    }

    @Test
    void anAnswerNeverWaitsForTheDisk() throws InterruptedException {
        DataSession session = session(disk::add);
        RangeReader keeping = session.keeping();
        ByteRange range = range(1000, 2_000_000);
        byte[] answer = keeping.read(range).join();
        assertEquals(1_999_000, answer.length);
        assertEquals(range, session.missing(range), "not there yet");
        assertEquals(1_999_000, session.waiting());
        assertEquals(1_999_000, budget.use().cacheBytes(), "counts in the memory of open files");
        writeAll();
        assertEquals(0, session.missing(range).length());
        assertEquals(0, session.waiting());
        assertArrayEquals(
                Arrays.copyOfRange(object, 5000, 6000),
                session.stored().read(range(5000, 6000)).join());
        session.close();
        Eventually.holds(() -> budget.use().equals(new MemoryBudget.Use(0, 0, 0, 0)));
    }

    @Test
    void whatADiskCannotTakeIsNotKept() {
        DataSession session = session(disk::add);
        for (int i = 0; i < 20; i++) {
            byte[] unused =
                    session.keeping().read(range(i << 21, (i + 1) << 21)).join();
        }
        assertEquals(16L << 20, session.waiting(), "a sixteenth of the budget");
        writeAll();
        assertEquals(0, session.missing(range(0, 16 << 20)).length());
        assertEquals(4 << 20, session.missing(range(16 << 20, 20 << 20)).length());
        byte[] unused = session.keeping().read(range(16 << 20, 18 << 20)).join();
        writeAll();
        assertEquals(0, session.missing(range(0, 18 << 20)).length(), "and is the next time");
    }

    @Test
    void whatIsTurnedAwayByAFullQueueIsGivenBack() throws InterruptedException {
        DataSession session = session(task -> {
            throw new java.util.concurrent.RejectedExecutionException();
        });
        byte[] unused = session.keeping().read(range(0, 100_000)).join();
        assertEquals(0, session.waiting());
        session.close();
        Eventually.holds(() -> budget.use().equals(new MemoryBudget.Use(0, 0, 0, 0)));
    }

    @Test
    void theQueueIsBoundedForAllFilesTogether() {
        WriteBehind behind = new WriteBehind(disk::add);
        assertTrue(behind.offer(WriteBehind.MOST_BYTES - 10, () -> {}));
        assertFalse(behind.offer(11, () -> {}));
        assertTrue(behind.offer(10, () -> {}));
        writeAll();
        assertTrue(behind.offer(WriteBehind.MOST_BYTES, () -> {}));
    }

    @Test
    void closingDoesNotWaitForADiskForWhichAnotherFileHasWaitedInVain() throws InterruptedException {
        WriteBehind behind = new WriteBehind(disk::add);
        DataSession first = session(behind, 1);
        byte[] unused = first.keeping().read(range(0, 100_000)).join();
        first.close();
        DataSession second = session(behind, TimeUnit.HOURS.toNanos(1));
        byte[] unusedToo = second.keeping().read(range(100_000, 200_000)).join();
        second.close();
        assertEquals(2, disk.size());
        writeAll();
        assertFalse(behind.isStuck());
        assertEquals(0, session(Runnable::run).missing(range(0, 200_000)).length(), "written later");
        Eventually.holds(() -> budget.use().equals(new MemoryBudget.Use(0, 0, 0, 0)));
    }

    @Test
    void closingWritesShortPiecesOnceAndTakesNoMore() {
        DataSession session = session(Runnable::run);
        session.keep(range(10, 20), Arrays.copyOfRange(object, 10, 20));
        session.keep(range(20, 40), Arrays.copyOfRange(object, 20, 40));
        session.keep(range(LENGTH - 5, LENGTH + 5), new byte[5]);
        assertEquals(30, session.waiting());
        assertEquals(range(10, 40), session.missing(range(10, 40)));
        session.close();
        session.close();
        session.keep(range(100, 200), Arrays.copyOfRange(object, 100, 200));
        DataSession next = session(Runnable::run);
        assertEquals(0, next.missing(range(10, 40)).length());
        assertEquals(range(40, 41), next.missing(range(10, 41)));
        assertEquals(range(100, 200), next.missing(range(100, 200)));
        assertEquals(range(LENGTH - 5, LENGTH), next.missing(range(LENGTH - 5, LENGTH)), "a short answer");
    }

    @Test
    void withoutAStoreNothingIsHere() {
        RangeReader reader = MemoryRangeReader.of("memory", new byte[100]);
        DataSession session = new DataSession(reader, null, options);
        assertEquals(reader, session.keeping());
        session.keep(range(0, 10), new byte[10]);
        assertEquals(range(0, 10), session.missing(range(0, 10)));
        assertTrue(session.stored().read(range(0, 10)).isCompletedExceptionally());
        session.close();
    }
}
