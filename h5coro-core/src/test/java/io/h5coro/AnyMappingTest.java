// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.walk.BuiltDataset;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any mappings of virtual datasets of ranks 1 to 3, and any slices of them, against a walk over all elements. */
@Timeout(120)
final class AnyMappingTest {
    private static final int FILL = -7;

    /** What is selected, element by element in row-major order, and how the file says so. */
    private record Chosen(List<long[]> elements, MessageBytes stored) {}

    private final Random random = new Random(31);

    private static long[] coordinate(long number, long[] dimensions) {
        long[] at = new long[dimensions.length];
        long rest = number;
        for (int d = at.length - 1; d >= 0; d--) {
            at[d] = rest % dimensions[d];
            rest /= dimensions[d];
        }
        return at;
    }

    private static int number(long[] at, long[] dimensions) {
        long number = 0;
        for (int d = 0; d < at.length; d++) {
            number = number * dimensions[d] + at[d];
        }
        return (int) number;
    }

    private static int product(long[] dimensions) {
        return (int) Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
    }

    private long[] shape(int rank, int longest) {
        long[] shape = new long[rank];
        for (int d = 0; d < rank; d++) {
            shape[d] = 1 + random.nextInt(longest);
        }
        return shape;
    }

    /** A regular selection, whose blocks fit the shape. */
    private Chosen regular(long[] shape) {
        long[][] numbers = new long[shape.length][];
        MessageBytes stored = new MessageBytes().u32(2, 2).u8(1).u32(0).u32(shape.length);
        for (int d = 0; d < shape.length; d++) {
            long start = random.nextInt((int) shape[d]);
            long block = 1 + random.nextInt((int) (shape[d] - start));
            block = Math.min(block, 1 + random.nextInt(3));
            long stride = block + random.nextInt(3);
            long count = 1 + random.nextInt((int) ((shape[d] - start - block) / stride) + 1);
            numbers[d] = new long[] {start, stride, count, block};
            stored.u64(numbers[d]);
        }
        return new Chosen(
                inside(shape, at -> {
                    boolean is = true;
                    for (int d = 0; d < at.length; d++) {
                        long within = at[d] - numbers[d][0];
                        is &= within >= 0
                                && within / numbers[d][1] < numbers[d][2]
                                && within % numbers[d][1] < numbers[d][3];
                    }
                    return is;
                }),
                stored);
    }

    /** Two blocks that do not overlap: one before and one behind a cut through a dimension. */
    private Chosen blocks(long[] shape) {
        int across = random.nextInt(shape.length);
        if (shape[across] < 2) {
            return regular(shape);
        }
        long cut = 1 + random.nextInt((int) shape[across] - 1);
        long[][] corners = new long[4][shape.length];
        for (int b = 0; b < 2; b++) {
            for (int d = 0; d < shape.length; d++) {
                long low = d == across && b == 1 ? cut : 0;
                long high = d == across && b == 0 ? cut : shape[d];
                corners[2 * b][d] = low + random.nextInt((int) (high - low));
                corners[2 * b + 1][d] = corners[2 * b][d] + random.nextInt((int) (high - corners[2 * b][d]));
            }
        }
        MessageBytes stored = new MessageBytes().u32(2, 1, 0, 0).u32(shape.length, 2);
        Arrays.stream(corners).forEach(stored::u32);
        return new Chosen(
                inside(shape, at -> {
                    boolean first = true;
                    boolean second = true;
                    for (int d = 0; d < at.length; d++) {
                        first &= at[d] >= corners[0][d] && at[d] <= corners[1][d];
                        second &= at[d] >= corners[2][d] && at[d] <= corners[3][d];
                    }
                    return first || second;
                }),
                stored);
    }

    private interface Place {
        boolean holds(long[] at);
    }

    private static List<long[]> inside(long[] shape, Place place) {
        List<long[]> elements = new ArrayList<>();
        for (int i = 0; i < product(shape); i++) {
            long[] at = coordinate(i, shape);
            if (place.holds(at)) {
                elements.add(at);
            }
        }
        return elements;
    }

    /** As many elements of one row or column of a source. */
    private Chosen along(long[] shape, int count) {
        int d = random.nextInt(shape.length);
        long step = 1 + random.nextInt(2);
        if ((count - 1) * step >= shape[d]) {
            return null;
        }
        long[] start = new long[shape.length];
        for (int k = 0; k < start.length; k++) {
            start[k] = random.nextInt((int) (k == d ? shape[k] - (count - 1) * step : shape[k]));
        }
        MessageBytes stored = new MessageBytes().u32(2, 2).u8(1).u32(0).u32(shape.length);
        for (int k = 0; k < start.length; k++) {
            stored.u64(start[k], step, k == d ? count : 1, 1);
        }
        List<long[]> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long[] at = start.clone();
            at[d] += i * step;
            elements.add(at);
        }
        return new Chosen(elements, stored);
    }

    private long dataset(BuiltFile file, long[] shape, int from) {
        MessageBytes data = new MessageBytes();
        for (int i = 0; i < product(shape); i++) {
            data.u32(from + i);
        }
        long address = file.append(data);
        return file.header(
                BuiltDataset.space(shape),
                BuiltDataset.integers(4),
                BuiltDataset.contiguous(address, 4L * product(shape)));
    }

    /** A file with {@code /v} and its sources; gives what {@code /v} holds. */
    private long[] build(BuiltFile file, List<MessageBytes> root, long[] shape) {
        long[] expected = new long[product(shape)];
        Arrays.fill(expected, FILL);
        MessageBytes mappings = new MessageBytes();
        int count = 0;
        for (int m = 0; m < 1 + random.nextInt(4); m++) {
            Chosen virtual = random.nextInt(3) == 0 ? blocks(shape) : regular(shape);
            long[] source = shape(1 + random.nextInt(3), 12);
            Chosen chosen = random.nextBoolean() ? along(source, virtual.elements.size()) : null;
            if (chosen == null) {
                // A source of the virtual dataset's shape, of which the same places are taken.
                source = shape.clone();
                chosen = virtual;
            }
            int from = 1000 * (m + 1);
            root.add(BuiltFile.hardLink("s" + m, dataset(file, source, from)));
            mappings.name(".").name("/s" + m).add(chosen.stored).add(virtual.stored);
            count++;
            for (int i = 0; i < virtual.elements.size(); i++) {
                expected[number(virtual.elements.get(i), shape)] = from + number(chosen.elements.get(i), source);
            }
        }
        MessageBytes all = new MessageBytes().u8(0).length(count).add(mappings).checksum();
        long heap = file.append(BuiltDataset.collection(all));
        root.add(BuiltFile.hardLink(
                "v",
                file.header(
                        BuiltDataset.space(shape),
                        BuiltDataset.integers(4),
                        BuiltDataset.fill(FILL),
                        BuiltDataset.virtual(heap, 1))));
        return expected;
    }

    private Hyperslab slice(long[] shape) {
        List<Range> ranges = new ArrayList<>();
        for (long length : shape) {
            long start = random.nextInt((int) length + 1);
            long stop = start + random.nextInt((int) (length - start) + 1);
            ranges.add(Range.of(start, stop, 1 + random.nextInt(3)));
        }
        return new Hyperslab(ranges);
    }

    private static List<Long> walked(long[] expected, long[] shape, Hyperslab slice) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            long[] at = coordinate(i, shape);
            boolean is = true;
            for (int d = 0; d < at.length; d++) {
                Range range = slice.ranges().get(d);
                is &= at[d] >= range.start() && at[d] < range.stop() && (at[d] - range.start()) % range.step() == 0;
            }
            if (is) {
                values.add(expected[i]);
            }
        }
        return values;
    }

    private static List<Long> found(H5Array array) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < array.length(); i++) {
            values.add(array.getLong(i));
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyElementIsThatOfTheLastMappingThatHasIt(int rank) {
        int mapped = 0;
        for (int round = 0; round < 30; round++) {
            long[] shape = shape(rank, rank == 1 ? 30 : 7);
            BuiltFile file = new BuiltFile();
            List<MessageBytes> root = new ArrayList<>(List.of(BuiltFile.group()));
            long[] expected = build(file, root, shape);
            byte[] bytes = file.toArray(file.header(root.toArray(MessageBytes[]::new)), -1);
            try (H5Coro opened = H5Coro.open(
                    "v.h5", ReadOptions.defaults(), at -> MemoryRangeReader.of("v.h5", bytes), FileResolver.none())) {
                assertEquals(Arrays.stream(expected).boxed().toList(), found(opened.read("v")), "round " + round);
                for (int i = 0; i < 4; i++) {
                    Hyperslab slice = slice(shape);
                    assertEquals(
                            walked(expected, shape, slice),
                            found(opened.read(DatasetRequest.of("v", slice))),
                            slice + " in round " + round);
                }
            }
            mapped +=
                    (int) Arrays.stream(expected).filter(value -> value != FILL).count();
        }
        assertTrue(mapped > 150, mapped + " mapped elements");
    }
}
