// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.format.message.Layout;
import java.util.List;

/**
 * The index of a dataset whose maximum extent is one chunk: the layout message says where it is (H5Dsingle.c).
 * Immutable; never blocks.
 */
final class SingleChunk implements ChunkIndex {
    private final ChunkSpace chunks;
    private final Layout.SingleChunkIndex index;

    SingleChunk(ChunkSpace chunks, Layout.SingleChunkIndex index) {
        this.chunks = chunks;
        this.index = index;
    }

    @Override
    public List<ChunkRecord> find(long[] first, long[] last) {
        return new ChunkBox(first, last).contains(new long[chunks.rank()]) ? all(last) : List.of();
    }

    @Override
    public List<ChunkRecord> all(long[] last) {
        boolean filtered = index.filteredSize() >= 0;
        long size = filtered ? index.filteredSize() : chunks.plainSize();
        int mask = filtered ? index.filterMask() : 0;
        return List.of(chunks.record(new long[chunks.rank()], index.address(), size, mask));
    }
}
