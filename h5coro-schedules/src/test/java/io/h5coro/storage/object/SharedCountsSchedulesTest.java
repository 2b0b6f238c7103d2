// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What all requests to one object share: the budget of retries, and the version. */
final class SharedCountsSchedulesTest {
    @Test
    void noRetryIsTakenTwiceAndNoneIsEarnedTwice() {
        explore(() -> {
            RetryBudget budget = new RetryBudget(1);
            AtomicInteger taken = new AtomicInteger();
            together(
                    () -> {
                        taken.addAndGet(budget.take() ? 1 : 0);
                        budget.answered();
                        budget.answered();
                    },
                    () -> {
                        taken.addAndGet(budget.take() ? 1 : 0);
                        budget.answered();
                        budget.answered();
                    });
            check(taken.get() == 1, taken.get() + " retries");
            check(budget.take() && !budget.take(), "four successes are one retry");
        });
    }

    private static final ObjectVersion MONDAY = new ObjectVersion(OptionalLong.of(1), null, "monday");
    private static final ObjectVersion TUESDAY = new ObjectVersion(OptionalLong.of(1), null, "tuesday");

    @Test
    void oneOfTwoVersionsIsKeptAndTheOtherRefused() {
        explore(() -> {
            VersionPin pin = new VersionPin("object", false);
            boolean[] kept = new boolean[3];
            together(
                    () -> kept[0] = pin.complaint(MONDAY) == null,
                    () -> kept[1] = pin.complaint(TUESDAY) == null,
                    () -> kept[2] = pin.acceptsSize(2));
            check(!(kept[0] && kept[1]), "two versions");
            check(kept[2] != (kept[0] || kept[1]), "two sizes, or none");
            check(pin.size().equals(OptionalLong.of(kept[2] ? 2 : 1)), "another size");
            check(kept[2] || pin.version().equals(kept[0] ? MONDAY.text() : TUESDAY.text()), "another version");
        });
    }
}
