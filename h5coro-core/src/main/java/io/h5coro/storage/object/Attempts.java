// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether one range is requested again after a failure, and how long to wait before that. Thread-safe. */
public final class Attempts {
    /** A host that is not there is asked three times. */
    private static final int MOST_UNREACHABLE = 2;

    /*
     * With 8 requests allowed and a budget that is full:
     *   503, Retry-After: 2   failed 1: wait 2 s, as the server says
     *   no connection         failed 2, unreachable 1: wait as the backoff says
     *   no connection         failed 3, unreachable 2: wait
     *   no connection         failed 4, unreachable 3: over, though 4 requests are left
     * A wait that would end behind the deadline is not begun: the caller gets the failure now, not later.
     */

    private final Machine machine;
    private final Limits limits;

    /** Requests that failed. Invariant: never falls; a success ends the range, and with it this object. */
    @GuardedBy("this")
    private int failed;

    /** How many failures met no server. Invariant: at most {@link #failed}. */
    @GuardedBy("this")
    private int unreachable;

    /** Whether the budget, not the range, refused the latest request. */
    @GuardedBy("this")
    private boolean budgetSpent;

    /**
     * How often and when a range is requested again.
     *
     * @param requests most requests for one range; positive
     * @param budget shared by all ranges of the object
     * @param backoff pauses when the server asks for none
     */
    public record Limits(int requests, RetryBudget budget, Backoff backoff) {}

    /**
     * A failure that another request may mend.
     *
     * @param requests number of requests that it took; a client may send one again by itself
     * @param unreachable whether there was no connection
     * @param retryAfter how long the server wants us to wait, not negative; null when it does not say
     */
    public record Setback(
            int requests, boolean unreachable, @Nullable Duration retryAfter) {}

    /** Starts to count with no failure. */
    public Attempts(Machine machine, Limits limits) {
        this.machine = machine;
        this.limits = limits;
    }

    /**
     * Counts a failure.
     *
     * @param deadlineNanos end of all attempts, on the machine's clock
     * @return how long to wait before the next request; empty when there is no next one
     */
    public synchronized Optional<Duration> after(Setback setback, long deadlineNanos) {
        failed += setback.requests();
        unreachable += setback.unreachable() ? 1 : 0;
        Duration asked = setback.retryAfter();
        Duration pause = asked == null ? limits.backoff().pause(failed, machine.chance()) : asked;
        boolean lost = failed >= limits.requests() || unreachable > MOST_UNREACHABLE;
        if (lost || machine.nanoTime() + pause.toNanos() - deadlineNanos > 0) {
            return Optional.empty();
        }
        budgetSpent = !limits.budget().take();
        return budgetSpent ? Optional.empty() : Optional.of(pause);
    }

    /** Returns how many requests failed and whether the budget was used up, for a message. */
    public synchronized String spent() {
        return "gave up after " + failed + (failed == 1 ? " request" : " requests")
                + (budgetSpent ? ", since too many of all requests failed" : "");
    }
}
