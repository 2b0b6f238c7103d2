// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

/** A clock that calls. Thread-safe. */
interface Alarm {
    /** Now; only differences mean something. */
    long nanoTime();

    /**
     * Runs a task once after a time, unless it is cancelled before or the alarm was closed.
     *
     * @return cancels it; of no effect once it runs
     */
    Runnable after(long nanos, Runnable task);

    /** Calls nobody any more. Idempotent. */
    void close();
}
