// SPDX-License-Identifier: Apache-2.0
package io.h5coro.schedules;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * An object of a few bytes, each of which is its position. Answers at once, on the thread that asks, and counts how
 * often each byte was asked for. Thread-safe.
 */
public final class CountingStorage implements RangeReader {
    private final int size;
    private final int[] asked;
    private int failures;

    /** An object of so many bytes, at most 127. */
    public CountingStorage(int size) {
        this.size = size;
        this.asked = new int[size];
    }

    /** Has so many requests fail that may succeed when they are sent again, from the first one on. */
    public CountingStorage failing(int first) {
        failures = first;
        return this;
    }

    /** How often a byte was asked for. */
    public synchronized int asked(int position) {
        return asked[position];
    }

    /** Fails unless bytes are those of a range. */
    public static void check(byte[] bytes, long offset, long length) {
        Schedules.check(bytes.length == length, bytes.length + " bytes of " + length);
        for (int i = 0; i < bytes.length; i++) {
            Schedules.check(bytes[i] == offset + i, "the byte at " + (offset + i) + " is " + bytes[i]);
        }
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (ByteRange range : ranges) {
            answers.add(answer((int) range.offset(), (int) Math.min(size, range.end())));
        }
        return answers;
    }

    private synchronized CompletableFuture<byte[]> answer(int start, int end) {
        byte[] bytes = new byte[end - start];
        for (int i = start; i < end; i++) {
            asked[i]++;
            bytes[i - start] = (byte) i;
        }
        if (failures > 0) {
            failures--;
            return CompletableFuture.failedFuture(new StorageException(StorageException.Kind.UNAVAILABLE, "busy"));
        }
        return CompletableFuture.completedFuture(bytes);
    }

    @Override
    public String source() {
        return "an object";
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(size);
    }

    @Override
    public Optional<String> version() {
        return Optional.of("1");
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.LOCAL;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
