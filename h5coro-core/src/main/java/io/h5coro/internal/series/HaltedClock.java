// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.LongSupplier;

/**
 * A clock that stands still while a read waits for its reader: its deadline does not count that time. Thread-safe.
 *
 * <p>Example: halted at 10 and at 12, running again at 15 and at 20; at 30 it says 20.
 */
final class HaltedClock implements LongSupplier {
    private final LongSupplier clock;

    @GuardedBy("this")
    private int halts;

    @GuardedBy("this")
    private long since;

    /** Time during which it stood still. */
    @GuardedBy("this")
    private long lost;

    HaltedClock(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized long getAsLong() {
        return (halts > 0 ? since : clock.getAsLong()) - lost;
    }

    /** Stands still until {@link #go} was called as often. */
    synchronized void halt() {
        if (halts++ == 0) {
            since = clock.getAsLong();
        }
    }

    synchronized void go() {
        if (--halts == 0) {
            lost += clock.getAsLong() - since;
        }
    }
}
