// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.ChangeWatch;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.pool.LeasePool;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.SiblingFiles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One open file of {@link H5Files}. The first thread that wants it opens it for all. Thread-safe. */
final class PooledFile implements LeasePool.Item {
    private final String location;
    private final SiblingFiles.Opener opener;
    private final CompletableFuture<H5Coro> file = new CompletableFuture<>();
    private final AtomicReference<@Nullable Thread> first = new AtomicReference<>();
    private final ChangeWatch watch = new ChangeWatch();

    PooledFile(String location, SiblingFiles.Opener opener) {
        this.location = location;
        this.opener = opener;
    }

    /** Also a file whose storage has said that the object was replaced. */
    @Override
    public boolean isStale(boolean isAged) {
        return isAged || watch.hasChanged();
    }

    /** Whether it could not be opened. */
    boolean hasFailed() {
        return file.isCompletedExceptionally();
    }

    /** Whether a thread was the one that opened it. */
    boolean openedBy(Thread thread) {
        return first.get() == thread;
    }

    /** The file; opens it, or waits for the thread that does. */
    H5Coro get(Means means, Deadline until) {
        if (first.compareAndSet(null, Thread.currentThread())) {
            open(means, until);
        }
        try {
            return until.await(file, Where.source(LocationText.shown(location)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    private H5Exception aborted(String why, Exception cause) {
        return new ReadAbortedException(Where.source(LocationText.shown(location)), why, cause);
    }

    private void open(Means means, Deadline until) {
        try {
            SiblingFiles.Opener watched = at -> watch.around(opener.open(at));
            H5Coro opened = until.or(() -> file.isDone() ? "the files were closed" : null)
                    .during(() -> H5Coro.known(location, watched, means));
            if (!file.complete(opened)) {
                opened.close();
            }
        } catch (Throwable failure) {
            file.completeExceptionally(failure);
        }
    }

    /** Closes it, now or when it has been opened. */
    @Override
    public void close() {
        file.completeExceptionally(aborted("the files were closed", new IllegalStateException("closed")));
        if (!file.isCompletedExceptionally()) {
            file.join().close();
        }
    }
}
