// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.machine.Machine;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the reader of a piece is told, in order; bounded by what the piece may have read ahead. Thread-safe. */
final class Events {
    private final Machine machine;

    @GuardedBy("this")
    private final Deque<PieceRun.Event> told = new ArrayDeque<>();

    Events(Machine machine) {
        this.machine = machine;
    }

    synchronized void add(PieceRun.Event event) {
        told.add(event);
        machine.wakeAll(this);
    }

    /** Waits for the next one. */
    synchronized PieceRun.Event take() throws InterruptedException {
        while (told.isEmpty()) {
            machine.waitOn(this, Long.MAX_VALUE);
        }
        return told.remove();
    }

    /** The next one; null when there is none. */
    synchronized PieceRun.@Nullable Event poll() {
        return told.poll();
    }
}
