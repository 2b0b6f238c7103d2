// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementSelection.Axis;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.Shape;
import java.util.Arrays;
import java.util.Random;

/**
 * A selection that is no slice, and what it selects, found by going through the elements one by one as numpy's
 * documentation says it of a whole array. Immutable.
 *
 * @param selection what is asked for
 * @param result shape of the result
 * @param elements row-major numbers of the selected elements, in the order of the result
 */
@SuppressWarnings("ArrayRecordComponent") // made here, never changed
public record RandomSelection(ElementSelection selection, Shape result, int[] elements) {
    /** Lists, masks and points. */
    public static RandomSelection of(Random random, Shape space) {
        return switch (random.nextInt(4)) {
            case 0 -> mask(random, space);
            case 1 -> space.rank() == 0 ? mask(random, space) : points(random, space);
            default -> axes(random, space);
        };
    }

    private static RandomSelection mask(Random random, Shape space) {
        boolean[] mask = new boolean[(int) space.elementCount()];
        int[] elements = new int[mask.length];
        int count = 0;
        double density = new double[] {0, 0.05, 0.5, 0.95, 1}[random.nextInt(5)];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextDouble() < density;
            if (mask[i]) {
                elements[count++] = i;
            }
        }
        return new RandomSelection(ElementSelection.mask(space, mask), Shape.of(count), Arrays.copyOf(elements, count));
    }

    private static RandomSelection points(Random random, Shape space) {
        int rank = space.rank();
        boolean none = space.elementCount() == 0;
        int count = none ? 0 : new int[] {0, 1, 5, 40}[random.nextInt(4)];
        long[] coordinates = new long[count * rank];
        int[] elements = new int[count];
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < rank; d++) {
                int length = (int) space.dimension(d);
                int index = random.nextInt(length);
                coordinates[i * rank + d] = random.nextBoolean() ? index : index - length;
                elements[i] = elements[i] * length + index;
            }
        }
        return new RandomSelection(ElementSelection.points(rank, coordinates), Shape.of(count), elements);
    }

    private static RandomSelection axes(Random random, Shape space) {
        int rank = space.rank();
        int given = random.nextInt(rank + 1);
        int leading = random.nextInt(given + 1);
        Axis[] axes = new Axis[given];
        int[] elements = {0};
        long[] result = new long[rank];
        for (int d = 0; d < rank; d++) {
            int length = (int) space.dimension(d);
            int number = d < leading ? d : d - (rank - given);
            int[] indices = all(length);
            if (d < leading || number >= leading) {
                axes[number] = axis(random, length);
                indices = indices(axes[number], length);
            }
            result[d] = indices.length;
            elements = product(elements, indices, length);
        }
        return new RandomSelection(
                new ElementSelection.Axes(Arrays.asList(axes), leading, false), Shape.of(result), elements);
    }

    private static int[] all(int length) {
        int[] all = new int[length];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static int[] product(int[] outer, int[] inner, int length) {
        int[] all = new int[outer.length * inner.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = outer[i / inner.length] * length + inner[i % inner.length];
        }
        return all;
    }

    private static Axis axis(Random random, int length) {
        switch (random.nextInt(length == 0 ? 1 : 5)) {
            case 0:
                int start = random.nextInt(length + 1);
                int stop = start + random.nextInt(length - start + 1);
                return Axis.range(Range.of(start, stop, 1 + random.nextInt(3)));
            case 1:
                boolean[] mask = new boolean[length];
                for (int i = 0; i < length; i++) {
                    mask[i] = random.nextInt(3) > 0;
                }
                return Axis.mask(mask);
            case 2:
                long first = random.nextInt(length);
                return Axis.of(first, Math.min(length - 1, first + 1), Math.min(length - 1, first + 2));
            default:
                long[] indices = new long[random.nextInt(9)];
                Arrays.setAll(indices, i -> random.nextInt(2 * length) - length);
                return Axis.of(indices);
        }
    }

    private static int[] indices(Axis axis, int length) {
        if (axis.isList()) {
            int[] indices = new int[axis.count()];
            Arrays.setAll(indices, i -> Math.floorMod((int) axis.index(i), length));
            return indices;
        }
        long start = axis.range().start() == null ? 0 : axis.range().start();
        long stop = axis.range().stop() == null ? length : axis.range().stop();
        return Arrays.stream(all(length))
                .filter(i ->
                        i >= start && i < stop && (i - start) % axis.range().step() == 0)
                .toArray();
    }
}
