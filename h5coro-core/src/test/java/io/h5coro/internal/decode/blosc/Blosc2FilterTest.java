// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.internal.decode.ChunkFilterContract;

final class Blosc2FilterTest extends ChunkFilterContract {
    Blosc2FilterTest() {
        super(new Blosc2Filter(), 32026, "blosc2");
    }
}
