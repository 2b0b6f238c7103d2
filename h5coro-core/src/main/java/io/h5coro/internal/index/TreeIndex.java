// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

/**
 * An index that keeps the coordinates of its chunks, so that it may hold any, and any of them twice. A look-up refuses
 * one that comes twice.
 */
interface TreeIndex extends ChunkIndex {
    /** Number of dimensions of the chunk grid. */
    int rank();

    @Override
    default void all(long[] last, Receiver receiver) {
        find(ChunkBox.everywhere(rank()), receiver);
    }
}
