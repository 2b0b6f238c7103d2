// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.wire.WireException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many requests read values at a time, and how many hold some of them. While a request waits for its client
 * to take what was read, another one may read. Thread-safe.
 */
final class Turns {
    private static final int HOLDERS_PER_READER = 2;

    private final int most;
    private final long patienceNanos;
    private final Semaphore holders;
    private final Semaphore readers;

    /**
     * Bounds them.
     *
     * @param readers requests that read at a time; twice as many hold values
     * @param patience how long a request waits for its first turn
     */
    Turns(int readers, Duration patience) {
        this.most = readers;
        this.patienceNanos = patience.toNanos();
        this.holders = new Semaphore(Math.multiplyExact(HOLDERS_PER_READER, readers), true);
        this.readers = new Semaphore(readers, true);
    }

    /** Returns the number of requests that read. */
    int reading() {
        return most - readers.availablePermits();
    }

    /** Returns the number of requests that hold values: those that read, and those that wait for their clients. */
    int holding() {
        return HOLDERS_PER_READER * most - holders.availablePermits();
    }

    /**
     * Waits for a turn, which reads until it is closed or paused.
     *
     * @throws WireException with status 429 when there is none in the time allowed
     */
    Turn take() {
        long end = System.nanoTime() + patienceNanos;
        try {
            if (!holders.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS)) {
                throw tooMany();
            }
            if (!acquired(readers, end - System.nanoTime())) {
                holders.release();
                throw tooMany();
            }
            return new Turn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireException(429, "the server is being closed");
        }
    }

    private boolean acquired(Semaphore some, long nanos) throws InterruptedException {
        try {
            return some.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            holders.release();
            throw e;
        }
    }

    private static WireException tooMany() {
        return new WireException(429, "too many requests read at the same time");
    }

    /** Of one request. Confined to one thread. */
    final class Turn implements AutoCloseable {
        private boolean reads = true;
        private boolean isClosed;

        private Turn() {}

        /** Lets others read. */
        void pause() {
            if (reads) {
                reads = false;
                readers.release();
            }
        }

        /**
         * Waits until there is room to read on.
         *
         * @throws InterruptedIOException when the server is being closed
         */
        void resume() throws InterruptedIOException {
            if (reads || isClosed) {
                return;
            }
            try {
                readers.acquire();
                reads = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the server is being closed");
            }
        }

        @Override
        public void close() {
            if (!isClosed) {
                pause();
                isClosed = true;
                holders.release();
            }
        }
    }
}
