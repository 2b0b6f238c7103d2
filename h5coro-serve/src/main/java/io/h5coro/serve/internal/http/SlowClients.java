// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Ends connections whose clients take less than 16 KiB a second of an answer, measured over the time that the answer
 * waits for them. Thread-safe.
 */
final class SlowClients {
    private static final long LEAST_BYTES_PER_SECOND = 16 << 10;
    private static final double SECOND = 1e9;

    private final long graceNanos;
    private final LongSupplier clock;
    private final Set<Flow> flows = ConcurrentHashMap.newKeySet();

    /**
     * Watches nobody yet.
     *
     * @param grace time that an answer waits for its client between two measurements
     * @param clock nanoseconds
     */
    SlowClients(Duration grace, LongSupplier clock) {
        this.graceNanos = grace.toNanos();
        this.clock = clock;
    }

    /**
     * Watches an answer until it is closed.
     *
     * @param taken bytes that the connection has taken so far
     * @param end ends the connection
     */
    Flow watch(LongSupplier taken, Runnable end) {
        Flow flow = new Flow(taken, end);
        flows.add(flow);
        return flow;
    }

    /** Ends those that are too slow. */
    void endSlow() {
        long now = clock.getAsLong();
        for (Flow flow : flows) {
            if (flow.isSlow(now)) {
                flow.end.run();
            }
        }
    }

    /** Of one answer. */
    final class Flow implements AutoCloseable {
        private final LongSupplier taken;
        private final Runnable end;

        @GuardedBy("this")
        private boolean waits;

        @GuardedBy("this")
        private long since;

        /** Nanoseconds of waiting that are over, since the last measurement. */
        @GuardedBy("this")
        private long waited;

        /** Bytes at the last measurement. */
        @GuardedBy("this")
        private long before;

        private Flow(LongSupplier taken, Runnable end) {
            this.taken = taken;
            this.end = end;
            this.before = taken.getAsLong();
        }

        /** Notes that the answer waits for its client from now on. */
        synchronized void begin() {
            if (waited == 0) {
                before = taken.getAsLong(); // what went into the buffers of the system at once was no waiting
            }
            waits = true;
            since = clock.getAsLong();
        }

        /** Notes that the client has taken what there was. */
        synchronized void end() {
            if (!waits) {
                return;
            }
            waits = false;
            waited += clock.getAsLong() - since;
        }

        private synchronized boolean isSlow(long now) {
            if (!waits || waited + now - since < graceNanos) {
                return false;
            }
            long bytes = taken.getAsLong();
            boolean slow = bytes - before < (waited + now - since) / SECOND * LEAST_BYTES_PER_SECOND;
            waited = 0;
            since = now;
            before = bytes;
            return slow;
        }

        @Override
        public void close() {
            flows.remove(this);
        }
    }
}
