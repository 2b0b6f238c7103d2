// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A storage that goes on writing to what was lent for requests that failed, were cancelled or were answered otherwise:
 * values are right all the same, since nobody uses such an array again.
 */
@Timeout(120)
final class LateWritersTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final int COUNT = 300_000;
    private static final int CHUNK = 50_000;

    /** Of ten requests some fail, some never end, some are answered in a second array. */
    private static final class LateWriters extends ForwardingRangeReader {
        private final Random random = new Random(7);
        private final List<byte[]> late = new CopyOnWriteArrayList<>();

        LateWriters(RangeReader delegate) {
            super(delegate);
        }

        @Override
        public synchronized List<CompletableFuture<RangeBytes>> readInto(
                List<ByteRange> ranges, Lending lending, Retries retries) {
            List<CompletableFuture<RangeBytes>> answers = new ArrayList<>();
            for (int i = 0; i < ranges.size(); i++) {
                byte[] bytes = delegate().read(ranges.get(i)).join();
                int kind = random.nextInt(10);
                byte[] lent = lending.lend(i, bytes.length);
                CompletableFuture<RangeBytes> answer = new CompletableFuture<>();
                answers.add(answer);
                if (kind < 2) {
                    late.add(lent);
                }
                if (kind == 0) {
                    answer.completeExceptionally(
                            new StorageException(StorageException.Kind.UNAVAILABLE, "memory: slow down"));
                } else {
                    byte[] into = kind == 1 ? lending.lend(i, bytes.length) : lent;
                    System.arraycopy(bytes, 0, into, 0, bytes.length);
                    answer.complete(new RangeBytes(into, bytes.length));
                }
            }
            scribble();
            return answers;
        }

        void scribble() {
            for (byte[] array : late) {
                Arrays.fill(array, (byte) 0x55);
            }
        }
    }

    private static byte[] bytes(int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putInt(7 * (from + i));
        }
        return bytes.array();
    }

    private static MemoryFile file() {
        MemoryFile file = new MemoryFile();
        Shape shape = Shape.of(COUNT);
        long address = file.append(bytes(0, COUNT));
        file.contiguous("/plain", INT, shape, address);
        file.chunked("/packed", INT, shape, new long[] {CHUNK}, MemoryFile.DEFLATE);
        for (int at = 0; at < COUNT; at += CHUNK) {
            MemoryFile unused = file.chunk("/packed", MemoryFile.deflated(bytes(at, CHUNK)), 0, at / CHUNK);
        }
        return file;
    }

    @Test
    void valuesAreRightWhileOthersWriteLate() throws Exception {
        int[] expected = new int[COUNT];
        Arrays.setAll(expected, i -> 7 * i);
        LateWriters[] storage = new LateWriters[1];
        int read = 0;
        ReadOptions options = ReadOptions.builder().decodeThreads(2).build();
        try (MemoryFile.Open open = file().open(options, memory -> storage[0] = new LateWriters(memory))) {
            Thread writer = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    storage[0].scribble();
                    LockSupport.parkNanos(100_000);
                }
            });
            writer.start();
            for (int round = 0; round < 24; round++) {
                Call call = open.start(List.of(DatasetRequest.of("/plain"), DatasetRequest.of("/packed")));
                if (round % 8 == 7) {
                    call.cancel();
                }
                for (String name : List.of("/plain", "/packed")) {
                    try {
                        IntArray array = (IntArray)
                                Objects.requireNonNull(call.future(name)).get();
                        assertArrayEquals(expected, array.values(), name);
                        read++;
                    } catch (ExecutionException failed) {
                        // A request that failed twice, or was cancelled.
                        continue;
                    }
                }
            }
            writer.interrupt();
            writer.join();
        }
        assertTrue(read >= 12, read + " results");
        assertTrue(storage[0].late.size() >= 5, storage[0].late.size() + " late writers");
    }
}
