// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.storage.machine.Machine;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Memory of files that are read ahead: each wish is granted once or not at all, and nothing stays. */
final class AheadMemorySchedulesTest {
    /** A call that makes its result as soon as it has the memory. */
    private static final class Call implements ResultRoom.Later {
        private final ResultRoom room;
        private final AtomicInteger granted = new AtomicInteger();

        Call(ResultRoom room) {
            this.room = room;
        }

        void take() {
            if (room.take(4, this) == SharedMemory.Answer.TAKEN) {
                run();
            }
        }

        @Override
        public void run() {
            granted.incrementAndGet();
            room.made(4);
        }

        @Override
        public void refused() {
            check(false, "refused");
        }
    }

    @Test
    void theReaderComesToAFileWhileItsMemoryIsTaken() {
        explore(() -> {
            SharedMemory account = new SharedMemory(8, WhenFull.WAIT);
            AheadMemory ahead = new AheadMemory(account, 4, Machine.ofThisProcess());
            AheadMemory.Room first = ahead.room(0);
            AheadMemory.Room second = ahead.room(1);
            Call one = new Call(first);
            Call other = new Call(second);
            together(one::take, other::take, () -> {
                first.want();
                first.ended();
                first.leave();
            });
            second.want();
            second.leave();
            check(one.granted.get() == 1 && other.granted.get() == 1, one.granted + " and " + other.granted);
            check(account.use().resultBytes() == 0, "left: " + account);
        });
    }
}
