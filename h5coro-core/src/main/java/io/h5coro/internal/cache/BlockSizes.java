// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageProfile;

/**
 * In which pieces metadata is fetched. Immutable.
 *
 * <p>What a request costs can be said in bytes: latency times the bandwidth of a connection, 5.4 MB at 60 ms and 90
 * MB/s, 40 kB on a local disk.
 *
 * <p>Without options: 64 KiB blocks, 1 MiB first, 0.9 MB ahead at 60 ms and 90 MB/s (5.4 MB / 80 is 67 kB). On a local
 * disk 8 KiB blocks, 128 KiB first, 112 KiB ahead.
 *
 * @param blockBytes unit of fetching and keeping, a power of two
 * @param firstBytes length of the first request when it starts at the start of the object; a multiple of the block
 * @param aheadBlocks length of a request that nothing else is waited for with
 * @param gapBlocks most unwanted blocks between two wanted ones that one request reads rather than two skip
 * @param requestBlocks longest request
 */
record BlockSizes(int blockBytes, int firstBytes, int aheadBlocks, int gapBlocks, int requestBlocks) {
    /**
     * A block is this part of what a request costs. Where many look-ups are under way at once, each in a place of its
     * own, bytes cost more than latency: the 24 chunk indexes of the granule of docs/performance.md read 8.5 MB of
     * metadata in blocks of 128 KiB, 4.9 MB in blocks of 64 KiB, in the same round trips; in blocks of 32 KiB a slice
     * takes one more.
     */
    private static final int BLOCK_PART = 80;

    /** Below this a local read is all system call. */
    private static final int LEAST_BLOCK = 8 << 10;

    /** The default cache holds 1024 of these. */
    private static final int LARGEST_BLOCK = 64 << 10;

    /**
     * The first request is this many blocks: 1 MiB of an object store, a fifth of a round trip. Superblock, root group
     * and most headers of ordinary files come with it, small files whole.
     */
    private static final int FIRST_BLOCKS = 16;

    /**
     * A request that follows one pointer after another while nothing else is under way is this many blocks, 0.9 MB of
     * an object store: what a structure points at often stands close behind it. Of the seven distant pointers to a
     * chunk of the granule of docs/performance.md, two lead less than 0.9 MB ahead, the next one 3.4 MB.
     */
    private static final int AHEAD_BLOCKS = 14;

    /**
     * Two blocks of gap, 128 KiB of an object store: two requests under way together are as fast as one that reads
     * more, but cost more.
     */
    private static final int GAP_BLOCKS = 2;

    /** A cache of fewer blocks would throw out what one look-up still needs. */
    private static final int LEAST_BLOCKS = 32;

    private static final int SMALLEST_BLOCK = 512;

    /** On a local disk nothing is gained by requests that are shorter than this. */
    private static final int LEAST_SPLIT = 1 << 20;

    /**
     * The sizes for an object: as the options say, else as fits its storage.
     *
     * @param options sizes of 0 leave the choice to the profile; a small cache makes blocks smaller, but not below 512
     *     bytes
     * @param profile latency and bandwidth of one connection
     */
    static BlockSizes of(ReadOptions options, StorageProfile profile) {
        int block = options.blockBytes() != 0 ? options.blockBytes() : fitting(profile);
        while (block > SMALLEST_BLOCK && block > options.cacheBytes() / LEAST_BLOCKS) {
            block /= 2;
        }
        long first = options.firstReadBytes() != 0 ? options.firstReadBytes() : (long) FIRST_BLOCKS * block;
        int most = 1 << 30;
        int firstBytes = (int) Math.min(most, (first + block - 1) / block * block);
        int longest = Math.max(1, (int) (Math.min(options.maxRequestBytes(), split(profile)) / block));
        // Who chooses the unit of fetching shall get it: that is how to be frugal with bytes.
        int ahead = options.blockBytes() != 0 ? 1 : Math.min(longest, AHEAD_BLOCKS);
        return new BlockSizes(block, firstBytes, ahead, GAP_BLOCKS, longest);
    }

    /**
     * Longer requests are split over connections: they take half of a round trip to transfer, as those for data do,
     * which are not below a megabyte either.
     */
    private static long split(StorageProfile profile) {
        return (long) Math.max(LEAST_SPLIT, profile.firstByteMicros() / 1e6 * profile.bytesPerSecond() / 2);
    }

    /** The largest power of two that is not above the wanted part of a request's cost, within the bounds. */
    private static int fitting(StorageProfile profile) {
        double requestCostBytes = profile.firstByteMicros() / 1e6 * profile.bytesPerSecond();
        long wanted = (long) Math.min(LARGEST_BLOCK, Math.max(LEAST_BLOCK, requestCostBytes / BLOCK_PART));
        return (int) Long.highestOneBit(wanted);
    }
}
