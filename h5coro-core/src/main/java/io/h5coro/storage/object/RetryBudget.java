// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits how often the requests to one object are sent again, over all ranges. Thus a store that is down is reported
 * soon, however many ranges are wanted, while a store that fails now and then goes on working. Each success earns a
 * quarter of a retry, so one request in five may fail without end. Thread-safe.
 */
public final class RetryBudget {
    /*
     * A budget of 2 retries holds 8 quarters:
     *   two ranges fail      8 -> 4 -> 0   both are sent again
     *   a third one fails    0             it is not sent again: its failure is final
     *   four requests work   0 -> 4        one retry was earned
     *   a range fails        4 -> 0        it is sent again
     * So of any five requests in a row one may fail for ever, and a store that is down costs two retries in all.
     */

    private static final long QUARTERS = 4;

    private final long mostQuarters;

    /** Invariant: from 0 to {@link #mostQuarters}. */
    private final AtomicLong quarters;

    /**
     * Makes a full budget.
     *
     * @param retries most retries without a success between them; not negative
     */
    public RetryBudget(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("a negative number of retries");
        }
        mostQuarters = retries * QUARTERS;
        quarters = new AtomicLong(mostQuarters);
    }

    /**
     * Takes one retry from the budget.
     *
     * @return false when the budget is empty; the request must then not be sent again
     */
    public boolean take() {
        return quarters.getAndUpdate(left -> left < QUARTERS ? left : left - QUARTERS) >= QUARTERS;
    }

    /** Earns a quarter of a retry for a success. */
    public void answered() {
        quarters.getAndUpdate(left -> Math.min(mostQuarters, left + 1));
    }

    @Override
    public String toString() {
        return "RetryBudget[" + quarters.get() / QUARTERS + " of " + mostQuarters / QUARTERS + "]";
    }
}
