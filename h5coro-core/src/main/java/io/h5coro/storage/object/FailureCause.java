// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a future failed with, out of the wrappers of {@code java.util.concurrent}. */
public final class FailureCause {
    private FailureCause() {}

    /** The cause that is no wrapper; the innermost wrapper where there is none. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
