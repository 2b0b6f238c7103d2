// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Decoders with their tables that no task uses at the moment, for the next chunks. Thread-safe.
 *
 * <p>Invariant: at most {@value #MOST} are kept. A thread more makes its own, which is let go.
 *
 * @param <T> what one task uses at a time
 */
public final class Spares<T> {
    /** More than decode at once on most machines; what is kept is some ten kilobytes each. */
    private static final int MOST = 16;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(MOST);
    private final Supplier<T> maker;

    /** Keeps what {@code maker} makes. */
    public Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One for the caller alone, until it is given back. */
    public T take() {
        for (int i = 0; i < MOST; i++) {
            T spare = places.get(i) == null ? null : places.getAndSet(i, null);
            if (spare != null) {
                return spare;
            }
        }
        return maker.get();
    }

    /** Gives back what was taken, whatever became of the chunk. */
    public void give(T used) {
        for (int i = 0; i < MOST; i++) {
            if (places.get(i) == null && places.compareAndSet(i, null, used)) {
                return;
            }
        }
    }
}
