// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

/**
 * How a box takes the chunks that it has whole, which do not reach over its edges: all of them in the same way, to
 * different places in the result. Immutable.
 *
 * <p>Example: chunks of 2 x 3 elements, a box of rows 1 to 9 and columns 0 to 8, a result 9 wide. Chunk (1, 2) goes to
 * row 1 and column 6, element 15 of the result: two runs of 3, which are 9 apart there. Chunk (0, 0) is not whole.
 */
public final class WholeChunks {
    private final Box box;
    private final long[] chunk;
    private final long[] resultStride;
    private final long base;
    private final long elements;
    private final StridedCopy copy;

    WholeChunks(long[] chunk, Box box, StridedCopy.Target target) {
        this.box = box;
        this.chunk = chunk;
        this.base = target.base();
        this.resultStride = new long[chunk.length];
        long stride = 1;
        long count = 1;
        for (int d = chunk.length - 1; d >= 0; d--) {
            resultStride[d] = stride;
            stride *= target.dimensions()[d];
            count *= chunk[d];
        }
        this.elements = count;
        this.copy = StridedCopy.of(
                new long[chunk.length], chunk, Box.whole(chunk), new StridedCopy.Target(target.dimensions(), 0));
    }

    /**
     * Where a chunk of the box goes.
     *
     * @param coordinate the coordinate of a chunk that the box touches
     * @return index in the flat result; -1 when the box does not have all of the chunk's elements, as they are stored
     */
    public long destination(long[] coordinate) {
        long at = base;
        for (int d = 0; d < chunk.length; d++) {
            long distance = coordinate[d] * chunk[d] - box.start()[d];
            long step = box.step()[d];
            if (distance < 0 || (step > 1 && chunk[d] > 1)) {
                return -1;
            }
            long first = step > 1 ? distance / step : distance;
            if (first + chunk[d] > box.count()[d]) {
                return -1;
            }
            at += first * resultStride[d];
        }
        return at;
    }

    /** Whether the elements of a chunk follow one another in the result, too. */
    public boolean isRun() {
        return copy.isDense() && copy.runLength() == elements;
    }

    /** Elements of a chunk. */
    public long elements() {
        return elements;
    }

    /** The copy of a chunk that goes to a place in the result. */
    public StridedCopy copyTo(long destination) {
        return copy.to(destination);
    }
}
