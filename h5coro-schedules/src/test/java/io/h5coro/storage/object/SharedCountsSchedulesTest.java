// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import java.util.Optional;
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

    private static ObjectVersion version(String tag) {
        return ObjectVersion.of(OptionalLong.of(1), Optional.of(tag), Optional.empty());
    }

    @Test
    void oneOfTwoVersionsIsKeptAndTheOtherRefused() {
        explore(() -> {
            VersionPin pin = new VersionPin("object", false);
            boolean[] kept = new boolean[3];
            together(
                    () -> kept[0] = pin.complaint(version("\"a\"")) == null,
                    () -> kept[1] = pin.complaint(version("\"b\"")) == null,
                    () -> kept[2] = pin.expect("\"c\"", 1));
            check((kept[0] ? 1 : 0) + (kept[1] ? 1 : 0) + (kept[2] ? 1 : 0) == 1, "not one version");
            String first = kept[0] ? "\"a\"" : kept[1] ? "\"b\"" : "\"c\"";
            check(pin.condition().equals(Optional.of(first)), "it keeps to " + pin.condition());
        });
    }
}
