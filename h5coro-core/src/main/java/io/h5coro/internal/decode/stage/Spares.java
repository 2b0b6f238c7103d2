// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.stage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Decoders with their tables that no task uses at the moment, for the next chunks. Thread-safe.
 *
 * <p>No account knows of them: they stay as long as the filter.
 *
 * <p>Invariant: at most {@value #MOST} are kept. A thread more makes its own, which is let go.
 *
 * @param <T> what one task uses at a time
 */
public final class Spares<T> {
    /** More than decode at once on most machines; a decoder's tables are some ten kilobytes, its room up to 2 MiB. */
    private static final int MOST = 16;

    private final Supplier<T> maker;

    @GuardedBy("kept")
    private final Deque<T> kept = new ArrayDeque<>(MOST);

    /** Keeps what {@code maker} makes. */
    public Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One for the caller alone, until it is given back. */
    public T take() {
        synchronized (kept) {
            T spare = kept.pollLast();
            if (spare != null) {
                return spare;
            }
        }
        return maker.get();
    }

    /** Gives back what was taken, whatever became of the chunk. */
    public void give(T used) {
        synchronized (kept) {
            if (kept.size() < MOST) {
                kept.addLast(used);
            }
        }
    }
}
