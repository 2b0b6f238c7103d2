// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Coro;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Files that a command takes one after another. Those that are far away are opened before their turn, and rehearsed:
 * what the command will ask of them comes while it works on the ones before. What fails is said when their turn comes.
 * Confined to one thread.
 */
public final class FilesAhead implements AutoCloseable {
    /*
     * Six files, each of which a command takes three round trips for:
     *   open(1)   opens it, and begins 2 to 5; the command works on 1
     *   open(2)   is open, and what the command asks for is here or on its way; begins 6
     */

    /** Each has as much memory as its cache of metadata takes. With fewer, what is begun is waited for more often. */
    private static final int MOST = 4;

    private final Function<String, H5Coro> opener;
    private final BiConsumer<H5Coro, String> rehearsal;

    /** Those that are neither begun nor taken. */
    private final Deque<Location> left;

    private final Deque<Begun> begun = new ArrayDeque<>();

    private record Begun(String location, CompletableFuture<H5Coro> opened) {
        void giveUp() {
            CompletableFuture<H5Coro> unused = opened.whenComplete((file, failure) -> {
                if (file != null) {
                    file.close();
                }
            });
        }
    }

    /**
     * Nothing is opened before the first file is.
     *
     * @param opener opens a file by its location; may be called by other threads once the first file is open
     * @param all the files in the order in which they will be taken, with the path in each as it was typed
     * @param rehearsal reads what will be asked of a file and of that path; may block, and fail
     */
    public FilesAhead(Function<String, H5Coro> opener, List<Location> all, BiConsumer<H5Coro, String> rehearsal) {
        this.opener = opener;
        this.rehearsal = rehearsal;
        this.left = new ArrayDeque<>(all);
    }

    /** Opens a file, which the caller closes; blocks. */
    public H5Coro open(String location) {
        CompletableFuture<H5Coro> opened = take(location);
        H5Coro file = Waiting.during(location, () -> opened == null ? opener.apply(location) : join(opened));
        while (begun.size() < MOST && !left.isEmpty()) {
            Location next = left.remove();
            if (Location.isRemote(next.file())) {
                begun.add(begin(next));
            }
        }
        return file;
    }

    /** Takes one that was begun, if it was; those before it were passed over. */
    private @Nullable CompletableFuture<H5Coro> take(String location) {
        while (begun.stream().anyMatch(one -> one.location().equals(location))) {
            Begun first = begun.remove();
            if (first.location().equals(location)) {
                return first.opened();
            }
            first.giveUp();
        }
        if (left.stream().anyMatch(one -> one.file().equals(location))) {
            while (!left.remove().file().equals(location)) {
                // Passed over.
            }
        }
        return null;
    }

    private Begun begin(Location next) {
        CompletableFuture<H5Coro> opened = new CompletableFuture<>();
        Thread thread = new Thread(() -> rehearse(next, opened), "h5coro-file-ahead");
        thread.setDaemon(true);
        thread.start();
        return new Begun(next.file(), opened);
    }

    /** Runs on a thread of its own, which ends at the latest when the file is closed. */
    private void rehearse(Location next, CompletableFuture<H5Coro> opened) {
        try {
            H5Coro file = opener.apply(next.file());
            opened.complete(file);
            rehearsal.accept(file, EscapedPath.in(file, next.path()));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError saidLater) {
            // By the command, which asks for the same; or by whoever takes the file that could not be opened.
            opened.completeExceptionally(saidLater);
        }
    }

    private static H5Coro join(CompletableFuture<H5Coro> opened) {
        try {
            return opened.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Gives up the files that were not taken. */
    @Override
    public void close() {
        begun.forEach(Begun::giveUp);
        begun.clear();
        left.clear();
    }
}
