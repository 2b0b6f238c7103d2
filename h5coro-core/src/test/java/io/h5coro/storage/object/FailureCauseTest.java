// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What is left when the wrappers of java.util.concurrent are off. */
final class FailureCauseTest {
    @Test
    void takesWrappersOffAndNothingElse() {
        Throwable inner = new IllegalStateException("why", new CompletionException("not a wrapper", null));
        assertSame(inner, FailureCause.of(inner));
        assertSame(inner, FailureCause.of(new ExecutionException(new CompletionException(inner))));
        CompletionException empty = new CompletionException("nothing", null);
        assertSame(empty, FailureCause.of(empty));
    }
}
