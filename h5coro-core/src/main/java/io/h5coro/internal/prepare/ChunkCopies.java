// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.grid.WholeChunks;
import io.h5coro.internal.index.ChunkBox;
import io.h5coro.internal.scatter.ResultBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the chunks of pieces of many into the result. All chunks that a box has whole are copied in the same way, to
 * different places; plain ones that follow one another in the file and in the result are one copy. Thread-safe.
 */
final class ChunkCopies {
    private final ChunkBox chunks;
    private final ChunkedSelection selection;
    private final int box;

    /** How whole chunks are copied; null when the elements are picked one by one. */
    private final @Nullable WholeChunks whole;

    private final int chunkBytes;

    /**
     * Copies of chunks.
     *
     * @param chunks those of the box
     * @param box index of the box in the selection
     */
    ChunkCopies(ChunkBox chunks, ChunkedSelection selection, int box) {
        this.chunks = chunks;
        this.selection = selection;
        this.box = box;
        this.whole = selection.wholeChunks(box);
        this.chunkBytes = (int) selection.chunkBytes();
    }

    /** Bytes of memory that decoding one chunk takes. */
    long workBytes() {
        return selection.decoder().workBytes(0);
    }

    /**
     * Decodes and copies the chunks of a piece.
     *
     * @param stored the bytes of the piece's range
     * @throws io.h5coro.error.H5Exception when a chunk cannot be decoded, or ends too early
     */
    void put(Span stored, ChunkBatch batch, ResultBuffer result) {
        Putting putting = new Putting(stored, batch.range().offset(), result);
        ChunkList.Reader chunk = batch.first().copy();
        putting.put(chunk);
        for (int i = 1; i < batch.content().count(); i++) {
            chunk.next();
            putting.put(chunk);
        }
        putting.flush();
    }

    /** One piece on its way into a result. Confined to one task. */
    private final class Putting {
        private final Span stored;
        private final long start;
        private final ResultBuffer result;

        /** What the chunks are decoded into, one after the other. */
        private final StageBuffers buffers = new StageBuffers();

        private final long[] coordinate = new long[chunks.rank()];

        /** Plain bytes that are not copied yet. */
        private int runOffset;

        private int runBytes;
        private long runElements;
        private long runDestination;

        Putting(Span stored, long start, ResultBuffer result) {
            this.stored = stored;
            this.start = start;
            this.result = result;
        }

        void put(ChunkList.Chunk chunk) {
            chunks.at(chunk.place, coordinate);
            int offset = stored.offset() + (int) (chunk.address - start);
            long destination = whole == null ? -1 : whole.destination(coordinate);
            if (!selection.isPlain(coordinate, chunk.mask)) {
                Span bytes = new Span(stored.array(), offset, chunk.size);
                Span plain = decoded(chunk, bytes);
                copy(chunk, plain, destination);
                buffers.giveBack(plain.array());
            } else if (whole == null || destination < 0 || !whole.isRun()) {
                copy(chunk, new Span(stored.array(), offset, chunk.size), destination);
            } else {
                run(offset, destination, whole.elements());
            }
        }

        /** Copies a chunk with those before it, or begins a new copy. Its length was checked when it was found. */
        private void run(int offset, long destination, long elements) {
            boolean follows =
                    offset == runOffset + runBytes && destination == runDestination + runBytes / chunkBytes * elements;
            if (!follows) {
                flush();
                runOffset = offset;
                runDestination = destination;
            }
            runBytes += chunkBytes;
            runElements = runBytes / chunkBytes * elements;
        }

        void flush() {
            if (runBytes > 0) {
                result.put(stored.array(), runOffset, StridedCopy.run(runElements, 0, runDestination));
            }
            runBytes = 0;
        }

        private Span decoded(ChunkList.Chunk chunk, Span bytes) {
            try {
                return selection.decoder().decode(bytes, chunk.mask, buffers);
            } catch (ChunkDecodeException e) {
                throw selection.undecodable(e, coordinate, chunk.address);
            }
        }

        private void copy(ChunkList.Chunk chunk, Span plain, long destination) {
            ElementCopy copy;
            long end;
            if (whole != null && destination >= 0) {
                copy = whole.copyTo(destination);
                end = chunkBytes;
            } else {
                copy = selection.copy(coordinate, box);
                end = selection.endBytes(copy);
            }
            if (end > plain.length()) {
                throw selection.tooShort(coordinate, chunk.address, plain.length(), end);
            }
            result.put(plain.array(), plain.offset(), copy);
        }
    }
}
