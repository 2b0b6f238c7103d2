// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.filter.Span;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.schedules.CountingStorage;
import io.h5coro.storage.ByteRange;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Data requests: each ends once, bytes in flight stay within their bound, and are zero at the end. */
final class PlanFetchSchedulesTest {
    /** Made once: what is explored is to be short. */
    private static final FetchPlan ONE = plan(0);

    private static final FetchPlan OTHER = plan(16);
    private static final FetchPlan TWO = plan(0, 8);

    /** Ranges and requests of 4 bytes. */
    private static FetchPlan plan(int... offsets) {
        List<ByteRange> wanted = Arrays.stream(offsets)
                .mapToObj(offset -> new ByteRange(offset, 4))
                .toList();
        return FetchPlan.of(wanted, new RequestCosts(1000, 1_000_000, 2, 4, OptionalLong.of(0)));
    }

    /** Takes the bytes at once. */
    private static final class Receiver implements PlanFetch.Receiver {
        private final FetchPlan plan;
        private final AtomicInteger arrived = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();

        Receiver(FetchPlan plan) {
            this.plan = plan;
        }

        @Override
        public void arrived(int wanted, PlanFetch.Arrived bytes, Runnable done) {
            Span span = bytes.take();
            ByteRange range = plan.wanted().get(wanted);
            check(span.array()[span.offset()] == range.offset(), "other bytes");
            arrived.incrementAndGet();
            done.run();
        }

        @Override
        public void failed(int wanted, Throwable failure) {
            failed.incrementAndGet();
        }

        @Override
        public void truncated(int wanted, long end) {
            check(false, "truncated at " + end);
        }
    }

    @Test
    void everyRangeArrivesOnceWithinTheBudget() {
        explore(() -> {
            CountingStorage storage = new CountingStorage(32);
            SharedMemory memory = new SharedMemory(64, WhenFull.WAIT);
            FlightControl control = new FlightControl(storage, 4, memory);
            Receiver one = new Receiver(TWO);
            Receiver other = new Receiver(OTHER);
            together(
                    () -> PlanFetch.prepare(one.plan, control, one).start(),
                    () -> PlanFetch.prepare(other.plan, control, other).start());
            check(one.arrived.get() == 2 && other.arrived.get() == 1, one.arrived + " and " + other.arrived);
            check(memory.use().bytesInFlight() == 0, "left: " + memory);
        });
    }

    @Test
    void aRangeThatIsCancelledEndsOnce() {
        explore(() -> {
            CountingStorage storage = new CountingStorage(32);
            SharedMemory memory = new SharedMemory(64, WhenFull.WAIT);
            FlightControl control = new FlightControl(storage, 4, memory);
            Receiver one = new Receiver(ONE);
            Receiver other = new Receiver(OTHER);
            PlanFetch cancelled = PlanFetch.prepare(other.plan, control, other);
            together(() -> PlanFetch.prepare(one.plan, control, one).start(), cancelled::start, cancelled::cancel);
            check(one.arrived.get() == 1, "arrived " + one.arrived + " times");
            check(other.arrived.get() + other.failed.get() == 1, other.arrived + " and " + other.failed);
            check(memory.use().bytesInFlight() == 0, "left: " + memory);
        });
    }

    /** Two files, and memory for one request of one of them. */
    @Test
    void whoWaitsForMemoryIsToldOfIt() {
        explore(() -> {
            CountingStorage storage = new CountingStorage(32);
            SharedMemory memory = new SharedMemory(16, WhenFull.WAIT);
            check(memory.takeResults(12, () -> {}) == SharedMemory.Answer.TAKEN, "no memory");
            Receiver one = new Receiver(ONE);
            Receiver other = new Receiver(OTHER);
            together(
                    () -> PlanFetch.prepare(one.plan, new FlightControl(storage, 64, memory), one)
                            .start(),
                    () -> PlanFetch.prepare(other.plan, new FlightControl(storage, 64, memory), other)
                            .start());
            check(one.arrived.get() == 1 && other.arrived.get() == 1, one.arrived + " and " + other.arrived);
            check(memory.use().bytesInFlight() == 0, "left: " + memory);
        });
    }
}
