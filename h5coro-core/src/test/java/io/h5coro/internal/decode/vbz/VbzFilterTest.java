// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.vbz;

import io.h5coro.internal.decode.ChunkFilterContract;

final class VbzFilterTest extends ChunkFilterContract {
    VbzFilterTest() {
        super(new VbzFilter(), 32020, "vbz");
    }
}
