// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.model.Hyperslab;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A slice of a dataset.
 *
 * @param ranges one for each dimension; none for the whole
 */
record Slice(List<Range> ranges) {
    static final Slice WHOLE = new Slice(List.of());

    record Range(long start, long stop, long step) {
        int count() {
            return (int) ((stop - start + step - 1) / step);
        }
    }

    static Slice drawn(List<Long> shape, RandomGenerator chance) {
        if (shape.isEmpty() || shape.contains(0L) || chance.nextInt(3) == 0) {
            return WHOLE;
        }
        List<Range> ranges = new ArrayList<>();
        for (long size : shape) {
            long start = chance.nextLong(size);
            long stop = start + 1 + chance.nextLong(size - start);
            ranges.add(new Range(start, stop, chance.nextInt(3) == 0 ? 1 + chance.nextLong(4) : 1));
        }
        return new Slice(List.copyOf(ranges));
    }

    /** One of the last third of the first dimension, and all of the others. */
    static Slice drawnAtEnd(List<Long> shape, RandomGenerator chance) {
        List<Range> ranges = new ArrayList<>();
        for (long size : shape) {
            long least = ranges.isEmpty() ? size - Math.max(1, size / 3) : 0;
            long start = least + (ranges.isEmpty() ? chance.nextLong(size - least) : 0);
            ranges.add(new Range(start, size, 1));
        }
        return new Slice(List.copyOf(ranges));
    }

    Hyperslab hyperslab() {
        return ranges.isEmpty()
                ? Hyperslab.all()
                : Hyperslab.of(ranges.stream()
                        .map(range -> Hyperslab.Range.of(range.start(), range.stop(), range.step()))
                        .toArray(Hyperslab.Range[]::new));
    }

    /** The row-major indexes of its elements. */
    int[] elements(List<Long> shape) {
        int[] found = {0};
        for (int d = 0; d < shape.size(); d++) {
            int size = Math.toIntExact(shape.get(d));
            Range range = ranges.isEmpty() ? new Range(0, size, 1) : ranges.get(d);
            int count = range.count();
            int[] next = new int[found.length * count];
            for (int i = 0; i < found.length; i++) {
                for (int k = 0; k < count; k++) {
                    next[i * count + k] = found[i] * size + (int) (range.start() + k * range.step());
                }
            }
            found = next;
        }
        return found;
    }
}
