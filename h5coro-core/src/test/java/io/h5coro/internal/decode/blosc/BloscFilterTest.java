// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.internal.decode.ChunkFilterContract;

final class BloscFilterTest extends ChunkFilterContract {
    BloscFilterTest() {
        super(new BloscFilter(), 32001, "blosc");
    }
}
