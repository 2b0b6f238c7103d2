// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.H5Coro;
import io.h5coro.internal.pool.LeasePool;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A file of {@link OpenFiles}, which one of its users opens. Thread-safe. */
final class OpenFile implements LeasePool.Item {
    /** How long to wait before waiting on: deadlines end openings, not this. */
    private static final long LONG_NANOS = Duration.ofHours(1).toNanos();

    private final ListedFile listed;
    private final Machine machine;
    private final AtomicBoolean isBegun = new AtomicBoolean();
    private final CompletableFuture<H5Coro> opening = new CompletableFuture<>();
    private final OpeningCosts openingCosts = new OpeningCosts();

    /** Set before the opening ends. */
    private volatile boolean isGivenUp;

    @GuardedBy("this")
    private Costs taken = Costs.NONE;

    OpenFile(ListedFile listed, Machine machine) {
        this.listed = listed;
        this.machine = machine;
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

    /** Whether whoever was to open it was ended while it did so. */
    boolean isGivenUp() {
        return isGivenUp;
    }

    OpeningCosts openingCosts() {
        return openingCosts;
    }

    void opened(H5Coro file) {
        openingCosts.end();
        opening.complete(file);
    }

    /**
     * It cannot be opened.
     *
     * @param byInterrupt whether that is since the thread was interrupted
     */
    void failed(Throwable failure, boolean byInterrupt) {
        openingCosts.end();
        isGivenUp = byInterrupt;
        opening.completeExceptionally(failure);
    }

    /** Waits until whoever opens it is done, whatever came of it; also when interrupted, whose flag is set again. */
    void await() {
        boolean interrupted = false;
        while (!opening.isDone()) {
            try {
                H5Coro unused = machine.get(opening, LONG_NANOS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException seenByTheLoop) {
                // Over, or not yet.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The file, after {@link #await}; throws what the opening threw. */
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

    /** What is new of its costs; nothing while it is being opened. */
    synchronized Costs takeCosts() {
        if (!opening.isDone()) {
            return Costs.NONE;
        }
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
