// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the stored chunks of a dataset. Thread-safe; may keep what it has read of the index.
 *
 * <p>Look-ups block on metadata reads (through the block cache) and cost in proportion to the box, not to the dataset,
 * where the on-disk index allows it.
 */
public interface ChunkIndex {
    /** Takes chunks, on the thread that looks them up. There may be millions, so none is an object. */
    interface Receiver {
        /**
         * Takes a chunk that is stored.
         *
         * @param coordinate its place in the chunk grid; used again for the next one
         * @param address first stored byte, relative to the base address
         * @param storedSize stored bytes
         * @param filterMask bit i set: filter i of the pipeline was not applied to this chunk
         */
        void chunk(long[] coordinate, long address, long storedSize, int filterMask);
    }

    /**
     * Visits the stored chunks of a box, each once, in no particular order. Chunks that are not stored are left out:
     * their elements have the fill value.
     *
     * @throws io.h5coro.error.H5Exception when the index is malformed or cannot be read
     */
    void find(ChunkBox box, Receiver receiver);

    /**
     * Visits all chunks that are stored: also those outside of the extent, which nothing reads, where the index holds
     * any. An implicit index reserves room for the maximum extent, of which it counts what is in the extent, as libhdf5
     * does.
     *
     * @param last last chunk coordinate of the extent in each dimension, inclusive; -1 where the extent is empty
     * @throws io.h5coro.error.H5Exception when the index is malformed or cannot be read
     */
    default void all(long[] last, Receiver receiver) {
        find(new ChunkBox(new long[last.length], last), receiver);
    }

    /**
     * The stored chunks in a box of the chunk grid, as a list.
     *
     * @param first first chunk coordinate in each dimension, inclusive
     * @param last last chunk coordinate in each dimension, inclusive
     * @throws io.h5coro.error.H5Exception when the index is malformed or cannot be read
     */
    default List<ChunkRecord> find(long[] first, long[] last) {
        List<ChunkRecord> found = new ArrayList<>();
        find(
                new ChunkBox(first, last),
                (coordinate, address, size, mask) ->
                        found.add(new ChunkRecord(coordinate.clone(), address, size, mask)));
        return found;
    }
}
