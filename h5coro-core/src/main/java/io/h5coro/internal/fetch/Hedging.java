// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.internal.watch.Watch;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.machine.Machine;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends a second, identical request where a first one is much later than others, and takes the answer that comes first:
 * one slow server among many, or a connection that went dead, then costs seconds, not a time-out. One for an open file
 * and all files that it names. Thread-safe.
 *
 * <p>What it may cost is bounded, since a store that is slow because it has too much to do must not get more: at most
 * {@link #MOST_AT_ONCE} second requests under way, and one for each {@link #REQUESTS_FOR_ONE} requests besides the
 * first {@link #FREE}.
 */
public final class Hedging implements AutoCloseable {
    /** More at once are late because of the network as a whole, where second requests only take bandwidth away. */
    static final int MOST_AT_ONCE = 4;

    /** What a file of a few requests may need; a read of one slice has no more. */
    static final int FREE = 4;

    /** Five in a hundred: the slowest requests of a store that is well are fewer. */
    static final int REQUESTS_FOR_ONE = 20;

    /** Age below which no request is late; 0 turns hedging off. */
    private final long earliestNanos;

    private final Alarm alarm;
    private final Watch watch;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;

    Hedging(long earliestNanos, Alarm alarm) {
        this(earliestNanos, alarm, Watch.NONE);
    }

    /**
     * Hedges and tells.
     *
     * @param watch is told of all requests
     */
    Hedging(long earliestNanos, Alarm alarm, Watch watch) {
        this.earliestNanos = earliestNanos;
        this.alarm = alarm;
        this.watch = watch;
    }

    /** As the options say: {@code hedgeAfter} and {@code listener}. Starts no thread before a request is late. */
    public static Hedging of(ReadOptions options, Machine machine) {
        return new Hedging(
                options.hedgeAfter().toNanos(),
                new DaemonAlarm(machine),
                Watch.of(machine::nanoTime, options.listener().orElse(null)));
    }

    /** None at all. */
    public static Hedging none() {
        return new Hedging(0, new DaemonAlarm(Machine.ofThisProcess()));
    }

    /**
     * A reader that hedges the requests to another, and tells of them; that one itself where hedging is off or of no
     * use, and nobody is to be told.
     *
     * @param reader is closed with the one that is returned
     */
    public RangeReader around(RangeReader reader) {
        // On a disk a second request waits for the same thing as the first.
        RangeReader hedged = reader.profile().isFar() && earliestNanos > 0 ? new HedgedReader(reader, this) : reader;
        return watch == Watch.NONE ? hedged : new WatchedReader(hedged, watch);
    }

    /** Who is told of the requests, and of what else the reads of these files do. */
    public Watch watch() {
        return watch;
    }

    /** How many second requests were sent. */
    public long sent() {
        return sent.get();
    }

    long earliestNanos() {
        return earliestNanos;
    }

    Alarm alarm() {
        return alarm;
    }

    /**
     * Takes note of first requests, which allow further second ones.
     *
     * @param count requests whose responses are watched
     */
    void asked(int count) {
        requests.addAndGet(count);
    }

    /** Whether a second request may be sent now; it is counted then, and ends with {@link #ended}. */
    boolean mayAsk() {
        if (underWay.incrementAndGet() > MOST_AT_ONCE || closed) {
            underWay.decrementAndGet();
            return false;
        }
        if (sent.incrementAndGet() > FREE + requests.get() / REQUESTS_FOR_ONE) {
            sent.decrementAndGet();
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Takes back {@link #mayAsk}: there is nothing to ask any more. */
    void notAsked() {
        sent.decrementAndGet();
        underWay.decrementAndGet();
    }

    void ended() {
        underWay.decrementAndGet();
    }

    /** Sends no further second request, and lets its thread go. Idempotent. */
    @Override
    public void close() {
        closed = true;
        alarm.close();
    }
}
