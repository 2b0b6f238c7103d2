// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import java.time.Duration;

/** The reader's own hedging on a clock that is not the machine's. */
public final class HedgesOnClock {
    /** A clock that calls. */
    public interface Clock {
        /** Now, in nanoseconds. */
        long nanoTime();

        /** Runs a task once after a time; what is returned cancels it. */
        Runnable after(long nanos, Runnable task);
    }

    private HedgesOnClock() {}

    /** Hedging of one open file. */
    public static Hedging of(Duration earliest, Clock clock) {
        return new Hedging(earliest.toNanos(), new Alarm() {
            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }

            @Override
            public Runnable after(long nanos, Runnable task) {
                return clock.after(nanos, task);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
    }
}
