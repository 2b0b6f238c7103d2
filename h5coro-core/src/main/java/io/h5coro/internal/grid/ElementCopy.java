// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.function.Consumer;

/**
 * Which elements of one row-major block go where in the flat result: runs of equal length, each with one step in the
 * source and one in the result. All numbers count elements. Immutable.
 */
public sealed interface ElementCopy permits StridedCopy, AxesCopy, ListedCopy {
    /** Receives runs. */
    @FunctionalInterface
    interface RunVisitor {
        /** The first element of a run: its index in the source block, and in the result. */
        void run(long source, long destination);
    }

    /** Whether nothing is copied. */
    boolean isEmpty();

    /** The number of elements of each run; all runs are equally long. Runs may overlap when both sides do. */
    long runLength();

    /** Distance in the source of neighbouring elements of a run; at least 1. */
    long sourceStep();

    /** Distance in the result of neighbouring elements of a run; not 0. */
    long destinationStep();

    /** Whether runs are contiguous on both sides. */
    default boolean isDense() {
        return sourceStep() == 1 && destinationStep() == 1;
    }

    /** Index in the source of the lowest element copied. */
    long sourceStart();

    /** Number of elements of the source from the lowest to the highest one copied, both included. */
    long sourceExtent();

    /** Visits all runs. */
    void forEachRun(RunVisitor visitor);

    /** The same copy from a source that starts at this one's lowest copied element. */
    ElementCopy fromSourceStart();

    /** The same copy to places of the result that are so many elements further. */
    ElementCopy shifted(long elements);

    /**
     * Cuts the copy into parts whose sources have no hole longer than {@code gap} and are not longer than {@code
     * extent} (unless a single element is); together they copy the same elements.
     *
     * @param gap elements between two wanted ones that are rather read than left out
     * @param extent most elements of the source from the first to the last one copied
     * @param parts takes each part; none when nothing is copied
     */
    void split(long gap, long extent, Consumer<ElementCopy> parts);
}
