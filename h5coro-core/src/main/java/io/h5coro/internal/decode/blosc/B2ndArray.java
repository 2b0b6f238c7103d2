// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.stage.StageBuffers;

/**
 * Decodes an n-dimensional Blosc2 array. It is cut into chunks and those into blocks, both in row-major order; chunks
 * and blocks that reach over the end are stored whole, so each chunk has as many blocks. Confined to one task.
 *
 * <p>Example: an array of 5 x 5 elements in chunks of 4 x 4 and blocks of 2 x 2 has four chunks of four blocks each. Of
 * the chunk at (4, 4) only its first block is decoded, and one element of it is copied.
 */
final class B2ndArray {
    /**
     * How many times the maximum may be decoded for blocks that reach over the end. A dimension at the most doubles
     * what is decoded, so this allows six that do; more is a file made to keep the reader busy.
     */
    private static final long MOST_OVERHANG = 64;

    private static final long SMALL_BYTES = 1 << 20;

    private final Blosc2Frame frame;
    private final B2ndShape shape;
    private final int itemSize;
    private final byte[] out;
    private final byte[] block;
    private final int maximum;
    private long decoded;

    private B2ndArray(Blosc2Frame frame, B2ndShape shape, byte[] out, byte[] block, int maximum) {
        this.frame = frame;
        this.shape = shape;
        this.itemSize = frame.itemSize();
        this.out = out;
        this.block = block;
        this.maximum = maximum;
    }

    /**
     * Decodes a whole array.
     *
     * @param maximum largest number of bytes
     * @param buffers give the array of the result
     * @return its elements in row-major order
     * @throws FilterDataException when the array is malformed or unsupported, or exceeds the maximum
     */
    static Span decode(Blosc2Frame frame, B2ndShape shape, int maximum, StageBuffers buffers)
            throws FilterDataException {
        int length = B2ndShape.product(shape.array(), frame.itemSize(), maximum);
        int blockLength = B2ndShape.product(shape.block(), frame.itemSize(), maximum);
        byte[] out = buffers.take(length);
        if (length > 0) {
            new B2ndArray(frame, shape, out, new byte[blockLength], maximum).decode();
        }
        return new Span(out, 0, length);
    }

    private void decode() throws FilterDataException {
        long[] chunkGrid = B2ndShape.counts(shape.array(), shape.chunk());
        int chunks = B2ndShape.product(chunkGrid, 1, Integer.MAX_VALUE);
        Lengths.exact("Blosc2 array's count of chunks", frame.chunks(), chunks);
        byte[] offsets = frame.offsets();
        long[] index = new long[shape.rank()];
        long[] origin = new long[shape.rank()];
        for (int number = 0; number < chunks; number++) {
            for (int i = 0; i < origin.length; i++) {
                origin[i] = index[i] * shape.chunk()[i];
            }
            decodeChunk(frame.chunk(offsets, number, maximum), origin);
            advance(index, chunkGrid);
        }
    }

    private void decodeChunk(Blosc2Chunk chunk, long[] origin) throws FilterDataException {
        int rank = shape.rank();
        long[] blockGrid = B2ndShape.counts(shape.chunk(), shape.block());
        int blocks = B2ndShape.product(blockGrid, 1, Integer.MAX_VALUE);
        if ((long) blocks * block.length != chunk.length()) {
            throw new FilterDataException(
                    "Blosc2 chunk of " + chunk.length() + " bytes for " + blocks + " blocks of " + block.length);
        }
        BlockReader reader = new BlockReader(chunk, block, maximum);
        decoded += reader.whole.length;
        long[] inside = new long[rank];
        for (int i = 0; i < rank; i++) {
            inside[i] = Math.min(shape.chunk()[i], shape.array()[i] - origin[i]);
        }
        long[] wanted = B2ndShape.counts(inside, shape.block());
        long[] index = new long[rank];
        long[] at = new long[rank];
        do {
            long number = 0;
            for (int i = 0; i < rank; i++) {
                number = number * blockGrid[i] + index[i];
                at[i] = index[i] * shape.block()[i];
            }
            decoded += block.length;
            if (decoded > MOST_OVERHANG * maximum + SMALL_BYTES) {
                throw new FilterDataException("Blosc2 array in blocks far beyond its end", true);
            }
            reader.read((int) number);
            place(origin, at, inside);
        } while (advance(index, wanted));
    }

    /**
     * Copies the rows of the current block that lie in its chunk and in the array.
     *
     * @param origin the chunk's first element in the array
     * @param at the block's first element in the chunk
     * @param inside elements of the chunk that lie in the array
     */
    private void place(long[] origin, long[] at, long[] inside) {
        int rank = shape.rank();
        long[] extent = new long[rank];
        for (int i = 0; i < rank; i++) {
            extent[i] = Math.min(shape.block()[i], inside[i] - at[i]);
        }
        int last = rank - 1;
        int run = (int) extent[last] * itemSize;
        long[] rows = extent.clone();
        rows[last] = 1;
        long[] row = new long[rank];
        do {
            long from = 0;
            long to = 0;
            for (int i = 0; i < rank; i++) {
                from = from * shape.block()[i] + row[i];
                to = to * shape.array()[i] + origin[i] + at[i] + row[i];
            }
            System.arraycopy(block, (int) from * itemSize, out, (int) to * itemSize, run);
        } while (advance(row, rows));
    }

    /** The next index in row-major order; false behind the last one, where it is all zeros again. */
    private static boolean advance(long[] index, long[] counts) {
        for (int i = index.length - 1; i >= 0; i--) {
            if (++index[i] < counts[i]) {
                return true;
            }
            index[i] = 0;
        }
        return false;
    }

    /** Blocks of the array from a chunk whose own blocks should be, but need not be, the same. */
    private static final class BlockReader {
        private final Blosc2Chunk chunk;
        private final byte[] block;
        private final byte[] whole;

        BlockReader(Blosc2Chunk chunk, byte[] block, int maximum) throws FilterDataException {
            this.chunk = chunk;
            this.block = block;
            boolean same = chunk.blockSize() == block.length;
            if (!same && chunk.length() > maximum) {
                throw new FilterDataException("Blosc2 chunk of " + chunk.length() + " bytes has blocks of "
                        + chunk.blockSize() + ", the array of " + block.length);
            }
            this.whole = new byte[same ? 0 : chunk.length()];
            if (!same) {
                for (int i = 0; i < chunk.blocks(); i++) {
                    chunk.decodeBlock(i, whole, i * chunk.blockSize());
                }
            }
        }

        void read(int number) throws FilterDataException {
            if (whole.length == 0) {
                chunk.decodeBlock(number, block, 0);
            } else {
                System.arraycopy(whole, number * block.length, block, 0, block.length);
            }
        }
    }
}
