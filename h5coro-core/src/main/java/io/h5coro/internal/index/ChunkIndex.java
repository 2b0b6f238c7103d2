// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import java.util.List;

/**
 * Finds the stored chunks of a dataset. Thread-safe; may keep what it has read of the index.
 *
 * <p>Look-ups block on metadata reads (through the block cache) and cost in proportion to the box, not to the dataset,
 * where the on-disk index allows it.
 */
public interface ChunkIndex {
    /**
     * The stored chunks in a box of the chunk grid, each once, in no particular order. Chunks that are not stored are
     * left out: their elements have the fill value.
     *
     * @param first first chunk coordinate in each dimension, inclusive
     * @param last last chunk coordinate in each dimension, inclusive
     * @throws io.h5coro.error.H5Exception when the index is malformed or cannot be read
     */
    List<ChunkRecord> find(long[] first, long[] last);

    /**
     * All chunks that are stored: also those outside of the extent, which nothing reads, where the index holds any. An
     * implicit index reserves room for the maximum extent, of which it counts what is in the extent, as libhdf5 does.
     *
     * @param last last chunk coordinate of the extent in each dimension, inclusive; -1 where the extent is empty
     * @throws io.h5coro.error.H5Exception when the index is malformed or cannot be read
     */
    default List<ChunkRecord> all(long[] last) {
        return find(new long[last.length], last);
    }
}
