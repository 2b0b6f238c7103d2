// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.format.message.Layout;
import io.h5coro.model.Shape;
import java.util.Arrays;

/**
 * The index of a dataset whose maximum extent is one chunk: the layout message says where it is (H5Dsingle.c).
 * Immutable; never blocks.
 */
final class SingleChunk implements ChunkIndex {
    private final ChunkSpace chunks;
    private final Layout.SingleChunkIndex index;

    /**
     * An index of one chunk.
     *
     * @throws io.h5coro.error.MalformedFileException when the dataset is larger than a chunk. libhdf5 does not look,
     *     and takes the one chunk for each of them
     */
    SingleChunk(ChunkSpace chunks, Layout.SingleChunkIndex index, Shape shape) {
        for (int d = 0; d < chunks.rank(); d++) {
            if (shape.dimension(d) > chunks.chunkLength(d)) {
                throw chunks.malformed("index of a single chunk of " + Arrays.toString(chunks.chunkShape())
                        + " in a dataset of shape " + shape);
            }
        }
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
