// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's own timer tells when it is time, and a daemon of ours does the work, since a storage may take its time to
 * accept a request. The thread is there only while something is due. Thread-safe.
 */
final class DaemonAlarm implements Alarm {
    /** How long the thread waits for the next task before it ends. An open file that has no late request keeps none. */
    private static final long KEEP_ALIVE_MILLIS = 500;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0, 1, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread made = new Thread(task, "h5coro-hedge");
                made.setDaemon(true);
                return made;
            });

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable after(long nanos, Runnable task) {
        CompletableFuture<Void> time = new CompletableFuture<>();
        CompletableFuture<Void> unused =
                time.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS).thenRunAsync(task, thread);
        return () -> time.cancel(false);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
