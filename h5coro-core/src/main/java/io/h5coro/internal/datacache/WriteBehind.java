// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes that wait for a disk, within a bound: what comes faster than the disk takes it is turned away, since no read
 * is to wait for it. Thread-safe; offering never blocks.
 */
final class WriteBehind {
    /** Half a second of a disk that writes 125 MB/s; a burst of so much is written later. */
    static final long MOST_BYTES = 64L << 20;

    private final Executor writer;
    private final AtomicLong waiting = new AtomicLong();

    /** Whether somebody has waited in vain, and no write has ended since. */
    private volatile boolean stuck;

    /**
     * Nothing to write yet.
     *
     * @param writer runs writes, one after the other
     */
    WriteBehind(Executor writer) {
        this.writer = writer;
    }

    /** Says that a write has not ended for long, so that others do not wait as well. */
    void stuck() {
        stuck = true;
    }

    /** Whether there is no point in waiting for writes. */
    boolean isStuck() {
        return stuck;
    }

    /**
     * Takes a write.
     *
     * @param bytes that it holds until it has ended
     * @return false when it is turned away
     */
    boolean offer(long bytes, Runnable write) {
        if (waiting.addAndGet(bytes) > MOST_BYTES) {
            waiting.addAndGet(-bytes);
            return false;
        }
        try {
            writer.execute(() -> {
                try {
                    write.run();
                } finally {
                    waiting.addAndGet(-bytes);
                    stuck = false;
                }
            });
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            waiting.addAndGet(-bytes);
            return false;
        }
    }
}
