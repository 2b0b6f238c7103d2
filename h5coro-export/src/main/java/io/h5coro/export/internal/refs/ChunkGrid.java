// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.Shape;
import java.util.List;

/**
 * The chunks of an array, numbered in row-major order. Immutable.
 *
 * <pre>
 * shape (5, 4), chunks of (2, 3): a grid of (3, 2); the chunk at (4, 3) is number 5, its key is "2.1"
 * </pre>
 */
final class ChunkGrid {
    private final long[] chunk;
    private final long[] counts;

    ChunkGrid(Shape shape, Shape chunks) {
        this.chunk = chunks.dimensions();
        this.counts = new long[chunk.length];
        for (int d = 0; d < chunk.length; d++) {
            counts[d] = (shape.dimension(d) + chunk[d] - 1) / chunk[d];
        }
    }

    /** The number of chunks. */
    long size() {
        long size = 1;
        for (long count : counts) {
            size = Math.multiplyExact(size, count);
        }
        return size;
    }

    /** The number of the chunk whose first element is at {@code origin}. */
    long index(List<Long> origin) {
        long index = 0;
        for (int d = 0; d < counts.length; d++) {
            index = index * counts[d] + origin.get(d) / chunk[d];
        }
        return index;
    }

    /** The number of the chunk at some place of the grid. */
    long index(long[] place) {
        long index = 0;
        for (int d = 0; d < counts.length; d++) {
            index = index * counts[d] + place[d];
        }
        return index;
    }

    /** The place of a chunk in the grid. */
    long[] place(long index) {
        long[] place = new long[counts.length];
        long rest = index;
        for (int d = counts.length - 1; d >= 0; d--) {
            place[d] = rest % counts[d];
            rest /= counts[d];
        }
        return place;
    }

    /** What Zarr calls a chunk: its place, with dots. */
    String key(long index) {
        if (counts.length == 0) {
            return "0";
        }
        StringBuilder key = new StringBuilder();
        for (long at : place(index)) {
            key.append(key.length() == 0 ? "" : ".").append(at);
        }
        return key.toString();
    }
}
