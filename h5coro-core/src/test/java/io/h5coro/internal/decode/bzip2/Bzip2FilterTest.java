// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bzip2;

import io.h5coro.internal.decode.ChunkFilterContract;

final class Bzip2FilterTest extends ChunkFilterContract {
    Bzip2FilterTest() {
        super(new Bzip2Filter(), 307, "bzip2");
    }

    /** The decoder of commons-compress always makes the tables of a block of up to 900 kB. */
    @Override
    protected long allocationFloorBytes() {
        return 8 << 20;
    }
}
