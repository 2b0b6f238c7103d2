// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.driver.PaddedRuns;
import io.h5coro.model.DatasetRequest;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what is elsewhere.
 *
 * @param counters of the call for which it is done
 */
record CountedSources(ReadCounters counters) implements SourceReads {
    @Override
    public Optional<ReadCall> start(ReadEngine source, List<DatasetRequest> requests, List<DatasetRead> prepared) {
        return Optional.of(source.start(requests, prepared, counters));
    }

    @Override
    public void ended(ReadCall call) {
        counters.ended(call.fetch());
    }

    @Override
    public List<CompletableFuture<byte[]>> raw(ReadEngine engine, PaddedRuns runs, List<ByteRange> ranges) {
        ReadCounters totals = engine.counters();
        for (ByteRange range : ranges) {
            counters.wanted(range.length());
            totals.wanted(range.length());
        }
        return runs.read(ranges, arrived -> {
            counters.raw(1, arrived);
            totals.raw(1, arrived);
        });
    }
}
