// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.h5coro.H5Coro;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.VersionedRangeReader;
import io.h5coro.storage.machine.Machine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that come in arrays which others get next. */
final class KeepingReaderTest {
    private static final int LENGTH = 40 << 20;
    private static final int ANSWER = 1 << 20;

    @TempDir
    Path temp;

    private final byte[] object = new byte[LENGTH];
    private final byte[] lent = new byte[ANSWER + 100];
    private final MemoryBudget budget = H5Coro.memoryBudget(256L << 20, MemoryBudget.WhenFull.WAIT);

    /** A disk that does nothing until it is told to. */
    private final Queue<Runnable> disk = new ArrayDeque<>();

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(object);
    }

    private DataSession session(RangeReader reader) {
        DataFolder folder = new DataFolder(
                temp.resolve("data"), 1L << 30, DataFolder::write, new Ground(Machine.ofThisProcess(), Runnable::run));
        DataStore store = new DataStore(
                List.of(folder), Runnable::run, new WriteBehind(disk::add), Long.MAX_VALUE, Machine.ofThisProcess());
        return new DataSession(
                reader, store, ReadOptions.builder().memoryBudget(budget).build());
    }

    private RangeReader memory() {
        RangeReader bytes = MemoryRangeReader.of("memory", object);
        return new ForwardingRangeReader(new VersionedRangeReader(bytes, "mem://a", "v1")) {
            @Override
            public List<CompletableFuture<RangeBytes>> readInto(
                    List<ByteRange> ranges, Lending lending, Retries retries) {
                return bytes.readInto(ranges, lending, retries);
            }
        };
    }

    /** A storage whose answers end by hand. */
    private RangeReader answering(CompletableFuture<RangeBytes> answer) {
        return new ForwardingRangeReader(memory()) {
            @Override
            public List<CompletableFuture<RangeBytes>> readInto(
                    List<ByteRange> ranges, Lending lending, Retries retries) {
                return List.of(answer);
            }
        };
    }

    private void writeAll() {
        for (Runnable next = disk.poll(); next != null; next = disk.poll()) {
            next.run();
        }
    }

    private static ByteRange answer(int index) {
        return new ByteRange((long) index * ANSWER, ANSWER);
    }

    private CompletableFuture<RangeBytes> read(DataSession session, ByteRange range) {
        return session.keeping()
                .readInto(List.of(range), (index, length) -> lent, RangeReader.Retries.UNTOLD)
                .get(0);
    }

    @Test
    void whatIsKeptIsNotWhatComesInTheSameArrayLater() {
        CompletableFuture<RangeBytes> under = new CompletableFuture<>();
        DataSession session = session(answering(under));
        CompletableFuture<RangeBytes> answer = read(session, answer(3));
        CompletableFuture<Void> reused = answer.thenAccept(bytes -> Arrays.fill(bytes.array(), (byte) 0x55));
        System.arraycopy(object, 3 * ANSWER, lent, 0, ANSWER);
        assertTrue(under.complete(new RangeBytes(lent, ANSWER)));
        reused.join();
        assertSame(lent, answer.join().array());
        assertEquals(0x55, lent[17]);
        writeAll();
        assertEquals(0, session.missing(answer(3)).length());
        assertArrayEquals(
                Arrays.copyOfRange(object, 3 * ANSWER, 4 * ANSWER),
                session.stored().read(answer(3)).join());
    }

    @Test
    void cancellingAnAnswerCancelsItsRequest() {
        CompletableFuture<RangeBytes> under = new CompletableFuture<>();
        DataSession session = session(answering(under));
        assertTrue(read(session, answer(0)).cancel(true));
        assertTrue(under.isCancelled());
        assertEquals(0, session.waiting());
    }

    @Test
    void anAnswerIsCopiedIfItIsKeptAndOnlyThen() {
        DataSession session = session(memory());
        assertEquals(ANSWER, read(session, answer(0)).join().length());
        long kept = allocated(session, 1);
        assertTrue(kept >= ANSWER && kept < ANSWER + 100_000, kept + " bytes for a copy");
        int index = 2;
        while (session.waiting() < budget.bytes() / 16) {
            assertSame(lent, read(session, answer(index++)).join().array());
        }
        long turnedAway = allocated(session, index);
        assertTrue(turnedAway < 100_000, turnedAway + " bytes where the disk is behind");
        writeAll();
        assertEquals(0, session.missing(answer(0)).length());
        long here = allocated(session, 0);
        assertTrue(here < 100_000, here + " bytes where it is kept already");
    }

    private long allocated(DataSession session, int index) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        assertSame(lent, read(session, answer(index)).join().array());
        return threads.getThreadAllocatedBytes(self) - before;
    }
}
