// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * What a read has done, or what all reads of an open file have done so far. A snapshot.
 *
 * <p>Other files count too: those that external links and virtual datasets lead to, and files of raw data. Metadata
 * that reads of the same open file fetch at the same time count for each of them.
 *
 * @param requests range requests sent, without hedged ones
 * @param bytesFetched bytes that came with them
 * @param metadataRequests those of the requests that were for metadata
 * @param metadataBytes bytes that came with them
 * @param metadataWaves round trips for metadata that followed one another, at most; those of several files are added up
 * @param cacheHits metadata reads that the block cache answered without a request
 * @param bytesWanted stored bytes of the chunks and values that were asked for
 * @param chunks chunks decoded
 * @param chunkHits chunks that were not decoded because they were kept from before, or another read decoded them at the
 *     time
 * @param bytesDecoded bytes of values after decoding
 * @param hedgedRequests second requests, sent because a first was late ({@link ReadOptions#hedgeAfter()}); they include
 *     those of reads at the same time
 * @param nanos wall time from the call to the last result (or until now)
 * @param unpinned whether the storage of one of the files names no version of it, or is not to be believed there
 *     ({@code allow_changing}): if it is replaced by one of the same size while it is read, that is not noticed
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
        long bytesDecoded,
        long hedgedRequests,
        long nanos,
        boolean unpinned) {
    /** One line for people: requests, bytes, chunks and time. */
    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%d requests, %d bytes fetched (%d requests, %d bytes, %d waves for metadata; %d cache hits),"
                        + " %d bytes wanted, "
                        + "%d chunks (%d more were here), %d bytes decoded, %d hedged requests, %.3f s%s",
                requests,
                bytesFetched,
                metadataRequests,
                metadataBytes,
                metadataWaves,
                cacheHits,
                bytesWanted,
                chunks,
                chunkHits,
                bytesDecoded,
                hedgedRequests,
                nanos / 1e9,
                unpinned ? ", unpinned" : "");
    }
}
