// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * What a read has done, or what all reads of an open file have done so far. A snapshot; immutable.
 *
 * <p>Other files count too: targets of external links, sources of virtual datasets, and files of raw data. Metadata
 * that several reads of one open file wait for at the same time counts for each of them.
 *
 * <pre>{@code
 * H5Array heights = file.read("/gt1l/heights/h_ph");
 * ReadStatistics statistics = file.statistics();
 * System.out.println(statistics.requests() + " requests");
 * }</pre>
 *
 * @param requests range requests sent, without hedged ones
 * @param bytesFetched bytes that came with them
 * @param metadataRequests those of {@code requests} that were for metadata
 * @param metadataBytes bytes that came with them
 * @param metadataWaves longest sequence of metadata requests that waited for one another; those of several files are
 *     added up
 * @param cacheHits metadata reads that needed no request
 * @param bytesWanted stored bytes of the chunks and values that were asked for
 * @param chunks chunks decoded
 * @param chunkHits chunks that were not decoded because they were cached, or because another read was decoding them
 * @param dataCacheHits chunks and runs of values of which all or a part came from a {@link DataCache}
 * @param dataCacheBytes stored bytes of them that came from there
 * @param bytesDecoded bytes of values after decoding
 * @param hedgedRequests second requests, sent because the first was late ({@link ReadOptions#hedgeAfter()}); they
 *     include those of reads at the same time
 * @param retries requests that were sent again because an earlier one had failed; they include those of reads at the
 *     same time, and are not among {@code requests}, but for those that the storage had given up
 * @param nanos wall time from the call to the last result, or until now, in nanoseconds
 * @param unpinned whether the storage of one of the files states no version of it, or is not to be trusted with it
 *     ({@code allow_changing}). A replacement by an object of the same size during the read would not be noticed
 */
public record ReadStatistics(
        long requests,
        long bytesFetched,
        long metadataRequests,
        long metadataBytes,
        long metadataWaves,
        long cacheHits,
        long bytesWanted,
        long chunks,
        long chunkHits,
        long dataCacheHits,
        long dataCacheBytes,
        long bytesDecoded,
        long hedgedRequests,
        long retries,
        long nanos,
        boolean unpinned) {
    /** Returns requests, bytes, chunks and time on one line, for display. */
    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%d requests, %d bytes fetched (%d requests, %d bytes, %d waves for metadata; %d cache hits), %d "
                        + "bytes wanted, "
                        + "%d chunks (%d more were here), %d bytes from the data cache (%d hits), %d bytes decoded, "
                        + "%d hedged requests, %d retries, %.3f s%s",
                requests,
                bytesFetched,
                metadataRequests,
                metadataBytes,
                metadataWaves,
                cacheHits,
                bytesWanted,
                chunks,
                chunkHits,
                dataCacheBytes,
                dataCacheHits,
                bytesDecoded,
                hedgedRequests,
                retries,
                nanos / 1e9,
                unpinned ? ", unpinned" : "");
    }
}
