// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a typed error of memory that ran out. Every structure is checked before memory is taken for it; this is for
 * files whose structures are each in order and together too much for the heap that there is.
 */
public final class MemoryLimit {
    private MemoryLimit() {}

    /**
     * Calls.
     *
     * @param where what is read, for messages
     * @param call reads metadata; what it has taken is free once it has thrown
     * @throws LimitExceededException when heap or stack ran out
     */
    public static <T extends @Nullable Object> T within(Where where, Supplier<T> call) {
        try {
            return call.get();
        } catch (OutOfMemoryError e) {
            throw new LimitExceededException(where, "there is not enough memory for the metadata", e);
        } catch (StackOverflowError e) {
            throw new LimitExceededException(where, "metadata nested deeper than the stack", e);
        }
    }
}
