// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.call.Deadline;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CallOutcomesTest {
    private final Outcome a = new Outcome("a", null, null);

    private static CallOutcomes of(Duration limit, Runnable late) {
        return new CallOutcomes(1, Deadline.after(Machine.ofThisProcess(), limit, () -> null), late);
    }

    /** While memory is given back, before the request's future is done, others may work on the same thread. */
    @Test
    void whatOneWaiterHasSeenAnotherOneFindsWithoutWaiting() throws InterruptedException {
        CallOutcomes outcomes = of(Duration.ofMinutes(1), () -> {});
        assertNull(outcomes.await("a", 0));
        assertSame(a, outcomes.add(a, () -> {}, () -> {}));
        assertTrue(outcomes.await(1, 0));
        assertSame(a, outcomes.await("a", 0));
        assertNull(outcomes.await("b", 0));
    }

    @Test
    void whoeverWaitsEndsTheCallAtItsDeadline() throws InterruptedException {
        CallOutcomes[] outcomes = new CallOutcomes[1];
        outcomes[0] = of(Duration.ZERO, () -> assertSame(a, outcomes[0].add(a, () -> {}, () -> {})));
        assertSame(a, outcomes[0].await("a", Long.MAX_VALUE));
        assertEquals(a, outcomes[0].get(0));
    }

    @Test
    void wakesWhoWaits() throws InterruptedException {
        CallOutcomes outcomes = of(Duration.ofMinutes(1), () -> {});
        Thread ends = new Thread(() -> assertSame(a, outcomes.add(a, () -> {}, () -> {})));
        ends.start();
        assertSame(a, outcomes.await("a", Long.MAX_VALUE));
        ends.join();
    }
}
