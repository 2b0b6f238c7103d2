// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.file.ReadCounters.DataTraffic;
import io.h5coro.internal.file.ReadCounters.Stored;
import io.h5coro.model.ReadStatistics;
import org.junit.jupiter.api.Test;

final class ReadCountersTest {
    private final ReadCounters counters = new ReadCounters(System.nanoTime());

    /** A call that fetches more as time goes on. */
    private static final class Growing implements ReadCounters.Fetch {
        private long requests;

        @Override
        public long requests() {
            return requests;
        }

        @Override
        public long bytesFetched() {
            return 100 * requests;
        }

        @Override
        public Stored stored() {
            return new Stored(requests, 10 * requests);
        }
    }

    @Test
    void countsWhatOtherCallsFetchWhileTheyRunAndOnceTheyHaveEnded() {
        Growing other = new Growing();
        counters.begun(other);
        other.requests = 2;
        assertEquals(new DataTraffic(2, 200, new Stored(2, 20), 0, 0), counters.elsewhere());
        other.requests = 3;
        counters.ended(other);
        other.requests = 50;
        counters.ended(other);
        assertEquals(new DataTraffic(3, 300, new Stored(3, 30), 0, 0), counters.elsewhere());
        counters.raw(1, 7);
        counters.stored(5);
        assertEquals(new DataTraffic(4, 307, new Stored(4, 35), 0, 0), counters.elsewhere());
    }

    @Test
    void aSnapshotIsTheDifferenceOfTheCacheAndTheSumOfTheRest() {
        counters.wanted(1000);
        counters.chunks(1, true);
        counters.chunks(1, true);
        counters.chunks(1, false);
        counters.decoded(4000);
        CacheStatistics before = new CacheStatistics(5, 500, 50, 20, 0, 2, false);
        CacheStatistics now = new CacheStatistics(8, 900, 99, 21, 1, 4, true);
        ReadStatistics told =
                counters.snapshot(new DataTraffic(10, 2000, new Stored(6, 60), 1, 2), before, now, System.nanoTime());
        assertEquals(13, told.requests());
        assertEquals(2400, told.bytesFetched());
        assertEquals(3, told.metadataRequests());
        assertEquals(400, told.metadataBytes());
        assertEquals(1000, told.bytesWanted());
        assertEquals(2, told.chunks());
        assertEquals(1, told.chunkHits());
        assertEquals(6, told.dataCacheHits());
        assertEquals(60, told.dataCacheBytes());
        assertEquals(4000, told.bytesDecoded());
        assertEquals(1, told.hedgedRequests());
        assertEquals(2, told.retries());
    }
}
