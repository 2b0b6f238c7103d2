// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import java.util.List;

/** An index that keeps the coordinates of its chunks, so that it may hold any, and any of them twice. */
interface TreeIndex extends ChunkIndex {
    /** Number of dimensions of the chunk grid. */
    int rank();

    /** The stored chunks in a box, which refuses one that comes twice. */
    List<ChunkRecord> find(ChunkBox box);

    @Override
    default List<ChunkRecord> find(long[] first, long[] last) {
        return find(new ChunkBox(first, last));
    }

    @Override
    default List<ChunkRecord> all(long[] last) {
        return find(ChunkBox.everywhere(rank()));
    }
}
