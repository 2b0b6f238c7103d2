// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.internal.decode.ChunkFilterContract;

final class LzfFilterTest extends ChunkFilterContract {
    LzfFilterTest() {
        super(new LzfFilter(), 32000, "lzf");
    }
}
