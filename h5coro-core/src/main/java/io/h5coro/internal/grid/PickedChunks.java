// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.List;

/** Picked elements, by the chunks of a grid. Immutable. */
public sealed interface PickedChunks permits AxesChunks, RunsChunks {
    /**
     * An index is asked for all chunks between the first and the last one where that are no more than so many times
     * those wanted: the look-ups for each gap would cost more than the chunks passed over.
     */
    int MOST_PASSED_OVER = 4;

    /** The number of chunks that hold a picked element. */
    long touched();

    /** Whether a chunk holds a picked element. */
    boolean has(long[] coordinate);

    /** What a chunk that holds one contributes: a copy whose source is the whole stored chunk. */
    ElementCopy copy(long[] coordinate);

    /** How many elements a chunk contributes to the result. */
    long count(long[] coordinate);

    /** Boxes of elements whose chunks are all that hold a picked element, and maybe some more; each in one box. */
    List<Box> boxes();

    /** The smallest box that holds all picked elements. */
    Box bounds();
}
