// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.concurrent.TimeUnit;

/** A pipe of limited bandwidth: says when the next bytes are through. Thread-safe. */
final class Throttle {
    /**
     * A sleep ends late by a part of this; what was lost is made up for, or the pipe would be narrower than it says.
     */
    private static final long LATENESS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final long bytesPerSecond;

    // Guarded by this.
    private long freeAtNanos = System.nanoTime();

    Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until so many bytes are through, behind all that came before. */
    void pass(int bytes) throws InterruptedException {
        long until;
        synchronized (this) {
            long start = Math.max(freeAtNanos, System.nanoTime() - LATENESS_NANOS);
            freeAtNanos = start + bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
            until = freeAtNanos;
        }
        long wait = until - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }
}
