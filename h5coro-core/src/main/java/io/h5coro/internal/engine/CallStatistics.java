// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.event.ReadEvent;
import io.h5coro.internal.cache.CacheStatistics;
import io.h5coro.internal.file.FetchCosts;
import io.h5coro.internal.file.ReadCounters;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadStatistics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one call costs: for itself, for the call that it is a part of, and for the file. Thread-safe. */
final class CallStatistics {
    private final SourceFile file;
    private final FetchCosts fetch;
    private final ReadCounters counters;

    /** Whether the call was made for another one, which counts for it. */
    private final boolean forAnother;

    private final CacheStatistics metadataBefore;
    private final long hedgedBefore;
    private final long retriesBefore;
    private final long startNanos;

    /** Bytes of results that are in memory of the caller's, by the names of their requests. */
    private final Map<String, Long> direct = new ConcurrentHashMap<>();

    private volatile @Nullable ReadStatistics atEnd;

    /**
     * Counts from now on.
     *
     * @param counters those of the call for which this one is made; null when there is none
     */
    CallStatistics(SourceFile file, @Nullable ReadCounters counters, FetchCosts fetch) {
        this.file = file;
        this.fetch = fetch;
        this.startNanos = file.machine().nanoTime();
        this.counters = counters == null ? new ReadCounters(startNanos) : counters;
        this.forAnother = counters != null;
        this.metadataBefore = forAnother ? CacheStatistics.NONE : file.totals().metadata();
        this.hedgedBefore = file.hedging().sent();
        this.retriesBefore = file.totals().retries();
    }

    /** Says that the call begins. */
    void begin() {
        if (forAnother) {
            counters.begun(fetch);
        }
    }

    ReadCounters counters() {
        return counters;
    }

    void wanted(long bytes) {
        counters.wanted(bytes);
        file.totals().counters().wanted(bytes);
    }

    void chunks(int count, boolean decoded) {
        if (count > 0) {
            counters.chunks(count, decoded);
            file.totals().counters().chunks(count, decoded);
        }
    }

    /** Counts a result. Values that another call makes its own of are that one's result. */
    void delivered(@Nullable H5Array array) {
        if (!forAnother && array != null) {
            long bytes = (long) array.length() * array.type().size();
            counters.decoded(bytes);
            file.totals().counters().decoded(bytes);
        }
    }

    /** Counts a result that the caller has in its own memory. */
    void delivered(DatasetRead.Target target) {
        if (!forAnother) {
            long bytes = (long) target.elementCount() * target.type().size();
            direct.put(target.name(), bytes);
            counters.decoded(bytes);
            file.totals().counters().decoded(bytes);
        }
    }

    /** Tells whoever watches the file of a request that has ended, unless the call was made for another one. */
    void ended(Outcome outcome) {
        if (forAnother || !file.watch().isOn()) {
            return;
        }
        H5Array array = outcome.array();
        long bytes = array == null ? 0 : (long) array.length() * array.type().size();
        file.watch()
                .delivered(new ReadEvent.Delivered(
                        file.source(),
                        outcome.name(),
                        outcome.failure() == null ? direct.getOrDefault(outcome.name(), bytes) : 0,
                        file.machine().nanoTime() - startNanos,
                        outcome.failure()));
    }

    /** Keeps the figures as they are now, the first time. */
    void end() {
        if (!forAnother && atEnd == null) {
            atEnd = snapshot();
        }
    }

    /** The figures of now, or of the end. */
    ReadStatistics now() {
        ReadStatistics last = atEnd;
        return last != null ? last : snapshot();
    }

    private ReadStatistics snapshot() {
        ReadCounters.DataTraffic elsewhere = counters.elsewhere();
        return counters.snapshot(
                new ReadCounters.DataTraffic(
                        fetch.requests() + elsewhere.requests(),
                        fetch.bytesFetched() + elsewhere.bytes(),
                        fetch.stored().plus(elsewhere.stored()),
                        file.hedging().sent() - hedgedBefore,
                        file.totals().retries() - retriesBefore),
                metadataBefore,
                file.totals().metadata(),
                file.machine().nanoTime());
    }
}
