// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.internal.decode.ChunkFilterContract;

final class LzoFilterTest extends ChunkFilterContract {
    LzoFilterTest() {
        super(new LzoFilter(), 305, "lzo");
    }
}
