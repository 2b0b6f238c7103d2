// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often the requests to one object may be sent again, all together: a store that is down is told soon, however many
 * ranges are wanted, and one that fails now and then is not. Each answer earns a quarter of a retry, so that one
 * request in five may fail for ever. Thread-safe.
 */
public final class RetryBudget {
    private static final long QUARTERS = 4;

    private final long mostQuarters;

    /** Invariant: from 0 to {@link #mostQuarters}. */
    private final AtomicLong quarters;

    /**
     * A full budget.
     *
     * @param retries most retries without an answer between them; not negative
     */
    public RetryBudget(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("a negative number of retries");
        }
        mostQuarters = retries * QUARTERS;
        quarters = new AtomicLong(mostQuarters);
    }

    /** Whether one more request may be sent again; it is counted then. */
    public boolean take() {
        return quarters.getAndUpdate(left -> left < QUARTERS ? left : left - QUARTERS) >= QUARTERS;
    }

    /** Takes note of an answer. */
    public void answered() {
        quarters.getAndUpdate(left -> Math.min(mostQuarters, left + 1));
    }

    @Override
    public String toString() {
        return "RetryBudget[" + quarters.get() / QUARTERS + " of " + mostQuarters / QUARTERS + "]";
    }
}
