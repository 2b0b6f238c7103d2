// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.H5Coro;
import io.h5coro.internal.pool.LeasePool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A file of {@link OpenFiles}, which one of its users opens. Thread-safe. */
final class OpenFile implements LeasePool.Item {
    private final ListedFile listed;
    private final AtomicBoolean isBegun = new AtomicBoolean();
    private final CompletableFuture<H5Coro> opening = new CompletableFuture<>();
    private final OpeningCosts openingCosts = new OpeningCosts();

    @GuardedBy("this")
    private Costs taken = Costs.NONE;

    OpenFile(ListedFile listed) {
        this.listed = listed;
    }

    ListedFile listed() {
        return listed;
    }

    /** Whether the caller is the one to open it. */
    boolean begin() {
        return isBegun.compareAndSet(false, true);
    }

    /** Another version is noticed by the listing where it gives versions, and by age where it does not. */
    @Override
    public boolean isStale(boolean isAged) {
        return isAged && listed.version() == null;
    }

    /** Whether it is, as far as anybody knows, what a listing has found. */
    boolean fits(ListedFile wanted) {
        return wanted.version() == null
                ? listed.version() == null
                : wanted.version().equals(version());
    }

    /** The version that is read; null where none is known, or not yet. */
    private @Nullable String version() {
        if (listed.version() != null || !opening.isDone() || opening.isCompletedExceptionally()) {
            return listed.version();
        }
        return opening.join().reader().strongVersion().orElse(null);
    }

    OpeningCosts openingCosts() {
        return openingCosts;
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

    @Override
    public void close() {
        if (!opening.isCompletedExceptionally()) {
            file().close();
        }
    }
}
