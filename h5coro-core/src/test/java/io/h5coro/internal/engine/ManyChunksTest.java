// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of small chunks in one read: each element of the result is its own number in the dataset. */
@Timeout(120)
final class ManyChunksTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final ReadOptions OPTIONS =
            ReadOptions.builder().decodeThreads(2).build();

    /** A dataset, its chunks in any order and with gaps in the file, some of them never written. */
    private static final class Case {
        private final Random random;
        private final long[] shape;
        private final long[] chunk;
        private final boolean deflate;
        private final MemoryFile file = new MemoryFile();
        private final int[] values;

        Case(Random random, int rank) {
            this.random = random;
            this.shape = new long[rank];
            this.chunk = new long[rank];
            this.deflate = random.nextBoolean();
            int side = rank == 1 ? 5000 : rank == 2 ? 70 : 17;
            for (int d = 0; d < rank; d++) {
                chunk[d] = 1 + random.nextInt(3);
                shape[d] = chunk[d] * side - random.nextInt((int) chunk[d]);
            }
            this.values = new int[(int) Shape.of(shape).elementCount()];
            FilterDescription[] filters =
                    deflate ? new FilterDescription[] {MemoryFile.DEFLATE} : new FilterDescription[0];
            file.chunked("/x", INT, Shape.of(shape), chunk, filters);
            write(chunks());
        }

        private List<long[]> chunks() {
            List<long[]> all = new ArrayList<>();
            long[] at = new long[shape.length];
            int d;
            do {
                all.add(at.clone());
                for (d = at.length - 1; d >= 0; d--) {
                    if ((++at[d]) * chunk[d] < shape[d]) {
                        break;
                    }
                    at[d] = 0;
                }
            } while (d >= 0);
            return all;
        }

        private void write(List<long[]> chunks) {
            List<long[]> inFile = new ArrayList<>(chunks);
            int disorder = random.nextInt(3);
            if (disorder == 1) {
                Collections.shuffle(inFile, random);
            } else if (disorder == 2) {
                Collections.swap(inFile, 7, inFile.size() - 9);
            }
            boolean gaps = random.nextBoolean();
            List<ChunkRecord> records = new ArrayList<>();
            for (long[] at : inFile) {
                if (gaps && random.nextInt(50) == 0) {
                    long unused = file.append(new byte[random.nextInt(10_000)]);
                }
                if (random.nextInt(400) > 0) {
                    byte[] plain = plain(at);
                    boolean skipped = random.nextInt(20) == 0;
                    byte[] stored = deflate && !skipped ? MemoryFile.deflated(plain) : plain;
                    records.add(new ChunkRecord(at, file.append(stored), stored.length, deflate && skipped ? 1 : 0));
                }
            }
            if (random.nextBoolean()) {
                records.sort((a, b) -> Arrays.compare(a.coordinate(), b.coordinate()));
            }
            records.forEach(record -> file.record("/x", record));
        }

        /** The bytes of a chunk, elements behind the edge included; notes the values. */
        private byte[] plain(long[] at) {
            int elements = (int) Shape.of(chunk).elementCount();
            ByteBuffer bytes = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < elements; i++) {
                long number = 0;
                long inChunk = i;
                boolean inside = true;
                long[] index = new long[shape.length];
                for (int d = shape.length - 1; d >= 0; d--) {
                    index[d] = at[d] * chunk[d] + inChunk % chunk[d];
                    inChunk /= chunk[d];
                    inside &= index[d] < shape[d];
                }
                for (int d = 0; d < shape.length; d++) {
                    number = number * shape[d] + index[d];
                }
                bytes.putInt(inside ? (int) number + 1 : -1);
                if (inside) {
                    values[(int) number] = (int) number + 1;
                }
            }
            return bytes.array();
        }

        Hyperslab slice() {
            List<Hyperslab.Range> ranges = new ArrayList<>();
            for (long length : shape) {
                long start = random.nextInt(5);
                long step = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(4);
                ranges.add(Hyperslab.Range.of(start, length - random.nextInt(5), step));
            }
            return Hyperslab.of(ranges.toArray(new Hyperslab.Range[0]));
        }

        int[] expected(Hyperslab slice) {
            List<Integer> wanted = new ArrayList<>();
            collect(slice, 0, 0, wanted);
            return wanted.stream().mapToInt(i -> values[i]).toArray();
        }

        private void collect(Hyperslab slice, int d, long number, List<Integer> into) {
            if (d == shape.length) {
                into.add((int) number);
                return;
            }
            Hyperslab.Range range = slice.ranges().get(d);
            for (long i = Objects.requireNonNull(range.start());
                    i < Objects.requireNonNull(range.stop());
                    i += range.step()) {
                collect(slice, d + 1, number * shape[d] + i, into);
            }
        }

        @Override
        public String toString() {
            return Arrays.toString(shape) + " in " + Arrays.toString(chunk) + (deflate ? " deflated" : "");
        }
    }

    private static int[] read(MemoryFile.Open open, DatasetRequest request) {
        try {
            Call call = open.start(List.of(request));
            return assertInstanceOf(
                            IntArray.class,
                            Objects.requireNonNull(call.future(request.name())).get(60, TimeUnit.SECONDS))
                    .values();
        } catch (ExecutionException e) {
            throw assertInstanceOf(H5Exception.class, e.getCause(), String.valueOf(e.getCause()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anySelectionOfAnyManyChunksIsExact() {
        for (int seed = 0; seed < 36; seed++) {
            Random random = new Random(seed);
            Case one = new Case(random, 1 + seed % 3);
            try (MemoryFile.Open open = one.file.open(OPTIONS)) {
                Hyperslab whole = Hyperslab.of(Arrays.stream(one.shape)
                        .mapToObj(length -> Hyperslab.Range.of(0, length))
                        .toArray(Hyperslab.Range[]::new));
                for (Hyperslab slice : List.of(whole, one.slice(), one.slice())) {
                    assertArrayEquals(
                            one.expected(slice),
                            read(open, DatasetRequest.of("/x", slice)),
                            "seed " + seed + ": " + one + " " + slice);
                }
            }
        }
    }

    /** Chunks of an element, one behind the other from address 64 on; element i is i. */
    private static MemoryFile line(int count, FilterDescription... filters) {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(count), new long[] {1}, filters);
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putInt(i);
        }
        long start = file.append(bytes.array());
        for (int i = 0; i < count; i++) {
            file.record("/x", new ChunkRecord(new long[] {i}, start + 4L * i, 4, filters.length == 0 ? 0 : 1));
        }
        return file;
    }

    @Test
    void aHundredThousandChunksAreFewRequests() {
        int count = 100_000;
        try (MemoryFile.Open open = line(count, MemoryFile.DEFLATE).open(OPTIONS)) {
            assertEquals(9, read(open, DatasetRequest.parse("/x[9:10]"))[0]);
            int before = open.counting().requests();
            int[] values = read(open, DatasetRequest.of("/x"));
            assertArrayEquals(java.util.stream.IntStream.range(0, count).toArray(), values);
            int requests = open.counting().requests() - before;
            assertTrue(requests >= 1 && requests <= 8, requests + " requests");
        }
    }

    @Test
    void whatSaysWhereChunksAreIsWithinTheMemoryOfTheResults() {
        MemoryFile file = new MemoryFile();
        int count = 40_000;
        file.chunked("/x", INT, Shape.of(count), new long[] {1});
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(1));
        long[] addresses = new long[count];
        for (int i : order) {
            addresses[i] = file.append(Results.ints(i));
        }
        for (int i = 0; i < count; i++) {
            file.record("/x", new ChunkRecord(new long[] {i}, addresses[i], 4, 0));
        }
        // 160,000 bytes of result; the chunks are all over the file, and so take 32 bytes each to be put in order.
        ReadOptions few = ReadOptions.builder().resultBytes(1_000_000).build();
        try (MemoryFile.Open open = file.open(few)) {
            LimitExceededException e =
                    assertThrows(LimitExceededException.class, () -> read(open, DatasetRequest.of("/x")));
            assertTrue(e.getMessage().contains("where 40000 of 40000 chunks are"), e.getMessage());
            assertEquals(500, read(open, DatasetRequest.parse("/x[500:2500]"))[0], "the rest can be read");
            assertEquals(0, open.file().memory().use().resultBytes());
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            assertEquals(39_999, read(open, DatasetRequest.of("/x"))[39_999]);
            assertEquals(0, open.file().memory().use().resultBytes());
        }
    }

    @Test
    void chunksThatAreUsedInPartAreKeptAndNotFetchedAgain() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(2, 2000), new long[] {2, 1}, MemoryFile.DEFLATE);
        for (int i = 0; i < 2000; i++) {
            file.chunk("/x", MemoryFile.deflated(Results.ints(i, -i)), 0, 0, i);
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            assertEquals(1999, read(open, DatasetRequest.parse("/x[0]"))[1999]);
            int before = open.counting().requests();
            assertEquals(-1999, read(open, DatasetRequest.parse("/x[1]"))[1999]);
            assertEquals(-1999, read(open, DatasetRequest.of("/x"))[3999]);
            assertEquals(before, open.counting().requests());
        }
    }

    /** Ten bytes between chunks of four are fetched with them. */
    @Test
    void aPlanWantsTheChunksAndNotTheGapsBetweenThem() throws Exception {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(2000), new long[] {1});
        for (int i = 0; i < 2000; i++) {
            file.chunk("/x", Results.ints(i), 0, i);
            long unused = file.append(new byte[10]);
        }
        List<DatasetRequest> requests = List.of(DatasetRequest.of("/x"));
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            ReadPlan plan = new PlanCall(open.file()).plan(requests);
            assertEquals(8000, plan.bytesWanted() + plan.bytesCached());
            assertEquals(8000, plan.datasets().get(0).bytesWanted());
            Call call = open.start(requests);
            assertEquals(
                    2000,
                    Objects.requireNonNull(call.future("/x"))
                            .get(60, TimeUnit.SECONDS)
                            .length());
            assertEquals(8000, call.statistics().bytesWanted());
        }
    }

    @Test
    void partsOfVeryManyEncodedChunksTakeFewPieces() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(40_000), new long[] {2}, MemoryFile.DEFLATE);
        for (int i = 0; i < 20_000; i++) {
            file.chunk("/x", MemoryFile.deflated(Results.ints(2 * i, 2 * i + 1)), 0, i);
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            int[] odd = read(open, DatasetRequest.parse("/x[1:40000:2]"));
            assertEquals(20_000, odd.length);
            assertEquals(39_999, odd[19_999]);
            assertTrue(open.file().chunks().isEmpty(), "20,000 chunks are not kept one by one");
        }
    }

    @Test
    void aChunkOfAnUnknownFilterIsRefusedBeforeAnythingIsFetched() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(3000), new long[] {1}, new FilterDescription(333, "no", false, new int[0]));
        for (int i = 0; i < 3000; i++) {
            file.chunk("/x", Results.ints(i), i == 1500 ? 0 : 1, i);
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            int before = open.counting().requests();
            H5Exception e = assertThrows(H5Exception.class, () -> read(open, DatasetRequest.of("/x")));
            assertTrue(e.getMessage().contains("chunk [1500]"), e.getMessage());
            assertEquals(before, open.counting().requests());
            assertEquals(1499, read(open, DatasetRequest.parse("/x[:1500]"))[1499]);
        }
    }

    @Test
    void aDamagedChunkIsNamedAndFailsItsRequestOnly() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(5000), new long[] {1}, MemoryFile.DEFLATE);
        for (int i = 0; i < 5000; i++) {
            byte[] stored = MemoryFile.deflated(Results.ints(i));
            if (i == 3210) {
                stored[stored.length - 1]++;
            }
            file.chunk("/x", stored, 0, i);
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            H5Exception e = assertThrows(H5Exception.class, () -> read(open, DatasetRequest.of("/x")));
            assertTrue(e.getMessage().contains("chunk [3210]"), e.getMessage());
            assertEquals(3209, read(open, DatasetRequest.parse("/x[:3210]"))[3209]);
        }
    }

    @Test
    void aChunkThatDecodesToTooFewBytesIsNamed() {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(5000), new long[] {1}, MemoryFile.DEFLATE);
        for (int i = 0; i < 5000; i++) {
            byte[] plain = i == 44 ? new byte[3] : Results.ints(i);
            file.chunk("/x", MemoryFile.deflated(plain), 0, i);
        }
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            MalformedFileException e =
                    assertThrows(MalformedFileException.class, () -> read(open, DatasetRequest.of("/x")));
            assertTrue(e.getMessage().contains("chunk [44] decodes to 3 bytes"), e.getMessage());
        }
    }

    @Test
    void aChunkThatComesTwiceIsRefused() {
        MemoryFile file = line(3000);
        file.record("/x", new ChunkRecord(new long[] {7}, 64, 4, 0));
        try (MemoryFile.Open open = file.open(OPTIONS)) {
            MalformedFileException e =
                    assertThrows(MalformedFileException.class, () -> read(open, DatasetRequest.of("/x")));
            assertTrue(e.getMessage().contains("[7] twice"), e.getMessage());
        }
    }

    @Test
    void chunksAreCountedOneByOne() {
        try (MemoryFile.Open open = deflated(2000).open(OPTIONS)) {
            Call call = open.start(List.of(DatasetRequest.of("/x")));
            assertEquals(2000, Results.only(call).length());
            assertEquals(2000, call.statistics().chunks());
            assertEquals(8000, call.statistics().bytesDecoded());
        }
    }

    private static MemoryFile deflated(int count) {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(count), new long[] {1}, MemoryFile.DEFLATE);
        for (int i = 0; i < count; i++) {
            file.chunk("/x", MemoryFile.deflated(Results.ints(i)), 0, i);
        }
        return file;
    }
}
