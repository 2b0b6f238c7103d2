// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.internal.file.Freshness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of one call that wait until the storage has confirmed the metadata they follow from. Thread-safe.
 *
 * <p>The storage is not asked before all requests of the call are planned: those for data tell by the way.
 */
final class HeldOutcomes {
    private final Freshness freshness;
    private final Consumer<Outcome> release;
    private final Consumer<ObjectChangedException> changed;

    @GuardedBy("this")
    private final List<Outcome> held = new ArrayList<>();

    /** Whether all requests for data were sent. Before, nothing asks the storage to confirm. */
    @GuardedBy("this")
    private boolean planned;

    /**
     * Whether the metadata were found out of date. Then all outcomes are dropped, since another call makes them.
     * Invariant: once true, it stays so, whatever is confirmed later.
     */
    @GuardedBy("this")
    private boolean wrong;

    /**
     * Nothing held.
     *
     * @param release takes each outcome that may be handed out
     * @param changed told once when the metadata are wrong, and with them all that was and will be offered
     */
    HeldOutcomes(Freshness freshness, Consumer<Outcome> release, Consumer<ObjectChangedException> changed) {
        this.freshness = freshness;
        this.release = release;
        this.changed = changed;
    }

    /** Takes an outcome and releases it now or later. */
    void offer(Outcome outcome) {
        boolean confirmed = freshness.isConfirmed();
        synchronized (this) {
            if (wrong) {
                return;
            }
            if (!confirmed) {
                held.add(outcome);
                if (!planned) {
                    return;
                }
            }
        }
        if (confirmed) {
            release.accept(outcome);
        } else {
            confirm();
        }
    }

    /** Says that all requests for data were sent. */
    void planned() {
        boolean some;
        synchronized (this) {
            planned = true;
            some = !held.isEmpty();
        }
        if (some) {
            confirm();
        }
    }

    private void confirm() {
        if (freshness.isConfirmed()) {
            settle(null);
            return;
        }
        CompletableFuture<Void> unused = freshness.confirm().whenComplete((nothing, failure) -> settle(failure));
    }

    /**
     * Releases what is held. A version that changed is told once, and drops the outcomes; any other failure becomes the
     * failure of each of them.
     *
     * @param unconfirmed why the storage did not confirm; null when it did
     */
    private void settle(@Nullable Throwable unconfirmed) {
        RuntimeException failure = unconfirmed == null ? null : freshness.failure(unconfirmed);
        List<Outcome> settled;
        boolean first;
        synchronized (this) {
            first = !wrong;
            wrong |= failure instanceof ObjectChangedException;
            settled = wrong ? List.of() : List.copyOf(held);
            held.clear();
        }
        if (failure == null) {
            settled.forEach(release);
        } else if (!(failure instanceof ObjectChangedException stale)) {
            settled.forEach(one -> release.accept(new Outcome(one.name(), null, failure)));
        } else if (first) {
            changed.accept(stale);
        }
    }
}
