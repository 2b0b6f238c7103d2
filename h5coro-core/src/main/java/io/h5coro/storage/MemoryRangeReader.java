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
 * The bytes of an array. Answers at once and on the calling thread; its version never changes.
 *
 * <p>Thread-safe as long as nobody writes to the array.
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
     * Reads {@code content}, which is not copied and must not be changed from now on.
     *
     * @param name what messages call it; it must not hold a secret
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
        answered |= range.length() > 0;
        int from = (int) Math.min(range.offset(), content.length);
        int to = (int) Math.min(range.end(), content.length);
        return CompletableFuture.completedFuture(Arrays.copyOfRange(content, from, to));
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
