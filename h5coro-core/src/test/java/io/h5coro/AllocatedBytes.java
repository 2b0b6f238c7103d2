// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Bytes that the threads of the current thread's group allocate, from the making of this object on. A pool's threads
 * are in the group of the thread that gave them their first task, so a call made in a group of its own is counted with
 * all its threads. Threads that have ended are not counted, nor are virtual ones, which have no count.
 */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long SUSPECT = 1L << 31;

    private static final int MOST_COUNTS = 50;

    private final Map<Long, Long> before = byThread();

    /**
     * Bytes so far. A count that may be too high by one thread ({@link #readings}) is taken again a moment later: it is
     * right once that thread goes on.
     */
    public long count() {
        long least = sum();
        for (int i = 0; least > SUSPECT && i < MOST_COUNTS; i++) {
            LockSupport.parkNanos(1_000_000);
            least = Math.min(least, sum());
        }
        return least;
    }

    private long sum() {
        long sum = 0;
        for (Map.Entry<Long, Long> thread : byThread().entrySet()) {
            sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    private static Map<Long, Long> byThread() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] live = new Thread[group.activeCount() + 64];
        int count = group.enumerate(live, false);
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = live[i].getId();
        }
        long[] bytes = readings(ids);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < count; i++) {
            if (bytes[i] >= 0) {
                byThread.put(ids[i], bytes[i]);
            }
        }
        return byThread;
    }

    /**
     * The lesser of two readings. A thread that is just given memory to allocate in may be read some 3 GiB too high:
     * "semi-initialized TLAB" in OpenJDK 17's thread.inline.hpp.
     */
    private static long[] readings(long... ids) {
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        long[] again = THREADS.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            bytes[i] = Math.min(bytes[i], again[i]); // -1 of one that has ended
        }
        return bytes;
    }
}
