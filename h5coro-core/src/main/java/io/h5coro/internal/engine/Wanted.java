// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.Piece;

/**
 * A piece, the request that it is for, and the call of that.
 *
 * @param call the call that waits for the request
 * @param read the request; owns the result that the piece goes to
 * @param piece one of the request's pieces
 */
record Wanted(Call call, DatasetRead read, Piece piece) {
    /** Whether nobody waits for it any more. */
    boolean isDropped() {
        return read.isFailed() || call.isAborted();
    }
}
