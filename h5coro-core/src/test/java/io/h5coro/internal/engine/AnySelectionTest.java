// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.format.message.FillValue;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any slices of any datasets of ranks 0 to 5, contiguous and chunked, in one call, against a walk over all elements.
 * Element number i of a dataset is i + 1; what no chunk holds is the fill value.
 */
@Timeout(120)
final class AnySelectionTest {
    private static final int FILL = -7;

    /** A dataset, and which of its elements no chunk holds. */
    private record Stored(String path, Shape shape, ElementType type, boolean[] missing) {}

    private final Random random = new Random(23);
    private final MemoryFile file = new MemoryFile();
    private final List<Stored> datasets = new ArrayList<>();

    private static byte[] element(ElementType type, long value) {
        byte[] bytes = new byte[type.size()];
        boolean big = type instanceof IntegerType integer && integer.order() == Order.BIG_ENDIAN;
        for (int i = 0; i < bytes.length; i++) {
            bytes[big ? bytes.length - 1 - i : i] = (byte) (value >> 8 * i);
        }
        return bytes;
    }

    private ElementType type() {
        int size = new int[] {2, 3, 4, 8}[random.nextInt(4)];
        return IntegerType.of(size, random.nextBoolean() ? Order.LITTLE_ENDIAN : Order.BIG_ENDIAN, true);
    }

    private Shape shape(int rank) {
        long[] dimensions = new long[rank];
        for (int d = 0; d < rank; d++) {
            dimensions[d] = 1 + random.nextInt(rank > 3 ? 4 : 9);
        }
        return Shape.of(dimensions);
    }

    private void contiguous(int rank) {
        Stored stored = new Stored("/c" + datasets.size(), shape(rank), type(), null);
        int count = (int) stored.shape.elementCount();
        byte[] all = new byte[count * stored.type.size()];
        for (int i = 0; i < count; i++) {
            System.arraycopy(element(stored.type, i + 1L), 0, all, i * stored.type.size(), stored.type.size());
        }
        file.append(new byte[random.nextInt(40)]);
        file.contiguous(stored.path, stored.type, stored.shape, file.append(all));
        datasets.add(stored);
    }

    private void chunked(int rank) {
        Shape shape = shape(rank);
        Stored stored = new Stored("/k" + datasets.size(), shape, type(), new boolean[(int) shape.elementCount()]);
        long[] chunk = new long[rank];
        for (int d = 0; d < rank; d++) {
            chunk[d] = 1 + random.nextInt(4);
        }
        FilterDescription[] filters =
                random.nextBoolean() ? new FilterDescription[] {MemoryFile.DEFLATE} : new FilterDescription[0];
        FillValue fill = new FillValue(element(stored.type, FILL), FillValue.State.USER_DEFINED, 3, 2);
        file.chunked(stored.path, stored.type, shape, chunk, fill, filters);
        long[] chunks = new long[rank];
        long count = 1;
        for (int d = 0; d < rank; d++) {
            chunks[d] = (shape.dimension(d) + chunk[d] - 1) / chunk[d];
            count *= chunks[d];
        }
        for (long i = 0; i < count; i++) {
            chunk(stored, coordinate(i, chunks), chunk, filters.length > 0);
        }
        datasets.add(stored);
    }

    private static long[] coordinate(long number, long[] dimensions) {
        long[] at = new long[dimensions.length];
        long rest = number;
        for (int d = at.length - 1; d >= 0; d--) {
            at[d] = rest % dimensions[d];
            rest /= dimensions[d];
        }
        return at;
    }

    /** One of six is missing; of filtered ones some went through no filter. */
    private void chunk(Stored stored, long[] coordinate, long[] chunk, boolean filtered) {
        boolean missing = random.nextInt(6) == 0;
        int size = stored.type.size();
        int count = (int) Arrays.stream(chunk).reduce(1, (a, b) -> a * b);
        byte[] plain = new byte[count * size];
        Arrays.fill(plain, (byte) 0x55);
        for (int i = 0; i < count; i++) {
            long number = 0;
            boolean inside = true;
            long[] within = coordinate(i, chunk);
            for (int d = 0; d < chunk.length; d++) {
                long index = coordinate[d] * chunk[d] + within[d];
                inside &= index < stored.shape.dimension(d);
                number = number * stored.shape.dimension(d) + index;
            }
            if (inside) {
                System.arraycopy(element(stored.type, number + 1), 0, plain, i * size, size);
                stored.missing[(int) number] = missing;
            }
        }
        if (!missing) {
            boolean encoded = filtered && random.nextInt(4) > 0;
            file.append(new byte[random.nextInt(9)]);
            file.chunk(stored.path, encoded ? MemoryFile.deflated(plain) : plain, encoded ? 0 : 1, coordinate);
        }
    }

    private Hyperslab.Range range(long length) {
        long start = random.nextInt((int) length + 1);
        long stop = start + random.nextInt((int) (length - start) + 1);
        long step = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
        return switch (random.nextInt(6)) {
            case 0 -> Hyperslab.Range.all();
            case 1 -> new Hyperslab.Range(start, null, step);
            case 2 -> new Hyperslab.Range(null, stop, step);
            case 3 -> new Hyperslab.Range(start == length ? start : start - length, stop, step);
            default -> Hyperslab.Range.of(start, stop, step);
        };
    }

    /** Up to four slices that differ in the first dimension alone. */
    private Hyperslab[] slices(Shape shape) {
        if (shape.rank() == 0 || random.nextInt(5) == 0) {
            return new Hyperslab[0];
        }
        List<Hyperslab.Range> ranges = new ArrayList<>();
        for (int d = 0; d < shape.rank(); d++) {
            ranges.add(range(shape.dimension(d)));
        }
        int given = 1 + random.nextInt(shape.rank());
        Hyperslab[] slices = new Hyperslab[1 + random.nextInt(4)];
        for (int i = 0; i < slices.length; i++) {
            ranges.set(0, range(shape.dimension(0)));
            slices[i] = new Hyperslab(ranges.subList(0, given));
        }
        return slices;
    }

    /** The values of slices one behind the other, element by element. */
    private static List<Long> walked(Stored stored, Hyperslab[] slices) {
        List<Long> values = new ArrayList<>();
        Hyperslab[] all = slices.length == 0 ? new Hyperslab[] {Hyperslab.all()} : slices;
        for (Hyperslab slice : all) {
            for (int i = 0; i < stored.shape.elementCount(); i++) {
                if (isIn(slice, coordinate(i, stored.shape.dimensions()), stored.shape)) {
                    values.add(stored.missing != null && stored.missing[i] ? (long) FILL : i + 1L);
                }
            }
        }
        return values;
    }

    private static boolean isIn(Hyperslab slice, long[] at, Shape shape) {
        for (int d = 0; d < slice.ranges().size(); d++) {
            Hyperslab.Range range = slice.ranges().get(d);
            long length = shape.dimension(d);
            long start = range.start() == null ? 0 : Math.floorMod(range.start(), length + 1);
            start = range.start() != null && range.start() < 0 ? range.start() + length : start;
            long stop = range.stop() == null ? length : range.stop();
            if (at[d] < start || at[d] >= stop || (at[d] - start) % range.step() != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Long> found(H5Array array) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < array.length(); i++) {
            values.add(array.getLong(i));
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 16, 1 << 20})
    void everySliceHasItsElementsInOrder(long gapBytes) {
        for (int rank = 0; rank <= 5; rank++) {
            for (int i = 0; i < 4; i++) {
                contiguous(rank);
                if (rank > 0) {
                    chunked(rank);
                }
            }
        }
        ReadOptions options = ReadOptions.builder()
                .decodeThreads(2)
                .gapBytes(gapBytes)
                .maxRequestBytes(512)
                .build();
        int elements = 0;
        try (MemoryFile.Open open = file.open(options)) {
            for (int round = 0; round < 12; round++) {
                List<DatasetRequest> requests = new ArrayList<>();
                List<Hyperslab[]> slices = new ArrayList<>();
                for (Stored stored : datasets) {
                    slices.add(slices(stored.shape));
                    requests.add(DatasetRequest.of(stored.path, slices.get(slices.size() - 1))
                            .named(stored.path));
                }
                Call call = open.start(requests);
                for (int i = 0; i < datasets.size(); i++) {
                    H5Array array = Results.of(call, datasets.get(i).path);
                    List<Long> expected = walked(datasets.get(i), slices.get(i));
                    assertEquals(expected, found(array), requests.get(i) + " of " + datasets.get(i).shape);
                    elements += expected.size();
                }
            }
        }
        assertTrue(elements > 10_000, elements + " elements");
    }
}
