// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.fetch.FlightControl;
import io.h5coro.storage.RangeReader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an open file and all files that it names have cost together: what a call fetches depends on neither alone.
 * Thread-safe.
 */
public final class ReadTotals {
    private final ReadCounters counters;

    /** Also those of files that turned out not to be HDF5, or not to exist. */
    private final Set<RangeBlockCache> metadata = ConcurrentHashMap.newKeySet();

    private final Set<FlightControl> data = ConcurrentHashMap.newKeySet();

    private final Set<RangeReader> readers = ConcurrentHashMap.newKeySet();

    /** Nothing so far. */
    ReadTotals(ReadCounters counters) {
        this.counters = counters;
    }

    /** Counts what a reader sends again. */
    public void add(RangeReader reader) {
        readers.add(reader);
    }

    /** Counts what a cache fetches; a second time changes nothing. */
    public void add(RangeBlockCache cache) {
        metadata.add(cache);
    }

    /** Counts the requests for data that go through a control. */
    public void add(FlightControl control) {
        data.add(control);
    }

    /** What was decoded. */
    public ReadCounters counters() {
        return counters;
    }

    /** What was fetched of metadata; waves of different files count as if they followed one another. */
    public CacheStatistics metadata() {
        long requests = 0;
        long bytes = 0;
        long reads = 0;
        long hits = 0;
        long evicted = 0;
        long waves = 0;
        boolean unpinned = false;
        for (RangeBlockCache cache : metadata) {
            CacheStatistics one = cache.statistics();
            requests += one.requests();
            bytes += one.bytesFetched();
            reads += one.reads();
            hits += one.hits();
            evicted += one.evictedBlocks();
            waves += one.waves();
            unpinned |= one.unpinned();
        }
        return new CacheStatistics(requests, bytes, reads, hits, evicted, waves, unpinned);
    }

    /** Requests that were sent again so far, by the storage or after it had given them up. */
    public long retries() {
        return readers.stream().mapToLong(RangeReader::retries).sum()
                + data.stream().mapToLong(FlightControl::retries).sum();
    }

    /** Requests for data so far. */
    public ReadCounters.DataTraffic data(long hedged) {
        ReadCounters.DataTraffic raw = counters.elsewhere();
        long requests = raw.requests();
        long bytes = raw.bytes();
        for (FlightControl control : data) {
            requests += control.requests();
            bytes += control.bytesFetched();
        }
        return new ReadCounters.DataTraffic(requests, bytes, raw.stored(), hedged, retries());
    }
}
