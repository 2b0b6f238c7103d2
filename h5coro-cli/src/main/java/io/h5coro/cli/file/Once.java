// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made once, by the first thread that asks; others wait for it. Where that fails, it fails for all of them.
 * Thread-safe.
 */
public final class Once<T> {
    private final Supplier<T> maker;
    private @Nullable T made;
    private @Nullable Throwable failure;

    public Once(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns it; blocks. */
    public synchronized T get() {
        if (made == null && failure == null) {
            try {
                made = maker.get();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return Objects.requireNonNull(made);
    }
}
