// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageProfile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A file of 200 GB that is nowhere: its metadata are those that libhdf5 wrote ({@code testdata/make/huge_head.py}), its
 * values are made up from their position when they are read. Two datasets of 12,500,000 rows of 1000 int64:
 * {@code /contiguous} at 2048, {@code /chunked} in chunks of 500 by 250 one behind the other at 100,000,002,048.
 */
final class HugeFile implements RangeReader {
    static final long ROWS = 12_500_000;
    static final int COLUMNS = 1000;

    private static final long SIZE = 200_000_002_048L;
    private static final long CONTIGUOUS = 2048;
    private static final long CHUNKED = 100_000_002_048L;
    private static final int CHUNK_ROWS = 500;
    private static final int CHUNK_COLUMNS = 250;
    private static final long CHUNK_BYTES = 8L * CHUNK_ROWS * CHUNK_COLUMNS;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] head;

    HugeFile() {
        try (InputStream in = Objects.requireNonNull(HugeFile.class.getResourceAsStream("huge_head.bin"))) {
            head = in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value that stands at a position, a multiple of 8. */
    private static long valueAt(long position) {
        return position * 0x9E3779B97F4A7C15L;
    }

    /** What an element of a dataset is, by the layout that libhdf5 chose. */
    static long expected(String dataset, long row, int column) {
        if (dataset.equals("/contiguous")) {
            return valueAt(CONTIGUOUS + 8 * (row * COLUMNS + column));
        }
        long chunk = row / CHUNK_ROWS * (COLUMNS / CHUNK_COLUMNS) + column / CHUNK_COLUMNS;
        long inside = row % CHUNK_ROWS * CHUNK_COLUMNS + column % CHUNK_COLUMNS;
        return valueAt(CHUNKED + chunk * CHUNK_BYTES + 8 * inside);
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (ByteRange range : ranges) {
            answers.add(CompletableFuture.supplyAsync(() -> bytes(range)));
        }
        return answers;
    }

    private byte[] bytes(ByteRange range) {
        byte[] bytes = new byte[(int) Math.max(0, Math.min(range.length(), SIZE - range.offset()))];
        int i = 0;
        for (; i < bytes.length && (range.offset() + i < CONTIGUOUS || ((range.offset() + i) & 7) != 0); i++) {
            long position = range.offset() + i;
            bytes[i] = position < head.length ? head[(int) position] : value(position);
        }
        for (; i + 8 <= bytes.length; i += 8) {
            LONG.set(bytes, i, valueAt(range.offset() + i));
        }
        for (; i < bytes.length; i++) {
            bytes[i] = value(range.offset() + i);
        }
        return bytes;
    }

    private static byte value(long position) {
        return position < CONTIGUOUS ? 0 : (byte) (valueAt(position & ~7L) >>> (8 * (position & 7)));
    }

    @Override
    public String source() {
        return "huge";
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(SIZE);
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.REMOTE;
    }

    @Override
    public void close() {}
}
