// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.H5Coro;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A file of {@link OpenFiles}, which guards its users and its currency. Thread-safe for the rest. */
final class OpenFile {
    private final ListedFile listed;
    private final long openedNanos;
    private final CompletableFuture<H5Coro> opening = new CompletableFuture<>();
    private final OpeningCosts openingCosts = new OpeningCosts();

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

    /** The version that is read; null where none is known, or not yet. */
    @Nullable
    String version() {
        if (listed.version() != null || !opening.isDone() || opening.isCompletedExceptionally()) {
            return listed.version();
        }
        return opening.join().reader().strongVersion().orElse(null);
    }

    OpeningCosts openingCosts() {
        return openingCosts;
    }

    long openedNanos() {
        return openedNanos;
    }

    void opened(H5Coro file) {
        openingCosts.end();
        opening.complete(file);
    }

    void failed(Throwable failure) {
        openingCosts.end();
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
        Costs now = opening.isCompletedExceptionally() ? openingCosts.costs() : Costs.of(file().statistics());
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
