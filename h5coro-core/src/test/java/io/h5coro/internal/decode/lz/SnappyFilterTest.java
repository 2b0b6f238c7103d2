// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.internal.decode.ChunkFilterContract;

final class SnappyFilterTest extends ChunkFilterContract {
    SnappyFilterTest() {
        super(new SnappyFilter(), 32003, "snappy");
    }
}
