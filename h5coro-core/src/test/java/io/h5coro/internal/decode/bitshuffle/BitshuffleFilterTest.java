// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.internal.decode.ChunkFilterContract;

final class BitshuffleFilterTest extends ChunkFilterContract {
    BitshuffleFilterTest() {
        super(new BitshuffleFilter(), 32008, "bitshuffle");
    }
}
