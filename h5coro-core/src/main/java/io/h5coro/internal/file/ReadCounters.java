// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.model.ReadStatistics;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What reads have decoded so far, and fetched besides what their own fetch counts: of raw files, and by calls of other
 * files that they made. Thread-safe.
 */
public final class ReadCounters {
    /** What {@link #snapshot} measures from. */
    private final long startNanos;

    private final LongAdder bytesWanted = new LongAdder();
    private final LongAdder chunks = new LongAdder();
    private final LongAdder chunkHits = new LongAdder();
    private final LongAdder bytesDecoded = new LongAdder();
    private final LongAdder storedPieces = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();

    private final Object lock = new Object();

    /**
     * Calls under way that were made for this one. Invariant: each is counted either here, while it runs, or in the two
     * sums, never in both.
     */
    @GuardedBy("lock")
    private final Set<Fetch> elsewhere = new HashSet<>();

    /** Requests of calls that have ended, and for raw files. */
    @GuardedBy("lock")
    private long requestsElsewhere;

    /** Bytes that came with them. */
    @GuardedBy("lock")
    private long bytesElsewhere;

    /** What came from a data cache for them. */
    @GuardedBy("lock")
    private Stored storedElsewhere = Stored.NONE;

    /**
     * Counts from now on.
     *
     * @param startNanos now, by the clock of {@link #snapshot}
     */
    public ReadCounters(long startNanos) {
        this.startNanos = startNanos;
    }

    /** What fetches for a call. Thread-safe. */
    public interface Fetch {
        /** Requests answered so far. */
        long requests();

        /** Bytes of the answers so far. */
        long bytesFetched();

        /** What came from a data cache so far. */
        Stored stored();
    }

    /**
     * What came from a data cache.
     *
     * @param pieces chunks and runs of values, of which all or a part came from there
     * @param bytes stored bytes of them that came from there
     */
    public record Stored(long pieces, long bytes) {
        /** Nothing. */
        public static final Stored NONE = new Stored(0, 0);

        /** That, and more. */
        public Stored plus(long morePieces, long moreBytes) {
            return new Stored(pieces + morePieces, bytes + moreBytes);
        }

        /** Both together. */
        public Stored plus(Stored other) {
            return plus(other.pieces, other.bytes);
        }
    }

    /**
     * Requests of a time.
     *
     * @param requests for data
     * @param bytes that came with them
     * @param stored what came from a data cache
     * @param hedged second requests, for data or metadata
     * @param retries requests that were sent again, for data or metadata
     */
    public record DataTraffic(long requests, long bytes, Stored stored, long hedged, long retries) {}

    /** Counts bytes that a request wants. */
    public void wanted(long bytes) {
        bytesWanted.add(bytes);
    }

    /** Counts chunks: decoded, or taken as somebody else has decoded them. */
    public void chunks(int count, boolean decoded) {
        (decoded ? chunks : chunkHits).add(count);
    }

    /** Counts bytes of values. */
    public void decoded(long bytes) {
        bytesDecoded.add(bytes);
    }

    /** Counts a piece that came from a data cache, in whole or in part. */
    public void stored(long bytes) {
        storedPieces.increment();
        storedBytes.add(bytes);
    }

    /** Counts what a call fetches that was made for this one. */
    public void begun(Fetch other) {
        synchronized (lock) {
            elsewhere.add(other);
        }
    }

    /** Keeps the figures of such a call, and no longer the call, which holds what it read. */
    public void ended(Fetch other) {
        synchronized (lock) {
            if (elsewhere.remove(other)) {
                requestsElsewhere += other.requests();
                bytesElsewhere += other.bytesFetched();
                storedElsewhere = storedElsewhere.plus(other.stored());
            }
        }
    }

    /** Counts what came from a file of raw data. */
    public void raw(long requests, long bytes) {
        synchronized (lock) {
            requestsElsewhere += requests;
            bytesElsewhere += bytes;
        }
    }

    /** What was fetched besides by other calls and of raw files. */
    public DataTraffic elsewhere() {
        synchronized (lock) {
            long requests = requestsElsewhere;
            long bytes = bytesElsewhere;
            Stored stored = storedElsewhere.plus(storedPieces.sum(), storedBytes.sum());
            for (Fetch other : elsewhere) {
                requests += other.requests();
                bytes += other.bytesFetched();
                stored = stored.plus(other.stored());
            }
            return new DataTraffic(requests, bytes, stored, 0, 0);
        }
    }

    /**
     * The figures of a time.
     *
     * @param data requests for data
     * @param before what the cache had done at the start of that time
     * @param now what it has done at its end
     * @param endNanos the end of that time
     */
    public ReadStatistics snapshot(DataTraffic data, CacheStatistics before, CacheStatistics now, long endNanos) {
        long metadataRequests = now.requests() - before.requests();
        long metadataBytes = now.bytesFetched() - before.bytesFetched();
        return new ReadStatistics(
                data.requests() + metadataRequests,
                data.bytes() + metadataBytes,
                metadataRequests,
                metadataBytes,
                now.waves() - before.waves(),
                now.hits() - before.hits(),
                bytesWanted.sum(),
                chunks.sum(),
                chunkHits.sum(),
                data.stored().pieces(),
                data.stored().bytes(),
                bytesDecoded.sum(),
                data.hedged(),
                data.retries(),
                endNanos - startNanos,
                now.unpinned());
    }
}
