// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

/**
 * What a block cache has done so far. A snapshot.
 *
 * @param requests ranges asked of the storage
 * @param bytesFetched bytes that came back
 * @param reads reads asked of the cache
 * @param hits reads that were answered without waiting for the storage
 * @param evictedBlocks blocks given up to stay within the bound
 * @param waves round trips that followed one another: a request belongs to the wave behind the last that was answered
 *     in part when it was sent
 * @param unpinned whether the storage names no version of the object
 */
public record CacheStatistics(
        long requests, long bytesFetched, long reads, long hits, long evictedBlocks, long waves, boolean unpinned) {
    /** Nothing done. */
    public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0, 0, 0, false);
}
