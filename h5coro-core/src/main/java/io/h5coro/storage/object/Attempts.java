// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Decides whether one range is asked for once more after a failure, and how long to wait before that. Thread-safe. */
public final class Attempts {
    /** A host that is not there is asked three times. */
    private static final int MOST_UNREACHABLE = 2;

    private final Limits limits;

    /** Requests that failed. */
    @GuardedBy("this")
    private int failed;

    @GuardedBy("this")
    private int unreachable;

    @GuardedBy("this")
    private boolean budgetSpent;

    /**
     * How often, and when.
     *
     * @param requests most requests for one range; positive
     * @param budget shared by all ranges of the object
     * @param backoff pauses where the server asks for none
     */
    public record Limits(int requests, RetryBudget budget, Backoff backoff) {}

    /**
     * A failure that another request may mend.
     *
     * @param requests requests that it has cost; a client may send one again on its own
     * @param unreachable whether there was no connection
     * @param retryAfter how long the server wants us to wait; not negative, null where it does not say
     */
    public record Setback(
            int requests, boolean unreachable, @Nullable Duration retryAfter) {}

    /** No failure yet. */
    public Attempts(Limits limits) {
        this.limits = limits;
    }

    /**
     * Counts a failure.
     *
     * @param deadlineNanos until when, as {@link System#nanoTime()} counts
     * @return how long to wait before the next request; empty when there is to be none
     */
    public synchronized Optional<Duration> after(Setback setback, long deadlineNanos) {
        failed += setback.requests();
        unreachable += setback.unreachable() ? 1 : 0;
        Duration asked = setback.retryAfter();
        Duration pause = asked == null ? limits.backoff().pause(failed, ThreadLocalRandom.current()) : asked;
        boolean lost = failed >= limits.requests() || unreachable > MOST_UNREACHABLE;
        if (lost || System.nanoTime() + pause.toNanos() - deadlineNanos > 0) {
            return Optional.empty();
        }
        budgetSpent = !limits.budget().take();
        return budgetSpent ? Optional.empty() : Optional.of(pause);
    }

    /** Returns what was tried, for a message. */
    public synchronized String spent() {
        return "gave up after " + failed + (failed == 1 ? " request" : " requests")
                + (budgetSpent ? ", since too many of all requests failed" : "");
    }
}
