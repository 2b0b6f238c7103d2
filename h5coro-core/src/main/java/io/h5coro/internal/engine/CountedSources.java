// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.driver.PaddedRuns;
import io.h5coro.internal.file.ReadCounters;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.SourceReads;
import io.h5coro.model.OpaqueArray;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what is elsewhere.
 *
 * @param counters of the call for which it is done
 * @param room has the memory of what is read
 */
record CountedSources(ReadCounters counters, ResultRoom room) implements SourceReads {
    @Override
    public Optional<Reading> datasets(SourceFile source, List<DatasetRead> prepared) {
        List<String> names = prepared.stream().map(read -> read.target().name()).toList();
        Call call = Call.part(source, names, this);
        call.start(prepared);
        return Optional.of(new CallReading(call, names, counters));
    }

    /**
     * A call for values of one file's datasets.
     *
     * @param names of its requests by their index
     */
    private record CallReading(Call call, List<String> names, ReadCounters counters) implements Reading {
        @Override
        public CompletableFuture<byte[]> bytes(int index) {
            return Objects.requireNonNull(call.future(names.get(index)))
                    .thenApply(values -> ((OpaqueArray) values).bytes());
        }

        @Override
        public void cancel() {
            call.cancel();
        }

        @Override
        public void close() {
            call.countNoLonger(counters);
        }
    }

    @Override
    public List<CompletableFuture<byte[]>> raw(SourceFile file, PaddedRuns runs, List<ByteRange> ranges) {
        ReadCounters totals = file.totals().counters();
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
