// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.memory.DecodeRoom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Buffers to decode in that no task of a call uses at the moment, for the call's next chunks. There are at most as many
 * as tasks of the call have run at once, and as the room for decoding lets be kept. Thread-safe.
 */
public final class DecodeBuffers {
    private final DecodeRoom room;

    /** The last one given back is taken first: its bytes may still be in the processor's cache. */
    @GuardedBy("this")
    private final Deque<StageBuffers> idle = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean closed;

    /** Buffers of which none is made yet, and which are counted as the room's. */
    public DecodeBuffers(DecodeRoom room) {
        this.room = room;
    }

    /** Runs a task with buffers, and lets go of the arrays that it has taken and not given back. */
    public void lend(Consumer<StageBuffers> task) {
        StageBuffers own = take();
        try {
            task.accept(own);
        } finally {
            give(own);
        }
    }

    private synchronized StageBuffers take() {
        StageBuffers kept = idle.poll();
        if (kept == null) {
            return new StageBuffers();
        }
        room.useKept(kept.idleBytes());
        return kept;
    }

    private synchronized void give(StageBuffers used) {
        used.forgetTaken();
        if (!closed && room.keep(used.idleBytes())) {
            idle.push(used);
        }
    }

    /** Lets all go; what is given back later is not kept. */
    public synchronized void close() {
        closed = true;
        for (StageBuffers kept = idle.poll(); kept != null; kept = idle.poll()) {
            room.useKept(kept.idleBytes());
        }
    }
}
