// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.model.ReadStatistics;
import java.util.concurrent.atomic.LongAdder;

/** What reads have decoded so far. Thread-safe. */
final class ReadCounters {
    private final long startNanos = System.nanoTime();
    private final LongAdder bytesWanted = new LongAdder();
    private final LongAdder chunks = new LongAdder();
    private final LongAdder chunkHits = new LongAdder();
    private final LongAdder bytesDecoded = new LongAdder();

    /**
     * Requests of a time.
     *
     * @param requests for data
     * @param bytes that came with them
     * @param hedged second requests, for data or metadata
     */
    record DataTraffic(long requests, long bytes, long hedged) {}

    void wanted(long bytes) {
        bytesWanted.add(bytes);
    }

    /** Counts a chunk: decoded, or taken as somebody else has decoded it. */
    void chunk(boolean decoded) {
        (decoded ? chunks : chunkHits).increment();
    }

    void decoded(long bytes) {
        bytesDecoded.add(bytes);
    }

    /**
     * The figures of a time.
     *
     * @param data requests for data
     * @param before what the cache had done at the start of that time
     * @param now what it has done at its end
     * @param endNanos the end of that time
     */
    ReadStatistics snapshot(DataTraffic data, CacheStatistics before, CacheStatistics now, long endNanos) {
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
                bytesDecoded.sum(),
                data.hedged(),
                endNanos - startNanos);
    }
}
