// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

/** The index of a dataset of which no chunk was ever written. */
final class NoChunks implements ChunkIndex {
    @Override
    public void find(ChunkBox box, Receiver receiver) {
        // There are none.
    }
}
