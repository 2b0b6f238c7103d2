// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import java.util.List;

/** The index of a dataset of which no chunk was ever written. */
final class NoChunks implements ChunkIndex {
    @Override
    public List<ChunkRecord> find(long[] first, long[] last) {
        return List.of();
    }
}
