// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.IntegerType;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose results have no memory yet, by a room of the test's. */
@Timeout(60)
final class HeldBackCallTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final List<DatasetRequest> REQUESTS = List.of(DatasetRequest.of("/a"));

    private static final class Room implements ResultRoom {
        private final SharedMemory account = new SharedMemory(1_000_000, WhenFull.WAIT);
        private final AtomicReference<Later> waiting = new AtomicReference<>();
        private final AtomicLong given = new AtomicLong();
        private final AtomicLong made = new AtomicLong();

        @Override
        public SharedMemory.Answer take(long most, Later later) {
            waiting.set(later);
            return SharedMemory.Answer.LATER;
        }

        @Override
        public void cancel(Later later) {
            waiting.compareAndSet(later, null);
        }

        @Override
        public void give(long done) {
            given.addAndGet(done);
        }

        @Override
        public void made(long done) {
            made.addAndGet(done);
        }

        /** Stands still. */
        @Override
        public LongSupplier clock() {
            return () -> 0;
        }

        @Override
        public SharedMemory account() {
            return account;
        }
    }

    private final Room room = new Room();

    private static MemoryFile file() {
        MemoryFile file = new MemoryFile();
        return file.contiguous("/a", INT, Shape.of(1000), file.append(Results.ints(Results.sequence(0, 1000))));
    }

    private static ReadOptions hasty() {
        return ReadOptions.builder().deadline(Duration.ofMillis(20)).build();
    }

    @Test
    void theTimeForWhichItsClockStandsStillIsNoneOfItsDeadline() throws Exception {
        try (MemoryFile.Open open = file().open(hasty());
                MemoryFile.Open other = file().open(hasty(), StalledReader::new)) {
            Call call = Reads.start(open.file(), REQUESTS, room);
            Eventually.holds(() -> room.waiting.get() != null);
            for (int i = 0; i < 10; i++) {
                // Each takes its whole deadline.
                Call late = other.start(REQUESTS);
                assertTrue(assertThrows(ReadAbortedException.class, () -> Results.only(late))
                        .getMessage()
                        .contains("deadline"));
            }
            assertFalse(call.hasEnded());
            assertEquals(0, open.counting().requests());
            room.waiting.get().run();
            assertEquals(999, Results.only(call).getLong(999));
            assertEquals(4000, room.made.get());
            assertEquals(0, room.given.get());
        }
    }

    @Test
    void itIsCancelledAsAnyOther() throws Exception {
        try (MemoryFile.Open open = file().open(ReadOptions.defaults())) {
            Call call = Reads.start(open.file(), REQUESTS, room);
            Eventually.holds(() -> room.waiting.get() != null);
            call.cancel();
            assertThrows(ReadAbortedException.class, () -> Results.only(call));
            Eventually.holds(() -> room.waiting.get() == null);
        }
    }

    @Test
    void itFailsWhenItIsRefusedLater() throws Exception {
        try (MemoryFile.Open open = file().open(ReadOptions.defaults())) {
            Call call = Reads.start(open.file(), REQUESTS, room);
            Eventually.holds(() -> room.waiting.get() != null);
            room.waiting.get().refused();
            LimitExceededException e = assertThrows(LimitExceededException.class, () -> Results.only(call));
            assertTrue(e.getMessage().contains("/a: no room for the result of 4000 bytes now"), e.getMessage());
        }
    }

    @Test
    void whoAsksIsToldOnceAllFuturesAreDone() throws Exception {
        try (MemoryFile.Open open = file().open(ReadOptions.defaults())) {
            Call call = open.start(List.of(DatasetRequest.of("/a"), DatasetRequest.of("/none")));
            AtomicReference<Boolean> done = new AtomicReference<>();
            call.whenEnded(() -> done.set(
                    call.names().stream().allMatch(name -> call.future(name).isDone())));
            Eventually.holds(() -> done.get() != null);
            assertTrue(done.get());
            Call none = open.start(List.of());
            done.set(null);
            none.whenEnded(() -> done.set(true));
            assertTrue(done.get());
        }
    }
}
