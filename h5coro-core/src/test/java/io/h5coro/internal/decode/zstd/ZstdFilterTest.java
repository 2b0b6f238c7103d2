// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.internal.decode.ChunkFilterContract;

final class ZstdFilterTest extends ChunkFilterContract {
    ZstdFilterTest() {
        super(new ZstdFilter(), 32015, "zstd");
    }
}
