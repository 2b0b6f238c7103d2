// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.H5Exception;
import io.h5coro.error.Where;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds sources of a virtual dataset several at a time, so that whoever then needs them one after the other waits for
 * none. What fails here is said then. Thread-safe.
 */
final class SourcesAhead {
    /*
     * The caller is a task of the pool that it asks for help, which may be full of callers like itself. So it waits for
     * no task to begin: sources are claimed one by one, also by the caller, which in the end waits for those that
     * others have claimed, and are at work on.
     */

    /** Sources at once, and files opened ahead of one that may be the last. More would be a burst at the storage. */
    static final int MOST_AT_ONCE = 32;

    private final SourceFile file;
    private final int depth;
    private final Deadline deadline;
    private final List<VirtualSource.Name> names;
    private final List<CompletableFuture<Void>> done = new ArrayList<>();

    /** Index of the next source that nobody has claimed. */
    private final AtomicInteger next = new AtomicInteger();

    private SourcesAhead(SourceFile file, int depth, Collection<VirtualSource.Name> names) {
        this.file = file;
        this.depth = depth;
        this.names = List.copyOf(names);
        this.deadline = Deadline.currentOr(file.options().deadline());
        names.forEach(name -> done.add(new CompletableFuture<>()));
    }

    /**
     * Finds sources; blocks until each was found, or was not.
     *
     * @param names without duplicates
     * @param depth how many virtual datasets led here
     * @throws io.h5coro.error.ReadAbortedException when the call's deadline passes or the thread is interrupted
     */
    static void find(SourceFile file, Collection<VirtualSource.Name> names, int depth) {
        if (names.size() > 1) {
            new SourcesAhead(file, depth, names).findAll();
        }
    }

    private void findAll() {
        for (int helpers = Math.min(names.size(), MOST_AT_ONCE) - 1; helpers > 0; helpers--) {
            try {
                file.pools().metadata().execute(() -> {
                    @Nullable Void unused = deadline.during(this::claimed);
                });
            } catch (RejectedExecutionException | OutOfMemoryError noHelp) {
                break;
            }
        }
        @Nullable Void unused = deadline.during(this::claimed);
        for (CompletableFuture<Void> one : done) {
            try {
                Void unusedVoid = deadline.await(one, Where.source(file.source()));
            } catch (ExecutionException e) {
                throw new AssertionError("never completed with a failure", e);
            }
        }
    }

    /** Finds sources until all are claimed. */
    private @Nullable Void claimed() {
        for (int i = next.getAndIncrement(); i < names.size(); i = next.getAndIncrement()) {
            try {
                Object unused = VirtualSource.find(file, names.get(i), depth);
            } catch (H5Exception | ArithmeticException | IllegalArgumentException | OutOfMemoryError saidLater) {
                // Whoever needs the source meets it again.
            } finally {
                done.get(i).complete(null);
            }
        }
        return null;
    }
}
