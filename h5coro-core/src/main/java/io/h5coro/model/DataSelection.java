// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

/**
 * A selection of elements of an array, as a file stores it. Elements are counted in row-major order. Immutable.
 *
 * <pre>{@code
 * static long points(DataSelection selection) {
 *     return selection instanceof DataSelection.Points points ? points.coordinates().size() : 0;
 * }
 * }</pre>
 */
public sealed interface DataSelection {
    /** Means "without end" in {@link Regular#count()} and {@link Regular#block()}. */
    long UNLIMITED = -1;

    /** Selects no element. */
    record None() implements DataSelection {}

    /** Selects every element. */
    record All() implements DataSelection {}

    /**
     * Selects single elements.
     *
     * @param rank number of dimensions
     * @param coordinates one tuple of {@code rank} indices for each element
     */
    record Points(int rank, List<List<Long>> coordinates) implements DataSelection {
        /** Copies the list. */
        public Points {
            coordinates = List.copyOf(coordinates);
        }
    }

    /**
     * Selects a set of blocks, which have no order.
     *
     * @param rank number of dimensions
     * @param corners two tuples for each block: its first and its last corner, both inclusive
     */
    record Blocks(int rank, List<List<Long>> corners) implements DataSelection {
        /** Copies the list. */
        public Blocks {
            corners = List.copyOf(corners);
        }
    }

    /**
     * Selects a regular pattern: in each dimension {@code count} blocks of {@code block} indices, {@code stride} apart,
     * from {@code start} on. Each list has one number for each dimension.
     *
     * @param start first index
     * @param stride distance between the starts of two blocks
     * @param count number of blocks, or {@link #UNLIMITED}
     * @param block length of a block, or {@link #UNLIMITED}
     */
    record Regular(List<Long> start, List<Long> stride, List<Long> count, List<Long> block) implements DataSelection {
        /** Copies the lists. */
        public Regular {
            start = List.copyOf(start);
            stride = List.copyOf(stride);
            count = List.copyOf(count);
            block = List.copyOf(block);
        }

        /**
         * Returns the index of the dimension without end.
         *
         * @return -1 when every dimension has an end
         */
        public int unlimitedDimension() {
            for (int d = 0; d < start.size(); d++) {
                if (count.get(d) == UNLIMITED || block.get(d) == UNLIMITED) {
                    return d;
                }
            }
            return -1;
        }
    }
}
