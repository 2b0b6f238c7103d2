// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.AnsweredByHand;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PlanFetchTest {
    private static final ByteRange FIRST = new ByteRange(0, 20);
    private static final ByteRange SECOND = new ByteRange(1000, 10);
    private static final ByteRange THIRD = new ByteRange(2000, 10);

    /** What became of each wanted range. */
    private final Map<Integer, String> ends = new TreeMap<>();

    private final List<Runnable> held = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int throwsAt = -1;
    private int dropped = -1;
    private final Error thrown = new OutOfMemoryError("test");

    private final PlanFetch.Receiver receiver = new PlanFetch.Receiver() {
        @Override
        public void arrived(int wanted, PlanFetch.Arrived bytes, Runnable done) {
            if (wanted == throwsAt) {
                throw thrown;
            }
            ends.merge(wanted, "arrived", String::concat);
            held.add(done);
        }

        @Override
        public boolean isDropped(int wanted) {
            return wanted == dropped;
        }

        @Override
        public void failed(int wanted, Throwable failure) {
            ends.merge(wanted, "failed", String::concat);
            failures.add(failure);
        }

        @Override
        public void truncated(int wanted, long end) {
            ends.merge(wanted, "truncated", String::concat);
        }
    };

    /** Requests of at most 10 bytes: the first range takes two. */
    private PlanFetch fetch(AnsweredByHand storage, long budgetBytes, ByteRange... wanted) {
        RequestCosts costs = new RequestCosts(1000, 1_000_000, 2, 10, OptionalLong.of(0));
        return PlanFetch.prepare(
                FetchPlan.of(List.of(wanted), costs),
                new FlightControl(storage, budgetBytes, SharedMemory.of(ReadOptions.defaults())),
                receiver);
    }

    private void release() {
        List<Runnable> now = List.copyOf(held);
        held.clear();
        now.forEach(Runnable::run);
    }

    @Test
    void retriesWhileTheBudgetIsTakenByThePartThatWaitsForIt() {
        AnsweredByHand storage = new AnsweredByHand(2);
        fetch(storage, 10, FIRST, SECOND).start();
        assertEquals(List.of(new ByteRange(0, 10), new ByteRange(10, 10)), storage.asked());
        storage.answer(0);
        storage.failTransiently(1);
        assertEquals(3, storage.asked().size(), "the second half goes again although the budget is full");
        assertEquals(new ByteRange(10, 10), storage.asked().get(2));
        storage.answer(2);
        assertEquals(Map.of(0, "arrived"), ends);
        release();
        storage.answer(3);
        assertEquals(Map.of(0, "arrived", 1, "arrived"), ends);
    }

    @Test
    void moreShortRequestsAreUnderWayAtOnceThanLongOnes() {
        AnsweredByHand storage = new AnsweredByHand(2, 5);
        RequestCosts costs = new RequestCosts(1000, 1_000_000, 2, 1000, OptionalLong.of(0));
        List<ByteRange> wanted = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            wanted.add(new ByteRange(i * 100L, 10));
        }
        wanted.add(new ByteRange(5000, 70));
        wanted.add(new ByteRange(6000, 10));
        PlanFetch.prepare(
                        FetchPlan.of(wanted, costs),
                        new FlightControl(storage, 10_000, SharedMemory.of(ReadOptions.defaults())),
                        receiver)
                .start();
        assertEquals(5, storage.asked().size());
        for (int i = 0; i < 4; i++) {
            storage.answer(i);
        }
        assertEquals(8, storage.asked().size(), "four under way, and the long one waits for its turn");
        storage.answer(4);
        storage.answer(5);
        assertEquals(8, storage.asked().size());
        storage.answer(6);
        assertEquals(10, storage.asked().size(), "the long one and a short one beside it");
    }

    /** Three ranges, one request at a time: the second is wanted no more when its turn comes. */
    @Test
    void whatNobodyWantsWhenItsTurnComesIsNotAskedFor() {
        AnsweredByHand storage = new AnsweredByHand(1);
        SharedMemory memory = new SharedMemory(100_000, MemoryBudget.WhenFull.WAIT);
        FlightControl control = new FlightControl(storage, 100, memory);
        RequestCosts costs = new RequestCosts(1000, 1_000_000, 1, 10, OptionalLong.of(0));
        ByteRange first = new ByteRange(0, 10);
        PlanFetch.prepare(FetchPlan.of(List.of(first, SECOND, THIRD), costs), control, receiver)
                .start();
        assertEquals(List.of(first), storage.asked());
        dropped = 1;
        storage.answer(0);
        assertEquals(List.of(first, THIRD), storage.asked());
        storage.answer(1);
        assertEquals(Map.of(0, "arrived", 1, "failed", 2, "arrived"), ends);
        assertEquals(2, control.requests());
        release();
        assertEquals(0, memory.use().bytesInFlight());
    }

    @Test
    void retriesOnceOnly() {
        AnsweredByHand storage = new AnsweredByHand(2);
        fetch(storage, 10, SECOND).start();
        storage.failTransiently(0);
        storage.failTransiently(1);
        assertEquals(Map.of(0, "failed"), ends);
        assertEquals(2, storage.asked().size());
    }

    @Test
    void aStorageThatIsDownIsNotAskedTwiceForAll() {
        AnsweredByHand storage = new AnsweredByHand(100);
        ByteRange[] wanted = new ByteRange[40];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = new ByteRange(i * 100L, 10);
        }
        fetch(storage, 10_000, wanted).start();
        for (int i = 0; i < storage.asked().size(); i++) {
            storage.failTransiently(i);
        }
        assertEquals(40, ends.size());
        assertEquals(40 + 16, storage.asked().size());
    }

    @Test
    void aReceiverThatThrowsFailsItsOwnRangeAndMakesRoomForTheOthers() {
        AnsweredByHand storage = new AnsweredByHand(2);
        throwsAt = 0;
        fetch(storage, 10, FIRST, SECOND, THIRD).start();
        storage.answer(0);
        storage.answer(1);
        assertEquals(Map.of(0, "failed"), ends);
        assertSame(thrown, failures.get(0));
        storage.answer(2);
        release();
        storage.answer(3);
        assertEquals(Map.of(0, "failed", 1, "arrived", 2, "arrived"), ends);
    }

    @Test
    void aStorageThatThrowsFailsWhatItWasAskedAndTheNextRequestGoes() {
        AnsweredByHand storage = new AnsweredByHand(1);
        storage.throwNext(new StackOverflowError());
        fetch(storage, 100, SECOND, THIRD).start();
        assertEquals(Map.of(0, "failed"), ends);
        storage.answer(0);
        assertEquals(Map.of(0, "failed", 1, "arrived"), ends);
    }

    @Test
    void aProfileThatThrowsFailsWhatWaits() {
        AnsweredByHand storage = new AnsweredByHand(1);
        storage.failProfile(new IllegalStateException("profile"));
        fetch(storage, 100, SECOND, THIRD).start();
        assertEquals(Map.of(0, "failed", 1, "failed"), ends);
        assertTrue(storage.asked().isEmpty());
    }

    @Test
    void cancelEndsEveryRangeOnce() {
        AnsweredByHand storage = new AnsweredByHand(1);
        PlanFetch fetch = fetch(storage, 100, FIRST, SECOND, THIRD);
        fetch.start();
        fetch.cancel();
        assertEquals(Map.of(0, "failed", 1, "failed", 2, "failed"), ends);
        assertEquals(1, storage.asked().size());
    }

    /** Its read has failed for another reason, so nobody cancels it. */
    @Test
    void whatStillWaitsOfAClosedFileEndsAndGivesItsMemoryBack() {
        AnsweredByHand storage = new AnsweredByHand(1);
        SharedMemory memory = new SharedMemory(1000, MemoryBudget.WhenFull.WAIT);
        FlightControl control = new FlightControl(storage, 100, memory);
        RequestCosts costs = new RequestCosts(1000, 1_000_000, 2, 10, OptionalLong.of(0));
        PlanFetch.prepare(FetchPlan.of(List.of(FIRST, SECOND), costs), control, receiver)
                .start();
        assertEquals(20, memory.use().bytesInFlight());
        control.close();
        control.abandon();
        storage.answer(0);
        assertEquals(Map.of(0, "failed", 1, "failed"), ends);
        assertEquals(0, memory.use().bytesInFlight());
        assertEquals(1, storage.asked().size());
    }
}
