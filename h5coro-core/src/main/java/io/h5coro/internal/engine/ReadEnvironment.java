// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.fetch.Hedging;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.model.FileId;
import io.h5coro.storage.RangeReader;

/**
 * What an engine works with: all of one open file. Everything in it is thread-safe.
 *
 * @param id which file it is
 * @param reader where data come from; stays the caller's
 * @param cache metadata of the same reader; data that it holds are not fetched again
 * @param space the file's address space, whose options are the engine's
 * @param resolver finds what requests name
 * @param indexes finds chunks
 * @param filters undo filters
 * @param files files that this one names
 * @param hedging what hedges the reader's requests
 * @param freshness whether metadata still hold
 * @param totals what this file and those that it names have cost
 */
public record ReadEnvironment(
        FileId id,
        RangeReader reader,
        RangeBlockCache cache,
        FileSpace space,
        RequestResolver resolver,
        ChunkIndexSource indexes,
        FilterRegistry filters,
        SourceFiles files,
        Hedging hedging,
        Freshness freshness,
        ReadTotals totals) {
    /** A file that may name no other, whose requests are not hedged, and that is read for the first time. */
    public ReadEnvironment(
            RangeReader reader,
            RangeBlockCache cache,
            FileSpace space,
            RequestResolver resolver,
            ChunkIndexSource indexes,
            FilterRegistry filters) {
        this(
                FileId.opened(reader.source()),
                reader,
                cache,
                space,
                resolver,
                indexes,
                filters,
                SourceFiles.none(),
                Hedging.none(),
                Freshness.certain(),
                new ReadTotals());
    }
}
