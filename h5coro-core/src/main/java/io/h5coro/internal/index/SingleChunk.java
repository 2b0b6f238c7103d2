// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.format.message.Layout;

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
    public void find(ChunkBox box, Receiver receiver) {
        if (box.contains(new long[chunks.rank()])) {
            all(new long[chunks.rank()], receiver);
        }
    }

    @Override
    public void all(long[] last, Receiver receiver) {
        boolean filtered = index.filteredSize() >= 0;
        long size = filtered ? index.filteredSize() : chunks.plainSize();
        int mask = filtered ? index.filterMask() : 0;
        long[] coordinate = new long[chunks.rank()];
        chunks.check(coordinate, index.address(), size);
        receiver.chunk(coordinate, index.address(), size, mask);
    }
}
