// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

/** A selection of elements as a file stores it. Its elements count in row-major order. Immutable. */
public sealed interface DataSelection {
    /** Stands for "without end" in {@link Regular#count()} and {@link Regular#block()}. */
    long UNLIMITED = -1;

    /** No element. */
    record None() implements DataSelection {}

    /** Every element. */
    record All() implements DataSelection {}

    /**
     * Single elements.
     *
     * @param rank the number of dimensions
     * @param coordinates a tuple for each
     */
    record Points(int rank, List<List<Long>> coordinates) implements DataSelection {
        /** Copies the list. */
        public Points {
            coordinates = List.copyOf(coordinates);
        }
    }

    /**
     * Blocks without order among them.
     *
     * @param rank the number of dimensions
     * @param corners the first and the last corner (inclusive) of each in turn
     */
    record Blocks(int rank, List<List<Long>> corners) implements DataSelection {
        /** Copies the list. */
        public Blocks {
            corners = List.copyOf(corners);
        }
    }

    /**
     * In each dimension {@code count} blocks of {@code block} indices, {@code stride} apart, from {@code start} on.
     *
     * @param start first index
     * @param stride distance of the starts of two blocks
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

        /** The dimension without end; -1 when it has none. */
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
