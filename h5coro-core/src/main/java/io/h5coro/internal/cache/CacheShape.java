// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.storage.StorageProfile;

/**
 * In which pieces a cache fetches and keeps. Immutable.
 *
 * @param blockBytes unit of both
 * @param firstBytes length of the first request, when it is for the start of the object
 * @param gapBlocks so many blocks between two others are fetched with them
 * @param boundBytes most bytes that are kept
 * @param connections requests that are usefully under way at once
 */
public record CacheShape(int blockBytes, int firstBytes, int gapBlocks, long boundBytes, int connections) {
    static CacheShape of(BlockSizes sizes, long boundBytes, StorageProfile profile) {
        return new CacheShape(
                sizes.blockBytes(), sizes.firstBytes(), sizes.gapBlocks(), boundBytes, profile.connections());
    }
}
