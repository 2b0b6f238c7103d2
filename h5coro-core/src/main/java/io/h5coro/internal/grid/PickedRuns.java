// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.model.ElementSelection;
import io.h5coro.model.Shape;
import java.util.function.LongConsumer;

/**
 * Runs of elements that are neighbours in row-major order, in any order and maybe repeated. Immutable.
 *
 * <p>Example: points (0, 5), (8, 1) and (0, 5) of a dataset of 10 x 10 are the runs 5, 81 and 5 of one element each.
 */
abstract non-sealed class PickedRuns extends Picked {
    private PickedRuns(Shape space, Shape result) {
        super(space, result);
    }

    @Override
    public PickedChunks in(ChunkGrid grid, LongConsumer memory) {
        return new RunsChunks(space(), grid, PickedSegments.of(this, grid, memory));
    }

    /** Points, in their order. They lie in the dataset. */
    static PickedRuns points(Shape space, ElementSelection.Points points) {
        return new PickedRuns(space, Shape.of(points.count())) {
            @Override
            boolean areSingle() {
                return true;
            }

            @Override
            void forEach(Visitor visitor) {
                long[] lengths = space.dimensions();
                for (int i = 0; i < points.count(); i++) {
                    long first = 0;
                    for (int d = 0; d < lengths.length; d++) {
                        long index = points.index(i, d);
                        first = first * lengths[d] + (index < 0 ? index + lengths[d] : index);
                    }
                    visitor.run(first, 1, i);
                }
            }
        };
    }

    /** The elements of a mask of the dataset's shape, in row-major order. */
    static PickedRuns mask(Shape space, ElementSelection.Mask mask) {
        return new PickedRuns(space, Shape.of(mask.count())) {
            @Override
            boolean areSingle() {
                return false;
            }

            @Override
            void forEach(Visitor visitor) {
                int place = 0;
                for (int first = mask.nextSelected(0); first >= 0; ) {
                    int end = mask.nextUnselected(first);
                    visitor.run(first, end - first, place);
                    place += end - first;
                    first = mask.nextSelected(end);
                }
            }
        };
    }

    /**
     * Runs one behind the other in the result.
     *
     * @param result shape of the result, of as many elements as the runs
     * @param first row-major number of the first element of each run; not changed
     * @param length elements of each; not changed
     */
    static PickedRuns of(Shape space, Shape result, long[] first, int[] length) {
        return new PickedRuns(space, result) {
            @Override
            boolean areSingle() {
                return false;
            }

            @Override
            void forEach(Visitor visitor) {
                int place = 0;
                for (int i = 0; i < first.length; i++) {
                    visitor.run(first[i], length[i], place);
                    place += length[i];
                }
            }
        };
    }
}
