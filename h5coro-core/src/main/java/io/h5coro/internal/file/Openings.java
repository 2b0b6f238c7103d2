// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.Where;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.resolve.MemoryLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Opens files for callers who do not wait. Thread-safe; keeps no state.
 *
 * @param shared has the threads that open
 */
public record Openings(SharedResources shared) {
    /**
     * Opens on another thread.
     *
     * @param where what is opened, for messages
     * @param limit the deadline, which begins now
     * @param opening blocks
     * @param closing closes what was opened for a future that is done by then
     * @return fails with what the opening throws. Cancelling it ends the opening soon. Dependent stages run where those
     *     of {@link CompletableFuture#supplyAsync(Supplier)} do, or on the thread that adds or cancels
     */
    public <T> CompletableFuture<T> start(Where where, Duration limit, Supplier<T> opening, Consumer<T> closing) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Deadline deadline =
                Deadline.after(shared.machine(), limit, () -> future.isDone() ? "the opening was cancelled" : null);
        Runnable task = () -> {
            try {
                T opened = MemoryLimit.within(where, () -> deadline.during(opening));
                end(() -> {
                    if (!future.complete(opened)) {
                        closing.accept(opened);
                    }
                });
            } catch (Throwable failure) {
                end(() -> future.completeExceptionally(failure));
            }
        };
        MemoryLimit.within(where, () -> {
            shared.openers().execute(task);
            return future;
        });
        return future;
    }

    /** The same in this process. */
    public static <T> CompletableFuture<T> startHere(
            Where where, Duration limit, Supplier<T> opening, Consumer<T> closing) {
        return new Openings(SharedResources.ofThisProcess()).start(where, limit, opening, closing);
    }

    /** Runs what may run stages of the user's, which have no place on the threads that open. */
    private void end(Runnable completion) {
        CompletableFuture<Void> unused =
                CompletableFuture.runAsync(completion, shared.machine().common());
    }
}
