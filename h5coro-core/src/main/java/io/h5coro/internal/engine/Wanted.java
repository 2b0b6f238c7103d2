// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.filter.Span;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.watch.Watch;

/**
 * A piece, the request that it is for, and the call of that.
 *
 * @param call the call that waits for the request
 * @param read the request; owns the result that the piece goes to
 * @param piece one of the request's pieces
 */
record Wanted(Call call, DatasetRead read, Piece piece) {
    /** Copies into the result. Small chunks are decoded as they are copied, of which whoever watches is told. */
    void put(Span plain) {
        Watch watch = call.watch();
        if (piece.isEncoded() || piece.encodedChunks() == 0 || !watch.isOn()) {
            piece.put(plain, read.buffer());
            return;
        }
        String path = read.where().object();
        Watch.Decoding decoding = watch.decoding(read.where().source(), path == null ? "" : path);
        piece.put(plain, read.buffer());
        decoding.ended(piece.range(), piece.encodedChunks(), 0);
    }

    /** Whether nobody waits for it any more. */
    boolean isDropped() {
        return read.isFailed() || call.isAborted();
    }
}
