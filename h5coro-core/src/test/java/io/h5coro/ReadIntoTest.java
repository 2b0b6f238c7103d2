// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.ByteArray;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Destination;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntArray;
import io.h5coro.model.LongArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.RowBlock;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.WalkOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.testdata.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values in memory of the caller are those that {@code read} gives, which other tests compare with libhdf5's. */
final class ReadIntoTest {
    private static final DatasetRequest HEIGHTS = DatasetRequest.of("/gt1l/heights/h_ph");

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }

    /** The values as bytes in an order. */
    private static ByteBuffer bytes(H5Array values, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length() * 8).order(order);
        int size;
        if (values instanceof FloatArray a) {
            bytes.asFloatBuffer().put(a.values());
            size = 4;
        } else if (values instanceof DoubleArray a) {
            bytes.asDoubleBuffer().put(a.values());
            size = 8;
        } else if (values instanceof LongArray a) {
            bytes.asLongBuffer().put(a.values());
            size = 8;
        } else if (values instanceof IntArray a) {
            bytes.asIntBuffer().put(a.values());
            size = 4;
        } else if (values instanceof ShortArray a) {
            bytes.asShortBuffer().put(a.values());
            size = 2;
        } else {
            bytes.put(((ByteArray) values).values()).rewind();
            size = 1;
        }
        return bytes.limit(values.length() * size);
    }

    private static List<Dataset> datasets(H5Coro file) {
        return file.root()
                .walk(WalkOptions.all())
                .flatMap(member -> member.object().stream())
                .filter(Dataset.class::isInstance)
                .map(Dataset.class::cast)
                .toList();
    }

    /** Whether the memory takes the values of a dataset; they are then the same as those of an array. */
    private static boolean isTaken(H5Coro file, Dataset dataset, H5Array expected, ByteOrder order) {
        ByteBuffer memory = ByteBuffer.allocateDirect(3 + expected.length() * 8).order(order);
        memory.position(3);
        try {
            Destination.Filled filled =
                    file.readInto(dataset.request(), Destination.of(memory)).join();
            assertEquals(new Destination.Filled(expected.type(), expected.shape()), filled);
        } catch (CompletionException e) {
            assertInstanceOf(SelectionException.class, e.getCause());
            return false;
        }
        assertEquals(3, memory.position());
        ByteBuffer wanted = bytes(expected, order);
        assertEquals(wanted, memory.slice(3, wanted.remaining()), dataset.toString());
        return true;
    }

    /** Compact, contiguous, chunked, filtered, virtual, external, of all types: whatever the fixtures have. */
    @Test
    void datasetsOfManyFixturesFillByteBuffers() {
        int taken = 0;
        int refused = 0;
        for (String name : Fixtures.all()) {
            if (!name.matches("datatypes_.*v200|superblock_v0|chunk_indexes_v200|virtual_v110|external.*|storage.*")) {
                continue;
            }
            try (H5Coro file = H5Coro.open(Fixtures.path(name))) {
                for (Dataset dataset : datasets(file)) {
                    ByteOrder order = taken % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                    H5Array expected = readable(dataset);
                    if (expected != null && isTaken(file, dataset, expected, order)) {
                        taken++;
                    } else {
                        refused++;
                    }
                }
            }
        }
        assertTrue(taken > 100 && refused > 20, "taken: " + taken + ", refused: " + refused);
    }

    private static @Nullable H5Array readable(Dataset dataset) {
        try {
            return dataset.read();
        } catch (H5Exception unreadable) {
            return null;
        }
    }

    @Test
    void everyKindOfMemoryTakesItsType() {
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule"))) {
            H5Array heights = file.read(HEIGHTS);
            float[] expected = ((FloatArray) heights).values();
            float[] array = new float[7002];
            array[0] = 1;
            array[7001] = 2;
            Destination.Filled filled =
                    file.readInto(HEIGHTS, Destination.of(array, 1)).join();
            assertEquals(new Destination.Filled(heights.type(), Shape.of(7000)), filled);
            assertEquals(7000, filled.length());
            assertEquals(1, array[0]);
            assertEquals(2, array[7001]);
            FloatBuffer onHeap = FloatBuffer.wrap(new float[7010], 5, 7003).slice();
            onHeap.position(2);
            file.readInto(HEIGHTS, Destination.of(onHeap)).join();
            FloatBuffer outside = ByteBuffer.allocateDirect(28_000).asFloatBuffer();
            file.readInto(HEIGHTS, Destination.of(outside)).join();
            for (int i = 0; i < 7000; i++) {
                assertEquals(expected[i], array[i + 1]);
                assertEquals(expected[i], onHeap.get(i + 2));
                assertEquals(expected[i], outside.get(i));
            }
        }
    }

    /** The array behind the buffer is longer than what the buffer lends of it. */
    @Test
    void aBufferWhoseLimitIsTheNumberOfElementsTakesThem() {
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule"))) {
            float[] expected = ((FloatArray) file.read(HEIGHTS)).values();
            FloatBuffer front = FloatBuffer.allocate(7001).limit(7000);
            assertEquals(
                    7000, file.readInto(HEIGHTS, Destination.of(front)).join().length());
            for (int i = 0; i < 7000; i++) {
                assertEquals(expected[i], front.array()[i]);
            }
            assertEquals(0, front.array()[7000]);
        }
    }

    /** Values by h5py: f['/contiguous'][...] of superblock_v0 is arange(30).reshape(6, 5) of int32. */
    @Test
    void slicesGoToTheirPlaceOneAfterTheOther() {
        try (H5Coro file = H5Coro.open(Fixtures.path("superblock_v0"))) {
            int[] all = ((IntArray) file.read("/contiguous")).values();
            IntBuffer memory =
                    ByteBuffer.allocateDirect(48).order(ByteOrder.BIG_ENDIAN).asIntBuffer();
            DatasetRequest request =
                    DatasetRequest.of("/contiguous", Hyperslab.parse("[0:6:2, 0:5:2]"), Hyperslab.parse("[5, 1:4]"));
            assertEquals(
                    Shape.of(4, 3),
                    file.readInto(request, Destination.of(memory)).join().shape());
            int[] places = {0, 2, 4, 10, 12, 14, 20, 22, 24, 26, 27, 28};
            for (int i = 0; i < places.length; i++) {
                assertEquals(all[places[i]], memory.get(i));
            }
        }
    }

    @Test
    void wrongMemoryIsRefusedBeforeAnyDataIsRequested() {
        CountingRangeReader counting =
                new CountingRangeReader(MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule")));
        ReadOptions small =
                ReadOptions.builder().firstReadBytes(512).blockBytes(512).build();
        try (H5Coro file = H5Coro.open(counting, small)) {
            assertEquals(7000, file.dataset(HEIGHTS.path()).shape().elementCount());
            assertEquals(1, file.explain(List.of(HEIGHTS)).datasets().size());
            counting.reset();
            for (Destination wrong : List.of(
                    Destination.of(new float[6999], 0),
                    Destination.of(new float[7000], 1),
                    Destination.of(new double[7000], 0),
                    Destination.of(new int[7000], 0),
                    Destination.of(ByteBuffer.allocate(27_999)),
                    Destination.of(IntBuffer.allocate(7000)),
                    Destination.of(DoubleBuffer.allocate(7000)))) {
                Throwable failure = failure(file.readInto(HEIGHTS, wrong));
                assertInstanceOf(SelectionException.class, failure);
                assertTrue(failure.getMessage().contains("/gt1l/heights/h_ph"), failure.getMessage());
            }
            assertEquals(0, counting.requests());
            file.readInto(HEIGHTS, Destination.of(new float[7000], 0)).join();
            assertTrue(counting.requests() > 0);
            assertInstanceOf(
                    NotFoundException.class,
                    failure(file.readInto(DatasetRequest.of("/no"), Destination.of(new float[1], 0))));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> Destination.of(new byte[2], 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> Destination.of(FloatBuffer.allocate(2).asReadOnlyBuffer()));
    }

    @Test
    void manyRequestsArePlannedTogether() {
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule"))) {
            Map<DatasetRequest, Destination> destinations = new LinkedHashMap<>();
            float[] all = new float[20];
            DatasetRequest first = DatasetRequest.of(HEIGHTS.path(), Hyperslab.parse("[:10]"));
            DatasetRequest last = DatasetRequest.of(HEIGHTS.path(), Hyperslab.parse("[-10:]"));
            destinations.put(first, Destination.of(all, 0));
            destinations.put(last, Destination.of(FloatBuffer.wrap(all, 10, 10)));
            Map<DatasetRequest, CompletableFuture<Destination.Filled>> filled = file.readInto(destinations);
            assertEquals(List.of(first, last), List.copyOf(filled.keySet()));
            filled.values().forEach(CompletableFuture::join);
            float[] heights = ((FloatArray) file.read(HEIGHTS)).values();
            for (int i = 0; i < 10; i++) {
                assertEquals(heights[i], all[i]);
                assertEquals(heights[6990 + i], all[10 + i]);
            }
        }
    }

    /** What is asked for is answered when the gate opens. */
    private static final class Gated extends ForwardingRangeReader {
        private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

        Gated(RangeReader reader) {
            super(reader);
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            CompletableFuture<Void> own = gate;
            return delegate().read(ranges).stream()
                    .map(answer -> own.thenCombine(answer, (open, bytes) -> bytes))
                    .toList();
        }
    }

    @Test
    @SuppressWarnings("try") // closing it while it reads is the case
    void nothingIsWrittenOnceTheFutureHasFailed() {
        Gated gated = new Gated(MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule")));
        float[] memory = new float[7000];
        CompletableFuture<Void> gate = new CompletableFuture<>();
        try (H5Coro file = H5Coro.open(gated, ReadOptions.defaults())) {
            assertEquals(1, file.explain(List.of(HEIGHTS)).datasets().size());
            gated.gate = gate;
            CompletableFuture<Destination.Filled> filled = file.readInto(HEIGHTS, Destination.of(memory, 0));
            file.close();
            assertInstanceOf(ReadAbortedException.class, failure(filled));
            float[] after = memory.clone();
            gate.complete(null);
            assertArrayEquals(after, memory);
        }
    }

    /** Where both do the same work, the arrays of the results are the difference. */
    @Test
    void thereIsNoSecondCopy() throws Exception {
        assumeTrue(Runtime.version().feature() < 21, "what virtual threads allocate has no count");
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule"))) {
            float[] memory = new float[7000 * 200];
            Map<DatasetRequest, Destination> destinations = new LinkedHashMap<>();
            for (int i = 0; i < 200; i++) {
                destinations.put(HEIGHTS.named("n" + i), Destination.of(memory, 7000 * i));
            }
            List<DatasetRequest> requests = List.copyOf(destinations.keySet());
            AtomicLong into = new AtomicLong();
            AtomicLong own = new AtomicLong();
            Thread counting = new Thread(new ThreadGroup("counted"), () -> {
                for (int round = 0; round < 3; round++) {
                    AllocatedBytes before = new AllocatedBytes();
                    file.readInto(destinations).values().forEach(CompletableFuture::join);
                    into.set(before.count());
                    before = new AllocatedBytes();
                    file.readDatasets(requests).await();
                    own.set(before.count());
                }
            });
            counting.start();
            counting.join();
            long bytes = 4L * memory.length;
            assertTrue(own.get() - into.get() > bytes / 2, "own: " + own + ", into: " + into);
            assertTrue(into.get() > 0);
        }
    }

    @Test
    void blocksUseTheMemoryOfEarlierOnes() {
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule"))) {
            float[] heights = ((FloatArray) file.read(HEIGHTS)).values();
            for (int readAhead = 0; readAhead < 3; readAhead++) {
                BlockOptions options = new BlockOptions(700, 1 << 20, readAhead).withReusedMemory();
                Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
                List<Float> all = new ArrayList<>();
                try (RowBlocks blocks = file.dataset(HEIGHTS.path()).blocks(options)) {
                    while (blocks.hasNext()) {
                        RowBlock block = blocks.next();
                        float[] values = ((FloatArray) block.values()).values();
                        assertEquals(all.size(), block.firstRow());
                        assertSame(values, ((FloatArray) block.values()).values());
                        arrays.add(values);
                        for (float value : values) {
                            all.add(value);
                        }
                    }
                }
                assertEquals(Math.max(1, readAhead + (readAhead == 0 ? 0 : 1)), arrays.size());
                assertEquals(7000, all.size());
                for (int i = 0; i < 7000; i++) {
                    assertEquals(heights[i], all.get(i));
                }
            }
        }
    }

    @Test
    void aDestinationSaysWhatItHasRoomFor() {
        assertEquals(2, Destination.of(ShortBuffer.allocate(3).position(1)).length());
        assertEquals(1, Destination.of(LongBuffer.allocate(3).position(1)).offset());
        assertEquals(
                "long[] with room for 3 elements from 1 on",
                Destination.of(new long[4], 1).toString());
        assertEquals(
                "ByteBuffer with room for 4 bytes from 0 on",
                Destination.of(ByteBuffer.allocate(4)).toString());
    }
}
