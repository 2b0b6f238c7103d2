// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * One range on its way: sends the request, fills the array, asks again for the tail of a body that broke off.
 *
 * <p>Run by one thread; stopped by any, and by the clock: a body that drips is as good as none. Which failures another
 * request follows is the business of {@link Attempts}.
 */
final class RangeCall implements Runnable {
    /** The longest array that every JVM makes. */
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private static final byte[] NOTHING = {};

    private final S3RangeReader reader;
    private final ByteRange range;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    /** What {@link #stop} needs. Guarded by this. */
    private @Nullable Thread runner;

    private @Nullable Abortable underWay;
    private boolean stopped;
    private boolean expired;

    /** Confined to the runner: the result so far. */
    private byte @Nullable [] target;

    private int filled;
    private long deadlineNanos;

    RangeCall(S3RangeReader reader, ByteRange range) {
        this.reader = reader;
        this.range = range;
    }

    CompletableFuture<byte[]> answer() {
        return answer;
    }

    /** Gives up: aborts the request under way, wakes a pause, and does nothing when it was not started yet. */
    void stop() {
        synchronized (this) {
            stopped = true;
            if (underWay != null) {
                underWay.abort();
            }
            if (runner != null && runner != Thread.currentThread()) {
                runner.interrupt();
            }
        }
        answer.completeExceptionally(reader.failures().closed());
    }

    /** Takes note of a request of this call, so that it can be aborted. */
    void underWay(Abortable request) {
        synchronized (this) {
            underWay = request;
            if (stopped || expired) {
                request.abort();
            }
        }
    }

    /** The time is up: ends what is under way. */
    private void expire() {
        synchronized (this) {
            if (runner == null) {
                return;
            }
            expired = true;
            if (underWay != null) {
                underWay.abort();
            }
            runner.interrupt();
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            if (stopped || answer.isDone()) {
                return;
            }
            runner = Thread.currentThread();
        }
        long totalNanos = reader.transport().options().totalTimeout().toNanos();
        deadlineNanos = System.nanoTime() + totalNanos;
        CompletableFuture<Void> clock = new CompletableFuture<>();
        CompletableFuture<Void> unused =
                clock.completeOnTimeout(null, totalNanos, TimeUnit.NANOSECONDS).thenRun(this::expire);
        try {
            work();
        } finally {
            clock.cancel(false);
        }
    }

    private void work() {
        byte @Nullable [] bytes = null;
        Throwable failure = null;
        try {
            bytes = fetch();
        } catch (StorageException e) {
            failure = e;
        } catch (OutOfMemoryError e) {
            failure = reader.failures().failure(Kind.IO, "no memory for the range " + range, e);
        } catch (RuntimeException | Error e) {
            failure = reader.failures().of(e);
        }
        boolean over;
        boolean late;
        synchronized (this) {
            // From here on no interrupt can hit the next task of this thread.
            runner = null;
            underWay = null;
            over = stopped;
            late = expired;
        }
        target = null;
        if (late && bytes == null) {
            failure = reader.failures().failure(Kind.TIMEOUT, "not read within the total time allowed", failure);
        }
        if (over) {
            answer.completeExceptionally(reader.failures().closed());
        } else if (bytes != null) {
            reader.retries().answered();
            answer.complete(bytes);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private byte[] fetch() throws StorageException {
        long end = cutEnd();
        Attempts attempts = reader.attempts(deadlineNanos);
        for (; ; ) {
            byte[] bytes = attempt(end, attempts);
            if (bytes != null) {
                return bytes;
            }
        }
    }

    /** Sends one request; null when another one is to follow, after the pause that was made. */
    private byte @Nullable [] attempt(long end, Attempts attempts) throws StorageException {
        @Nullable Body body;
        try {
            body = request(range.offset() + filled, end);
        } catch (StorageException e) {
            pause(attempts.after(e, false));
            return null;
        }
        if (body == null) {
            return NOTHING;
        }
        StorageException failure;
        try (body) {
            int length = accept(body, end);
            body.readInto(target(), filled, length, count -> filled += count);
            if (filled == target().length) {
                return target();
            }
            // A sound answer that is shorter than the range: go on where it ended.
            failure = reader.failures().failure(Kind.UNAVAILABLE, "answers stay shorter than asked", null);
        } catch (StorageException own) {
            throw own;
        } catch (IOException e) {
            failure = reader.failures().ofConnection(e);
        }
        pause(attempts.after(failure, true));
        return null;
    }

    private byte[] target() {
        if (target == null) {
            throw new IllegalStateException("no answer was accepted yet");
        }
        return target;
    }

    /** The end of the range in the object as far as known; not more than an array holds. */
    private long cutEnd() throws StorageException {
        long end = Math.min(range.end(), reader.pin().size().orElse(Long.MAX_VALUE));
        if (reader.pin().size().isPresent() && end - range.offset() > MAX_ARRAY) {
            throw tooLong();
        }
        return Math.min(end, saturated(range.offset(), MAX_ARRAY));
    }

    private static long saturated(long offset, long length) {
        return offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length;
    }

    private StorageException tooLong() {
        return reader.failures().failure(Kind.INVALID, "the range " + range + " is longer than an array", null);
    }

    /** The answer to {@code [start, end)}, or null when the object ends at or before {@code start}. */
    private @Nullable Body request(long start, long end) throws StorageException {
        if (end <= start) {
            return null;
        }
        GetObjectRequest.Builder request = reader.request().range("bytes=" + start + "-" + (end - 1));
        reader.pin().condition().ifPresent(request::ifMatch);
        Body body;
        try {
            body = reader.transport().client().getObject(request.build(), Body.TRANSFORMER);
        } catch (AwsServiceException e) {
            if (e.statusCode() == Body.RANGE_NOT_SATISFIABLE) {
                behindTheEnd(start, e);
                return null;
            }
            throw reader.failures().of(e);
        } catch (RuntimeException e) {
            throw reader.failures().of(e);
        }
        underWay(body);
        return body;
    }

    /** Takes what a 416 tells: the size, where the server says it. */
    private void behindTheEnd(long start, AwsServiceException e) throws StorageException {
        // Every object but an empty one has a byte at 0.
        OptionalLong told = start == 0 ? OptionalLong.of(0) : Body.sizeOf(e);
        if (told.orElse(0) > start) {
            throw reader.failures().protocol("answers 416 for bytes from " + start + " of " + told.getAsLong());
        }
        boolean same = told.isEmpty() || reader.pin().acceptsSize(told.getAsLong());
        // A part was answered already, or another answer has told a size that reaches further.
        if (!same || filled > 0 || reader.pin().size().orElse(0) > start) {
            throw reader.failures().changed(e);
        }
    }

    /** Checks an answer against the request and the version, and makes the array; returns the bytes of its body. */
    private int accept(Body body, long end) throws StorageException {
        long start = range.offset() + filled;
        ContentRange part =
                body.part(start, end).orElseThrow(() -> reader.failures().protocol(body.complaint()));
        if (part.start() != start || part.end() > end) {
            throw reader.failures()
                    .protocol("answers bytes " + part.start() + " to " + part.end() + " for " + start + " to " + end);
        }
        if (!reader.pin().accepts(body.tag(), part.total())) {
            throw reader.failures().changed(null);
        }
        if (target == null) {
            if (part.total().isEmpty() && part.end() < end) {
                throw reader.failures().protocol("answers less than asked and no total size");
            }
            long total = part.total().orElse(part.end());
            if (Math.min(range.end(), total) - range.offset() > MAX_ARRAY) {
                throw tooLong();
            }
            target = new byte[Math.toIntExact(Math.min(end, total) - start)];
        }
        if (part.end() - range.offset() > target.length) {
            throw reader.failures().protocol("answers more than the object has");
        }
        return Math.toIntExact(part.end() - start);
    }

    private void pause(Duration time) throws StorageException {
        try {
            synchronized (this) {
                if (stopped || expired) {
                    throw reader.failures().closed();
                }
            }
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reader.failures().closed();
        }
    }
}
