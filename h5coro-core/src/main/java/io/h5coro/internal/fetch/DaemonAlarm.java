// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * The machine's timer tells when it is time, and a daemon of ours does the work, since a storage may take its time to
 * accept a request. The thread is there only while something is due. Thread-safe.
 */
final class DaemonAlarm implements Alarm {
    /** How long the thread waits for the next task before it ends. An open file that has no late request keeps none. */
    private static final Duration KEEP_ALIVE = Duration.ofMillis(500);

    private final Machine machine;
    private final ExecutorService thread;

    DaemonAlarm(Machine machine) {
        this.machine = machine;
        this.thread = machine.threads("h5coro-hedge", 1, KEEP_ALIVE);
    }

    @Override
    public long nanoTime() {
        return machine.nanoTime();
    }

    @Override
    public Runnable after(long nanos, Runnable task) {
        return machine.after(nanos, thread, task);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
