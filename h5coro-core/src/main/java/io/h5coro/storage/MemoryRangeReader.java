// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the bytes of an array. Completes every read at once, on the calling thread; its version never changes.
 * Thread-safe as long as the array is not changed.
 *
 * <pre>{@code
 * byte[] bytes = Files.readAllBytes(path);
 * H5Coro file = H5Coro.open(MemoryRangeReader.of("upload", bytes), ReadOptions.defaults());
 * }</pre>
 */
public final class MemoryRangeReader implements RangeReader {
    private final String name;
    private final byte[] content;
    private volatile boolean answered;
    private volatile boolean closed;

    private MemoryRangeReader(String name, byte[] content) {
        this.name = name;
        this.content = content;
    }

    /**
     * Makes a reader of an array.
     *
     * @param name the object's name in messages; it must not hold a secret
     * @param content not copied; it must not be changed from now on
     */
    public static MemoryRangeReader of(String name, byte[] content) {
        return new MemoryRangeReader(Objects.requireNonNull(name), Objects.requireNonNull(content));
    }

    @Override
    public String source() {
        return name;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            answers.add(closed ? CompletableFuture.failedFuture(closedException()) : answer(range));
        }
        return answers;
    }

    private CompletableFuture<byte[]> answer(ByteRange range) {
        int from = from(range);
        return CompletableFuture.completedFuture(Arrays.copyOfRange(content, from, from + lengthInside(range)));
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        List<CompletableFuture<RangeBytes>> answers = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            if (closed) {
                answers.add(CompletableFuture.failedFuture(closedException()));
            } else {
                int length = lengthInside(ranges.get(i));
                byte[] lent = lending.lend(i, length);
                System.arraycopy(content, from(ranges.get(i)), lent, 0, length);
                answers.add(CompletableFuture.completedFuture(new RangeBytes(lent, length)));
            }
        }
        return answers;
    }

    private int from(ByteRange range) {
        return (int) Math.min(range.offset(), content.length);
    }

    private int lengthInside(ByteRange range) {
        answered |= range.length() > 0;
        return (int) Math.min(range.end(), content.length) - from(range);
    }

    private StorageException closedException() {
        return new StorageException(StorageException.Kind.CLOSED, name + ": the reader is closed");
    }

    @Override
    public OptionalLong size() {
        return answered ? OptionalLong.of(content.length) : OptionalLong.empty();
    }

    @Override
    public Optional<String> version() {
        return answered ? Optional.of("array") : Optional.empty();
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.LOCAL;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "MemoryRangeReader[" + name + "]";
    }
}
