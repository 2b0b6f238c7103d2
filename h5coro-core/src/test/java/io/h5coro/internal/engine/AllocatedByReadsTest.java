// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.AllocatedBytes;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.FileStorageProvider;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a whole read of a local file allocates for a byte of values: the result, and little else. */
@Timeout(120)
final class AllocatedByReadsTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);

    /** The same numbers, which use some of their bits only; what is above them does not count. */
    private static final IntegerType PADDED =
            new IntegerType(4, Order.LITTLE_ENDIAN, true, 0, 15, BitPadding.ZERO, BitPadding.ZERO);

    /** Of all counted threads: those that decode work for all files. */
    private static final ThreadGroup COUNTED = new ThreadGroup("counted");

    /** A busy machine has more answers under way at once in some of them, and arrays for these. */
    private static final int ROUNDS = 40;

    private static final int COUNT = 4_000_000;
    private static final int CHUNK = 100_000;

    @TempDir
    private Path folder;

    private double least = Double.MAX_VALUE;
    private int last;

    private static byte[] bytes(int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putInt(value(from + i));
        }
        return bytes.array();
    }

    /** Half of the bytes of a value are noise. */
    private static int value(int index) {
        return (index * 0x9E3779B1) >>> 16;
    }

    private MemoryFile file(String layout) {
        MemoryFile file = new MemoryFile();
        Shape shape = Shape.of(COUNT);
        if (layout.equals("contiguous") || layout.equals("padded")) {
            IntegerType type = layout.equals("padded") ? PADDED : INT;
            return file.contiguous("/x", type, shape, file.append(bytes(0, COUNT)));
        }
        boolean packed = layout.equals("deflate");
        if (packed) {
            file.chunked("/x", INT, shape, new long[] {CHUNK}, MemoryFile.DEFLATE);
        } else {
            file.chunked("/x", INT, shape, new long[] {CHUNK});
        }
        for (int at = 0; at < COUNT; at += CHUNK) {
            byte[] plain = bytes(at, CHUNK);
            MemoryFile unused = file.chunk("/x", packed ? MemoryFile.deflated(plain) : plain, 0, at / CHUNK);
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({"contiguous, 1.05", "padded, 1.05", "chunks, 1.05", "deflate, 1.2"})
    void aWholeReadAllocatesItsResultAndLittleElse(String layout, double most) throws Exception {
        assumeTrue(Runtime.version().feature() < 21, "what virtual threads allocate has no count");
        ReadOptions options = ReadOptions.builder().decodeThreads(2).build();
        try (MemoryFile.Open open = file(layout).open(options, memory -> {
            try {
                byte[] all = memory.read(new ByteRange(0, Integer.MAX_VALUE)).join();
                Path path = Files.write(folder.resolve("x.h5"), all);
                return new FileStorageProvider().open(path.toUri(), StorageOptions.none());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        })) {
            Thread counting = new Thread(COUNTED, () -> count(open, most));
            counting.start();
            counting.join();
        }
        int unused = layout.equals("padded") ? Integer.SIZE - PADDED.precision() : 0;
        assertEquals(value(COUNT - 1) << unused >> unused, last);
        assertTrue(least >= 1 && least <= most, layout + ": " + least + " bytes for a byte of values");
    }

    private void count(MemoryFile.Open open, double most) {
        for (int round = 0; round < ROUNDS && least > most; round++) {
            AllocatedBytes allocated = new AllocatedBytes();
            Call call = open.start(List.of(DatasetRequest.of("/x")));
            IntArray array =
                    (IntArray) Objects.requireNonNull(call.future("/x")).join();
            double each = allocated.count() / (4.0 * COUNT);
            last = array.values()[COUNT - 1];
            if (round > 0) {
                least = Math.min(least, each);
            }
        }
    }
}
