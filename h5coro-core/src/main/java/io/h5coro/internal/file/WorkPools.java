// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.storage.StorageProfile;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** Long enough for the next read of a program that reads in a loop; then threads end and cost nothing. */
    private static final long IDLE_SECONDS = 5;

    /** Tasks that block on metadata; closed with the file. */
    private final ExecutorService metadata;

    /** Shared with other files and never closed here: see {@link SharedResources}. */
    private final ExecutorService decode;

    /** Runs what users chained to results, which may block as long as it likes. */
    private final ExecutorService results;

    private volatile boolean closed;

    private WorkPools(ExecutorService metadata, ExecutorService decode, ExecutorService results) {
        this.metadata = metadata;
        this.decode = decode;
        this.results = results;
    }

    /**
     * The threads for one open file; closed by whoever made them.
     *
     * @param decode threads that compute, which are not closed with these
     * @param profile of the storage: on a local disk, where nobody waits long, making threads would take longer than
     *     reading
     */
    public static WorkPools create(ExecutorService decode, StorageProfile profile) {
        int threads = Math.min(METADATA_THREADS, Math.max(LEAST_METADATA_THREADS, profile.connections()));
        return new WorkPools(
                virtual().orElseGet(() -> bounded("h5coro-metadata-", threads)),
                decode,
                virtual().orElseGet(() -> unbounded("h5coro-result-")));
    }

    /** Threads that decode; so many at the most. */
    static ExecutorService decoders(int threads) {
        return bounded("h5coro-decode-", threads);
    }

    /** Threads that wait for a local disk; so many at the most. */
    static ExecutorService disk(String name, int threads) {
        return bounded(name, threads);
    }

    /** Threads that open files and may wait; so many at the most where the JVM has no virtual ones. */
    public static ExecutorService openers(int threads) {
        return virtual().orElseGet(() -> bounded("h5coro-open-", threads));
    }

    /** Virtual threads from Java 21 on: a thread for each wait, at the price of an object. */
    private static Optional<ExecutorService> virtual() {
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (ReflectiveOperationException | UnsupportedOperationException before21) {
            return Optional.empty();
        }
    }

    /** A thread for each task, since nobody knows how long one takes; one that is idle is used again. */
    private static ExecutorService unbounded(String name) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Its queue is bounded by what is put into it: the requests of calls, and chunks within the bytes in flight. */
    private static ExecutorService bounded(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Tasks that can block on metadata at once; without bound where threads are virtual. */
    public int metadataThreads() {
        return metadata instanceof ThreadPoolExecutor bounded ? bounded.getMaximumPoolSize() : Integer.MAX_VALUE;
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
