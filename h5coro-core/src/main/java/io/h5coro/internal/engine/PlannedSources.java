// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.driver.PaddedRuns;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.ReadLimits;
import io.h5coro.internal.prepare.SourceReads;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes note of what one request would read elsewhere, and reads nothing. Confined to the task that prepares it. */
final class PlannedSources implements SourceReads {
    private final List<SourceCall> calls = new ArrayList<>();
    private final List<PaddedRuns.Part> raw = new ArrayList<>();
    private long rawRuns;

    /**
     * A call that a read would make.
     *
     * @param file the file that it reads
     * @param reads its requests
     */
    record SourceCall(SourceFile file, List<DatasetRead> reads) {}

    @Override
    public boolean isRead() {
        return false;
    }

    @Override
    public Optional<Reading> datasets(SourceFile source, List<DatasetRead> prepared) {
        ReadLimits limits = new ReadLimits(source);
        long bytes = 0;
        for (DatasetRead read : prepared) {
            bytes += read.target().memoryBytes();
            limits.checkResults(read.where(), bytes);
        }
        calls.add(new SourceCall(source, prepared));
        return Optional.empty();
    }

    @Override
    public List<CompletableFuture<byte[]>> raw(SourceFile file, PaddedRuns runs, List<ByteRange> ranges) {
        rawRuns += ranges.size();
        ranges.forEach(range -> raw.addAll(runs.parts(range)));
        return List.of();
    }

    /** Calls of other files, or of the same one for other datasets. */
    List<SourceCall> calls() {
        return calls;
    }

    /** Requests to files of raw data. */
    List<PaddedRuns.Part> raw() {
        return raw;
    }

    /** Runs of values for which these requests are. */
    long rawRuns() {
        return rawRuns;
    }
}
