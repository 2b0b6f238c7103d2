// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.lang.reflect.Method;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for the network: virtual where the JVM has them (21 and later), else daemons. */
final class IoThreads {
    private static final String NAME = "h5coro-s3-";

    /**
     * How long an idle thread is kept. Long enough to last from one wave of a read to the next; none of them keeps
     * the process alive meanwhile.
     */
    private static final int IDLE_SECONDS = 5;

    private IoThreads() {}

    /**
     * Returns a pool that runs at most {@code width} tasks at once, queues the others in order, and has no thread when
     * idle.
     *
     * <p>The width is the number of connections. Virtual threads are bounded by it too.
     */
    static ThreadPoolExecutor pool(int width) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                width, width, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory factory() {
        try {
            // Thread.ofVirtual().name(NAME, 0).factory(), which a release of 17 cannot name.
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Method name = type.getMethod("name", String.class, long.class);
            return (ThreadFactory) type.getMethod("factory").invoke(name.invoke(builder, NAME, 0L));
        } catch (ReflectiveOperationException e) {
            return daemons();
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, NAME + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
