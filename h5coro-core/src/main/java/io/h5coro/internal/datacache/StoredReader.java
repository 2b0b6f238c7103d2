// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads what a session has of an object, and nothing else: a range of which a byte is missing fails. Thread-safe.
 * Closing it does nothing.
 */
final class StoredReader extends ForwardingRangeReader {
    private final DataSession session;
    private final Executor readers;

    /** Reads with threads that may block. */
    StoredReader(RangeReader object, DataSession session, Executor readers) {
        super(object);
        this.session = session;
        this.readers = readers;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            answers.add(answer);
            try {
                readers.execute(() -> answer(range, answer));
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                answer.completeExceptionally(noThread);
            }
        }
        return answers;
    }

    private void answer(ByteRange range, CompletableFuture<byte[]> answer) {
        if (answer.isDone()) {
            return;
        }
        try {
            byte[] bytes = session.read(range);
            if (bytes != null) {
                answer.complete(bytes);
            } else {
                answer.completeExceptionally(new StorageException(
                        Kind.NOT_FOUND, source() + ": " + range + " is no longer in the data cache"));
            }
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.LOCAL;
    }

    @Override
    public void close() {
        // The object is its opener's.
    }
}
