// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.internal.decode.ChunkFilterContract;

final class Lz4FilterTest extends ChunkFilterContract {
    Lz4FilterTest() {
        super(new Lz4Filter(), 32004, "lz4");
    }
}
