// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Unwraps the failures of futures from the exceptions of {@code java.util.concurrent}. Pure. */
public final class FailureCause {
    private FailureCause() {}

    /** Returns the first cause that is not a wrapper, or the innermost wrapper when there is no such cause. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
