// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.memory.GuardedTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A part of a call's work on a thread of a pool, within the call's deadline.
 *
 * @param failing ends the call with what the work throws
 */
record CallStep(Deadline deadline, Runnable work, Consumer<Throwable> failing) implements GuardedTask {
    @Override
    public void run() {
        @Nullable
        Void unused = deadline.during(() -> {
            work.run();
            return null;
        });
    }

    @Override
    public void failed(Throwable failure) {
        failing.accept(failure);
    }
}
