// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.H5Coro;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A file of {@link OpenFiles}, which guards its users and its currency. Thread-safe for the rest. */
final class OpenFile {
    private final ListedFile listed;
    private final long openedNanos;
    private final CompletableFuture<H5Coro> opening = new CompletableFuture<>();

    @GuardedBy("this")
    private Costs taken = Costs.NONE;

    /** Guarded by the lock of {@link OpenFiles}. */
    int users;

    /** Whether the next user shares it. Guarded by the lock of {@link OpenFiles}. */
    boolean isCurrent = true;

    OpenFile(ListedFile listed, long openedNanos) {
        this.listed = listed;
        this.openedNanos = openedNanos;
    }

    ListedFile listed() {
        return listed;
    }

    long openedNanos() {
        return openedNanos;
    }

    void opened(H5Coro file) {
        opening.complete(file);
    }

    void failed(Throwable failure) {
        opening.completeExceptionally(failure);
    }

    /** The file; blocks while another user opens it, and throws what the opening threw. */
    H5Coro file() {
        try {
            return opening.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    synchronized Costs takeCosts() {
        Costs now = Costs.of(file().statistics());
        Costs news = now.minus(taken);
        taken = now;
        return news;
    }

    void close() {
        if (!opening.isCompletedExceptionally()) {
            file().close();
        }
    }
}
