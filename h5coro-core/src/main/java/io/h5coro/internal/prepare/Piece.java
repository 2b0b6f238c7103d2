// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.model.FileId;
import io.h5coro.storage.ByteRange;
import java.util.Optional;

/** A stored run of bytes that a result needs: an encoded chunk, or values as they are. */
public interface Piece {
    /** Its place in the source; empty when its bytes are here already. */
    ByteRange range();

    /** What tells it from other pieces of the file; all that have it decode to the same bytes. */
    default PieceKey key() {
        return PieceKey.plain(range());
    }

    /**
     * Decodes.
     *
     * @param stored exactly the bytes of the range; not changed
     * @param buffers give the array of the result, which the caller gives back
     * @return values as they are laid out in the dataset; may share the stored bytes' array
     */
    default Span decode(Span stored, StageBuffers buffers) throws ChunkDecodeException {
        return stored;
    }

    /** Bytes of memory that decoding takes, besides those stored. */
    default long workBytes() {
        return 0;
    }

    /** What the request fails with when decoding failed. */
    default Throwable undecodable(ChunkDecodeException failure) {
        return failure;
    }

    /**
     * Copies into the result; the destinations of different pieces are disjoint.
     *
     * @param plain what a piece with the same key was decoded to; not changed
     */
    void put(Span plain, ResultBuffer result);

    /**
     * The file that references in it are meant in, where that is not the file of the request and it is the only piece.
     */
    default Optional<FileId> home() {
        return Optional.empty();
    }

    /** Bytes of its range that the result needs, as far as they are counted. */
    default long wantedBytes() {
        return range().length();
    }

    /** Chunks in it that go through the decoder. */
    default int encodedChunks() {
        return isEncoded() ? 1 : 0;
    }

    /** Bytes of memory that it takes to say where its values are, when that may be much. */
    default long heldBytes() {
        return 0;
    }

    /** Whether it is a whole chunk that goes through the decoder. */
    default boolean isEncoded() {
        return false;
    }

    /** Whether it is a chunk of which other reads may want the rest. */
    default boolean isUsedInPart() {
        return false;
    }
}
