// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Watches the answers of a reader that {@linkplain RangeReader#expect expects} a version of the object, until one of
 * them confirms that the object still has it. Thread-safe.
 */
public final class VersionWatch extends ForwardingRangeReader {
    private final Object lock = new Object();

    /** Set once. Writes are guarded by {@link #lock}. */
    private volatile boolean confirmed;

    /** What the storage said of an object that is gone or another one; final. */
    @GuardedBy("lock")
    private @Nullable Throwable refuted;

    /** What those wait for who want to know. */
    @GuardedBy("lock")
    private @Nullable Question question;

    /** Requests whose answers will tell. */
    @GuardedBy("lock")
    private int underWay;

    /** Whether the version is asked for by a request of its own, and who asks. */
    private static final class Question {
        final CompletableFuture<Void> answer = new CompletableFuture<>();
        final Supplier<CompletableFuture<byte[]>> probe;
        boolean asked;

        Question(Supplier<CompletableFuture<byte[]>> probe) {
            this.probe = probe;
        }
    }

    /** Watches a reader, which was not read from and stays the caller's. */
    public VersionWatch(RangeReader reader) {
        super(reader);
    }

    /** Whether the storage has confirmed the version. */
    public boolean isConfirmed() {
        return confirmed;
    }

    /**
     * Waits for the storage to confirm the version: for the requests that are under way, and when they have not told,
     * for a request of its own.
     *
     * @param probe reads at least one byte through this reader
     * @return fails with what the storage answers when the object has another version, does not exist or cannot be
     *     read. Belongs to all who ask.
     */
    public CompletableFuture<Void> confirm(Supplier<CompletableFuture<byte[]>> probe) {
        Question mine;
        synchronized (lock) {
            if (confirmed) {
                return CompletableFuture.completedFuture(null);
            }
            if (refuted != null) {
                return CompletableFuture.failedFuture(refuted);
            }
            if (question == null) {
                question = new Question(probe);
            }
            mine = question;
        }
        askIfNothingElseTells();
        return mine.answer;
    }

    private void askIfNothingElseTells() {
        Question open;
        synchronized (lock) {
            open = question;
            if (open == null || open.asked || underWay > 0) {
                return;
            }
            open.asked = true;
        }
        try {
            CompletableFuture<byte[]> unused = open.probe.get().whenComplete((bytes, failure) -> {
                note(bytes == null ? 0 : bytes.length, failure);
                giveUp(open, failure);
            });
        } catch (Throwable failure) {
            giveUp(open, failure);
        }
    }

    /** The storage did not tell; whoever asks next asks anew. */
    private void giveUp(Question open, @Nullable Throwable failure) {
        synchronized (lock) {
            if (question == open) {
                question = null;
            }
        }
        open.answer.completeExceptionally(
                failure != null ? failure : new StorageException(Kind.PROTOCOL, source() + ": an empty answer"));
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return confirmed
                ? delegate().read(ranges)
                : watched(ranges.size(), () -> delegate().read(ranges), bytes -> bytes.length);
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        return confirmed
                ? delegate().readInto(ranges, lending, retries)
                : watched(ranges.size(), () -> delegate().readInto(ranges, lending, retries), RangeBytes::length);
    }

    private <T> List<CompletableFuture<T>> watched(
            int count, Supplier<List<CompletableFuture<T>>> sent, ToIntFunction<T> length) {
        synchronized (lock) {
            underWay += count;
        }
        int followed = 0;
        try {
            List<CompletableFuture<T>> answers = sent.get();
            for (CompletableFuture<T> answer : answers) {
                CompletableFuture<T> unused = answer.whenComplete((bytes, failure) -> {
                    note(bytes == null ? 0 : length.applyAsInt(bytes), failure);
                    ended(1);
                });
                followed++;
            }
            return answers;
        } finally {
            ended(count - followed);
        }
    }

    private void ended(int count) {
        synchronized (lock) {
            underWay -= count;
        }
        askIfNothingElseTells();
    }

    /** Takes what an answer tells. An empty one may come without a request. */
    private void note(int length, @Nullable Throwable failure) {
        Question told;
        synchronized (lock) {
            boolean good = failure == null && length > 0;
            if (confirmed || refuted != null || !(good || isFinal(failure))) {
                return;
            }
            confirmed = good;
            refuted = failure;
            told = question;
            question = null;
        }
        if (told != null && failure == null) {
            told.answer.complete(null);
        } else if (told != null) {
            told.answer.completeExceptionally(failure);
        }
    }

    private static boolean isFinal(@Nullable Throwable failure) {
        return StorageFailures.says(failure, Kind.CHANGED) || StorageFailures.says(failure, Kind.NOT_FOUND);
    }
}
