// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.model.Shape;

/**
 * A dataset cut into chunks of equal shape, those at the upper edges reaching over its extent. A block that is not
 * chunked is a grid of one chunk. Immutable.
 *
 * <p>Example: a dataset of 5 x 7 elements in chunks of 2 x 3 has chunks (0, 0) to (2, 2). Chunk (2, 2) begins at
 * element (4, 6); one of its six elements lies in the dataset. A box of rows 1 to 3 and columns 2 to 4 touches chunks
 * (0, 0) to (1, 1).
 */
public final class ChunkGrid {
    private final long[] space;
    private final long[] chunk;
    private final long chunkElements;

    /**
     * A grid.
     *
     * @param chunk elements of a chunk in each dimension
     * @throws IllegalArgumentException when the ranks differ, a chunk has no element, or a number exceeds 2^63 - 1
     */
    public ChunkGrid(Shape space, long[] chunk) {
        this.space = space.dimensions();
        this.chunk = chunk.clone();
        if (chunk.length != this.space.length) {
            throw new IllegalArgumentException("chunks have " + chunk.length + " dimensions, the shape is " + space);
        }
        try {
            long elements = 1;
            for (int d = 0; d < chunk.length; d++) {
                if (chunk[d] <= 0) {
                    throw new IllegalArgumentException("chunk length " + chunk[d] + " in dimension " + d);
                }
                elements = Math.multiplyExact(elements, chunk[d]);
                Math.addExact(this.space[d], chunk[d]);
            }
            this.chunkElements = elements;
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("chunks of more than 2^63 - 1 elements", overflow);
        }
    }

    /** The number of elements of each chunk, as it is stored. */
    public long chunkElements() {
        return chunkElements;
    }

    /** Elements of a chunk in each dimension, a copy. */
    public long[] chunk() {
        return chunk.clone();
    }

    /**
     * The number of chunks in each dimension.
     *
     * @throws ArithmeticException when all chunks have more than 2^63 - 1 elements
     */
    long[] chunks() {
        long[] chunks = new long[chunk.length];
        long elements = chunkElements;
        for (int d = 0; d < chunks.length; d++) {
            chunks[d] = space[d] / chunk[d] + (space[d] % chunk[d] == 0 ? 0 : 1);
            elements = Math.multiplyExact(elements, chunks[d]);
        }
        return chunks;
    }

    /** The coordinate of the first chunk that a box touches; the box is not empty. */
    public long[] first(Box box) {
        long[] at = new long[chunk.length];
        for (int d = 0; d < at.length; d++) {
            at[d] = box.start()[d] / chunk[d];
        }
        return at;
    }

    /** The coordinate of the last chunk (inclusive) that a box touches; the box is not empty. */
    public long[] last(Box box) {
        long[] at = new long[chunk.length];
        for (int d = 0; d < at.length; d++) {
            at[d] = box.last(d) / chunk[d];
        }
        return at;
    }

    /**
     * How many chunks hold an element of the box; not more than its elements.
     *
     * <p>Per dimension that is the number of chunks from the first to the last, unless the step is longer than a chunk:
     * then each index is in a chunk that holds no other.
     */
    public long touched(Box box) {
        long n = 1;
        for (int d = 0; d < chunk.length; d++) {
            boolean skips = box.step()[d] > chunk[d];
            n *= box.count()[d] == 0
                    ? 0
                    : skips ? box.count()[d] : box.last(d) / chunk[d] - box.start()[d] / chunk[d] + 1;
        }
        return n;
    }

    /**
     * Whether a chunk reaches over the extent.
     *
     * @param coordinate the coordinate of an existing chunk
     */
    public boolean reachesOver(long[] coordinate) {
        for (int d = 0; d < chunk.length; d++) {
            if ((coordinate[d] + 1) * chunk[d] > space[d]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a box holds every element of a chunk that lies in the extent.
     *
     * <p>A step above 1 still covers a dimension of the chunk with a single element.
     *
     * @param coordinate the coordinate of an existing chunk
     */
    public boolean covers(long[] coordinate, Box box) {
        for (int d = 0; d < chunk.length; d++) {
            long origin = coordinate[d] * chunk[d];
            long end = Math.min(origin + chunk[d], space[d]);
            boolean gaps = box.step()[d] != 1 && end - origin > 1;
            if (gaps || box.count()[d] == 0 || box.start()[d] > origin || box.last(d) < end - 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * What a chunk of the grid contributes to a box.
     *
     * @param coordinate the chunk's coordinate
     * @param box what is selected, in the dataset
     * @param target where the box goes
     * @return a copy whose source is the whole stored chunk; empty when the box does not touch it
     */
    public StridedCopy copy(long[] coordinate, Box box, StridedCopy.Target target) {
        long[] origin = new long[chunk.length];
        for (int d = 0; d < origin.length; d++) {
            origin[d] = coordinate[d] * chunk[d];
        }
        return StridedCopy.of(origin, chunk, box, target);
    }

    /** What chunks contribute to a box that has all of their elements. */
    public WholeChunks wholeChunks(Box box, StridedCopy.Target target) {
        return new WholeChunks(chunk, box, target);
    }

    /**
     * What a dataset that is stored in one run contributes to a box.
     *
     * @return a copy whose source is the whole stored dataset
     * @throws ArithmeticException when the shape has more than 2^63 - 1 elements
     */
    public static StridedCopy wholeCopy(Shape space, Box box, StridedCopy.Target target) {
        space.elementCount();
        return StridedCopy.of(new long[space.rank()], space.dimensions(), box, target);
    }
}
