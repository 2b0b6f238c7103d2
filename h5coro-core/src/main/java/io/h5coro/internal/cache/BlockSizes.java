// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageProfile;

/**
 * In which pieces metadata is fetched. Immutable.
 *
 * <p>What a request costs can be said in bytes: latency times the bandwidth of a connection, 5.4 MB at 60 ms and
 * 90 MB/s, 40 kB on a local disk.
 *
 * @param blockBytes unit of fetching and keeping, a power of two
 * @param firstBytes length of the first request when it starts at the start of the object; a multiple of the block
 * @param gapBlocks most unwanted blocks between two wanted ones that one request reads rather than two skip
 * @param requestBlocks longest request
 */
record BlockSizes(int blockBytes, int firstBytes, int gapBlocks, int requestBlocks) {
    /**
     * A block is this part of what a request costs: small enough that what is read for nothing costs 5% of a round
     * trip, and still large enough that the neighbours of a structure (which writers allocate together) come with it.
     */
    private static final int REQUEST_PART = 20;

    /** Below this a local read is all system call. */
    private static final int LEAST_BLOCK = 8 << 10;

    /** Above this a chain of pointers over a large file wastes megabytes; the default cache holds 256 of them. */
    private static final int LARGEST_BLOCK = 256 << 10;

    /**
     * The first request is four blocks: 1 MiB of an object store, a fifth of a round trip. Superblock, root group and
     * most headers of ordinary files stand there, and small files are had whole in one request.
     */
    private static final int FIRST_BLOCKS = 4;

    /** One block of gap: two requests under way together are as fast as one that reads twice as much, but cost more. */
    private static final int GAP_BLOCKS = 1;

    /** A cache of fewer blocks would throw out what one look-up still needs. */
    private static final int LEAST_BLOCKS = 8;

    private static final int SMALLEST_BLOCK = 512;

    static BlockSizes of(ReadOptions options, StorageProfile profile) {
        int block = options.blockBytes() != 0 ? options.blockBytes() : fitting(profile);
        while (block > SMALLEST_BLOCK && block > options.cacheBytes() / LEAST_BLOCKS) {
            block /= 2;
        }
        long first = options.firstReadBytes() != 0 ? options.firstReadBytes() : (long) FIRST_BLOCKS * block;
        int most = 1 << 30;
        int firstBytes = (int) Math.min(most, (first + block - 1) / block * block);
        return new BlockSizes(block, firstBytes, GAP_BLOCKS, Math.max(1, options.maxRequestBytes() / block));
    }

    private static int fitting(StorageProfile profile) {
        double requestCostBytes = profile.firstByteMicros() / 1e6 * profile.bytesPerSecond();
        long wanted = (long) Math.min(LARGEST_BLOCK, Math.max(LEAST_BLOCK, requestCostBytes / REQUEST_PART));
        return (int) Long.highestOneBit(wanted);
    }
}
