// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one open file: those that wait for metadata, and those that decode. All are daemons and end when idle.
 * Thread-safe.
 */
public final class WorkPools implements AutoCloseable {
    /**
     * Metadata threads where the JVM has no virtual ones. They wait nearly all the time; a request more than this waits
     * for its turn, which costs a round trip.
     */
    private static final int METADATA_THREADS = 32;

    private static final long IDLE_SECONDS = 5;

    private final ExecutorService metadata;
    private final ExecutorService decode;

    private WorkPools(ExecutorService metadata, ExecutorService decode) {
        this.metadata = metadata;
        this.decode = decode;
    }

    /** Pools of their own; closed by whoever made them. */
    public static WorkPools create(int decodeThreads) {
        return new WorkPools(waiting(), bounded("h5coro-decode-", decodeThreads));
    }

    /** Virtual threads from Java 21 on: a thread for each wait, at the price of an object. */
    private static ExecutorService waiting() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException | UnsupportedOperationException before21) {
            return bounded("h5coro-metadata-", METADATA_THREADS);
        }
    }

    /** Its queue is bounded by what is put into it: the requests of calls, and chunks within the bytes in flight. */
    private static ExecutorService bounded(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Threads for tasks that block on metadata. */
    ExecutorService metadata() {
        return metadata;
    }

    /** Threads for tasks that compute. */
    ExecutorService decode() {
        return decode;
    }

    /** Takes no more tasks; those that were taken still run. */
    @Override
    public void close() {
        metadata.shutdown();
        decode.shutdown();
    }
}
