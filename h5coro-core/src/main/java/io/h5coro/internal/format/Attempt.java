// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading one of several things that stand together: the thing, or the error that is its alone, so that
 * the others can be had. What says nothing of the thing itself (a storage that failed, a file that changed, a call that
 * was ended) is not kept but thrown at once. Immutable.
 */
public final class Attempt<T> {
    private final @Nullable T value;
    private final @Nullable H5Exception failure;

    private Attempt(@Nullable T value, @Nullable H5Exception failure) {
        this.value = value;
        this.failure = failure;
    }

    /**
     * Reads, and keeps what came of it. Other exceptions than {@link H5Exception} pass through.
     *
     * @throws H5Exception when the failure is none of the thing's own: see the class
     */
    public static <T> Attempt<T> of(Supplier<T> reading) {
        try {
            return new Attempt<>(reading.get(), null);
        } catch (H5Exception e) {
            return failed(e);
        }
    }

    /** What failed, unless the failure is not its own. */
    public static <T> Attempt<T> failed(H5Exception failure) {
        if (failure instanceof StorageFailureException
                || failure instanceof ObjectChangedException
                || failure instanceof ReadAbortedException) {
            throw failure;
        }
        return new Attempt<>(null, failure);
    }

    /**
     * The thing.
     *
     * @throws H5Exception why there is none
     */
    public T get() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(value);
    }

    /** Why there is none; empty when there is one. */
    public Optional<H5Exception> failure() {
        return Optional.ofNullable(failure);
    }
}
