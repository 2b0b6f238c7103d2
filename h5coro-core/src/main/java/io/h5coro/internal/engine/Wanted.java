// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

/** A piece, the request that it is for, and the call of that. */
record Wanted(ReadCall call, DatasetRead read, Piece piece) {
    /** Whether nobody waits for it any more. */
    boolean isDropped() {
        return read.isFailed() || call.isAborted();
    }
}
