// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.machine.Machine;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * The threads that work for one open file: those that wait for metadata, which are its own, and those that decode,
 * which are of {@link SharedResources}. All are daemons and end when idle. Thread-safe.
 */
public final class WorkPools implements AutoCloseable {
    /**
     * Metadata threads where the JVM has no virtual ones. They wait nearly all the time; a request more than this waits
     * for its turn, which costs a round trip.
     */
    private static final int METADATA_THREADS = 32;

    /**
     * One that waits must not hold up all others. With one thread, a look-up that waits would hold up all others of its
     * file.
     */
    private static final int LEAST_METADATA_THREADS = 4;

    /** Tasks that block on metadata; closed with the file. */
    private final ExecutorService metadata;

    /** Shared with other files and never closed here: see {@link SharedResources}. */
    private final ExecutorService decode;

    /** Runs what users chained to results, which may block as long as it likes. */
    private final ExecutorService results;

    private volatile boolean closed;

    private final int metadataThreads;

    /**
     * The threads for one open file; closed by whoever made them.
     *
     * @param decode threads that compute, which are not closed with these
     * @param profile of the storage: on a local disk, where nobody waits long, making threads would take longer than
     *     reading
     */
    WorkPools(Machine machine, ExecutorService decode, StorageProfile profile) {
        int threads = Math.min(METADATA_THREADS, Math.max(LEAST_METADATA_THREADS, profile.connections()));
        this.metadata = machine.waiters("h5coro-metadata-", threads);
        this.metadataThreads = machine.hasVirtualThreads() ? Integer.MAX_VALUE : threads;
        this.decode = decode;
        // A thread for each task, since nobody knows how long one takes.
        this.results = machine.waiters("h5coro-result-", Integer.MAX_VALUE);
    }

    /** Tasks that can block on metadata at once; without bound where threads are virtual. */
    public int metadataThreads() {
        return metadataThreads;
    }

    /** Threads for tasks that block on metadata. */
    public ExecutorService metadata() {
        return metadata;
    }

    /** Runs what users have chained to results, of which nobody knows how long it takes. */
    public void handOut(Runnable chained) {
        try {
            results.execute(chained);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            // The file was closed, or there is no memory for a thread: later would be never.
            chained.run();
        }
    }

    /** Threads for tasks that compute, and never wait. */
    public Executor decode() {
        return this::executeDecoding;
    }

    private void executeDecoding(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        decode.execute(task);
    }

    /** Takes no more tasks; those that were taken still run. */
    @Override
    public void close() {
        closed = true;
        metadata.shutdown();
        results.shutdown();
    }
}
