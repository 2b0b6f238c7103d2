// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.call;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock for work that may wait for a storage: who wants it meanwhile waits within the deadline of their own call, not
 * of the call that does the work, and ends when they are interrupted or their call is over. A thread that has the turn
 * can take it again. Thread-safe.
 */
public final class Turn {
    @GuardedBy("this")
    private @Nullable Thread owner;

    /** A turn that nobody has. */
    public Turn() {}

    /**
     * Does some work while nobody else has the turn.
     *
     * @param where what is waited for, for messages
     * @throws ReadAbortedException when the call of this thread is to end before it has the turn
     */
    public <T extends @Nullable Object> T during(Where where, Supplier<T> work) {
        if (isMine()) {
            return work.get();
        }
        Deadline.awaitTurn(this, where);
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private synchronized boolean isMine() {
        return owner == Thread.currentThread();
    }

    /** Takes the turn, if nobody has it. */
    @GuardedBy("this")
    boolean take() {
        if (owner != null) {
            return false;
        }
        owner = Thread.currentThread();
        return true;
    }

    private synchronized void end() {
        owner = null;
        Deadline.machineOfCall().wakeAll(this);
    }
}
