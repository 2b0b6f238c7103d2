// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.filter.Span;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.MemoryBudget;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A piece of which the middle was fetched is joined, or given up without a trace. */
final class PartlyStoredTest {
    private static final ByteRange WHOLE = new ByteRange(10, 80);
    private static final ByteRange MIDDLE = new ByteRange(30, 40);

    private final byte[] object = new byte[100];
    private final SharedMemory memory = new SharedMemory(1000, MemoryBudget.WhenFull.WAIT);
    private final List<String> events = new ArrayList<>();
    private final RangeReader stored = MemoryRangeReader.of("memory", object);

    private PartlyStored piece() {
        for (int i = 0; i < object.length; i++) {
            object[i] = (byte) i;
        }
        byte[] middle = Arrays.copyOfRange(object, 30, 70);
        return new PartlyStored(WHOLE, MIDDLE, PlanFetch.Arrived.of(Span.of(middle)), () -> events.add("done"));
    }

    private final class Noting implements PlanFetch.Arrived, PartlyStored.Taker {
        private PlanFetch.Arrived all = this;
        private Runnable done = () -> {};

        @Override
        public long copyBytes() {
            throw new AssertionError("nothing has arrived");
        }

        @Override
        public Span take() {
            throw new AssertionError("nothing has arrived");
        }

        @Override
        public void joined(PlanFetch.Arrived bytes, Runnable whenDone) {
            events.add("joined");
            all = bytes;
            done = whenDone;
        }

        @Override
        public void lost() {
            events.add("lost");
        }

        @Override
        public void failed(Throwable failure) {
            events.add("failed " + failure.getMessage());
        }
    }

    @Test
    void allThreePartsAreJoinedAndTheRestIsAccountedUntilItIsDone() {
        Noting taker = new Noting();
        piece().complete(stored, memory, taker);
        assertEquals(List.of("joined"), events);
        assertEquals(40, memory.use().bytesInFlight());
        assertEquals(80, taker.all.copyBytes());
        Span bytes = taker.all.take();
        assertArrayEquals(
                Arrays.copyOfRange(object, 10, 90), Arrays.copyOfRange(bytes.array(), bytes.offset(), bytes.end()));
        taker.done.run();
        taker.done.run();
        assertEquals(List.of("joined", "done"), events);
        assertEquals(0, memory.use().bytes());
    }

    @Test
    void whenTheRestIsGoneTheMiddleIsGivenUp() {
        RangeReader gone = new ForwardingRangeReader(stored) {
            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                return List.of(CompletableFuture.failedFuture(
                        new StorageException(StorageException.Kind.NOT_FOUND, "no longer here")));
            }
        };
        piece().complete(gone, memory, new Noting());
        assertEquals(List.of("done", "lost"), events);
        assertEquals(0, memory.use().bytes());
    }

    @Test
    void withoutMemoryForTheRestTheMiddleIsGivenUpAtOnce() {
        assertEquals(true, memory.takeInFlight(970, () -> {}));
        piece().complete(stored, memory, new Noting());
        assertEquals(List.of("done", "lost"), events);
        assertEquals(970, memory.use().bytes());
    }

    @Test
    void aTakerThatThrowsIsToldOnceAndNothingIsHeld() {
        piece().complete(stored, memory, new PartlyStored.Taker() {
            @Override
            public void joined(PlanFetch.Arrived all, Runnable done) {
                throw new IllegalStateException("no thread");
            }

            @Override
            public void lost() {
                events.add("lost");
            }

            @Override
            public void failed(Throwable failure) {
                events.add("failed " + failure.getMessage());
            }
        });
        assertEquals(List.of("done", "failed no thread"), events);
        assertEquals(0, memory.use().bytes());
    }
}
