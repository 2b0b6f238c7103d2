// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.call.Deadline;
import io.h5coro.model.H5Array;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CallOutcomesTest {
    private final Outcome a = new Outcome("a", null, null);
    private final CompletableFuture<H5Array> future = new CompletableFuture<>();

    private static CallOutcomes of(Duration limit, Runnable late) {
        return new CallOutcomes(1, Deadline.after(Machine.ofThisProcess(), limit, () -> null), late);
    }

    @Test
    void whatOneWaiterHasSeenAnotherOneFindsWithoutWaiting() throws InterruptedException {
        CallOutcomes outcomes = of(Duration.ofMinutes(1), () -> {});
        assertNull(outcomes.await("a", future, 0));
        assertSame(a, outcomes.add(a, () -> {}, () -> {}));
        assertTrue(outcomes.await(1, 0));
        assertSame(a, outcomes.await("a", future, 0));
        assertNull(outcomes.await("b", future, 0));
    }

    /** Memory is given back between both. */
    @Test
    void whoHasTimeWaitsUntilTheFutureIsDone() throws InterruptedException {
        CallOutcomes outcomes = of(Duration.ofMinutes(1), () -> {});
        assertSame(a, outcomes.add(a, () -> {}, () -> {}));
        AtomicBoolean givenBack = new AtomicBoolean();
        Thread ends = new Thread(() -> {
            givenBack.set(true);
            future.complete(null);
        });
        ends.start();
        assertSame(a, outcomes.await("a", future, Long.MAX_VALUE));
        assertTrue(givenBack.get());
        ends.join();
    }

    @Test
    void whoeverWaitsEndsTheCallAtItsDeadline() throws InterruptedException {
        CallOutcomes[] outcomes = new CallOutcomes[1];
        outcomes[0] = of(Duration.ZERO, () -> {
            assertSame(a, outcomes[0].add(a, () -> {}, () -> {}));
            future.complete(null);
        });
        assertSame(a, outcomes[0].await("a", future, Long.MAX_VALUE));
        assertEquals(a, outcomes[0].get(0));
    }

    @Test
    void wakesWhoWaits() throws InterruptedException {
        CallOutcomes outcomes = of(Duration.ofMinutes(1), () -> {});
        Thread ends = new Thread(() -> {
            assertSame(a, outcomes.add(a, () -> {}, () -> {}));
            future.complete(null);
        });
        ends.start();
        assertSame(a, outcomes.await("a", future, Long.MAX_VALUE));
        ends.join();
    }
}
