// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.machine.Machine;
import io.h5coro.storage.object.AnswerForm;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.ContentRange;
import io.h5coro.storage.object.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * Reads one range: sends the request, fills the array, requests the tail of a body that broke off.
 *
 * <p>One thread runs it. Any thread may stop it, and so does the clock when the time is up, so that a body that drips
 * does not hold it. {@link Attempts} decides which failures another request follows.
 */
final class RangeCall<T> implements AbortableHttp.Call {
    private static final byte[] NOTHING = {};

    /*
     * Who may do what: the thread that runs the call sends, reads and sleeps. stop() comes from any thread,
     * expire() from the clock. Both abort what is under way, and interrupt the runner while there is one; both hold
     * the lock, under which the runner is taken back. So no interrupt can reach the next task of a pooled thread.
     */

    private final S3RangeReader reader;
    private final ByteRange range;

    private final Wish<T> wish;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** The thread that runs the call; null before and after. Guarded, as the three below, by this object. */
    @GuardedBy("this")
    private @Nullable Thread runner;

    /** The latest request or body; null before the first. */
    private @Nullable Abortable underWay;
    /** Invariant: once true, every later request is aborted as soon as it is registered. */
    private boolean stopped;
    /** Whether the time for all attempts was up while the call ran. */
    private boolean expired;

    /** Confined to the runner: the result so far. */
    private byte @Nullable [] target;

    /** How much of {@link #target} is final, from its start. Invariant: never falls. */
    private int filled;
    /**
     * End of all attempts, on the machine's clock. Runs from {@link #run}: waiting for a thread
     * does not count.
     */
    private long deadlineNanos;
    /** Whether expired credentials were asked for again; once per range. */
    private boolean renewed;

    /**
     * What is done with the answer.
     *
     * @param retries is told why another request is sent
     */
    record Wish<T>(AnswerForm<T> form, Consumer<StorageException> retries) {}

    RangeCall(S3RangeReader reader, ByteRange range, Wish<T> wish) {
        this.reader = reader;
        this.range = range;
        this.wish = wish;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    private Machine machine() {
        return reader.transport().machine();
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

    @Override
    public void underWay(Abortable request) {
        synchronized (this) {
            underWay = request;
            if (stopped || expired) {
                request.abort();
            }
        }
    }

    /** Returns no bound: what a range takes is checked against its head. */
    @Override
    public BoundedHttp.Bound bound() {
        return BoundedHttp.Bound.NONE;
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
        deadlineNanos = machine().nanoTime() + totalNanos;
        Runnable clock = machine().after(totalNanos, Runnable::run, this::expire);
        try {
            work();
        } finally {
            clock.run();
        }
    }

    /** Reads the range and completes the answer, after the runner was taken back. */
    private void work() {
        @Nullable T result = null;
        Throwable failure = null;
        try {
            result = wish.form.result().apply(fetch());
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
        if (late && result == null) {
            failure = reader.failures().failure(Kind.TIMEOUT, "not read within the total time allowed", failure);
        }
        if (over) {
            answer.completeExceptionally(reader.failures().closed());
        } else if (result != null) {
            reader.budget().answered();
            answer.complete(result);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    /**
     * Sends requests until the range is here, or its end in the object is known. Each begins where the bytes so far
     * end.
     *
     * @return as many bytes of the range as the object has
     */
    private RangeBytes fetch() throws StorageException {
        Attempts attempts = new Attempts(machine(), reader.limits());
        for (; ; ) {
            long start = range.offset() + filled;
            long end = cutEnd();
            if (end <= start) {
                return new RangeBytes(filled == 0 ? NOTHING : target(), filled);
            }
            RangeBytes bytes = attempt(start, end, attempts);
            if (bytes != null) {
                return bytes;
            }
        }
    }

    /** Sends one request; null when another one is to follow, after the pause that was made. */
    private @Nullable RangeBytes attempt(long start, long end, Attempts attempts) throws StorageException {
        Body body;
        try {
            body = request(start, end);
        } catch (StorageException e) {
            sendAgain(after(e, false, attempts), e);
            return null;
        }
        if (body == null) {
            return null;
        }
        StorageException failure;
        try (body) {
            if (start == 0 && body.isWholeOfUnknownSize()) {
                return RangeBytes.of(whole(body, end));
            }
            if (body.isNothing()) {
                endsAt(start, OptionalLong.empty(), reader.failures().protocol(body.complaint()));
                return null;
            }
            int length = accept(body, start, end);
            body.readInto(target(), filled, length, count -> filled += count);
            if (range.offset() + filled == cutEnd()) {
                return new RangeBytes(target(), filled);
            }
            // A sound answer that is shorter than the range: go on where it ended.
            failure = reader.failures().failure(Kind.UNAVAILABLE, "answers stay shorter than asked", null);
        } catch (StorageException own) {
            throw own;
        } catch (IOException e) {
            failure = reader.failures().ofConnection(e);
        }
        sendAgain(after(failure, true, attempts), failure);
        return null;
    }

    private void sendAgain(Duration pause, StorageException failure) throws StorageException {
        pause(pause);
        reader.sendsAgain();
        wish.retries.accept(failure);
    }

    /**
     * How long to wait before the next request.
     *
     * @param inBody whether an answer had begun; a caller's client has retried what came before that
     * @throws StorageException the failure, when there is to be no other request
     */
    private Duration after(StorageException failure, boolean inBody, Attempts attempts) throws StorageException {
        boolean ownClient = reader.transport().options().client().isEmpty();
        if (!inBody && !ownClient) {
            throw failure;
        }
        if (!renewed && S3Failures.hasExpired(failure)) {
            // The provider is asked again for each request.
            renewed = true;
            return Duration.ZERO;
        }
        if (!S3Failures.isPassing(failure)) {
            throw failure;
        }
        // Until the server has described the object, silence means that the host is not there.
        boolean silent = failure.kind() == Kind.TIMEOUT && reader.pin().size().isEmpty();
        boolean unreachable = silent || failure.kind() == Kind.UNREACHABLE;
        return attempts.after(
                        new Attempts.Setback(
                                1,
                                unreachable,
                                S3Failures.retryAfter(failure, machine().now())),
                        deadlineNanos)
                .orElseThrow(() -> failure);
    }

    /** Returns the array, which the first accepted answer has made. */
    private byte[] target() {
        if (target == null) {
            throw new IllegalStateException("no answer was accepted yet");
        }
        return target;
    }

    private static byte[] enlarged(byte[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, length);
    }

    /** The end of the range in the object as far as known; not more than an array holds. */
    private long cutEnd() throws StorageException {
        long end = Math.min(range.end(), reader.pin().size().orElse(Long.MAX_VALUE));
        if (reader.pin().size().isPresent() && end - range.offset() > ByteRange.MOST_IN_ARRAY) {
            throw tooLong();
        }
        return Math.min(end, saturated(range.offset(), ByteRange.MOST_IN_ARRAY));
    }

    /**
     * Returns {@code offset + length}, or the largest number when that is too large: a range may reach to the end
     * of the object by a length without bounds.
     */
    private static long saturated(long offset, long length) {
        return offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length;
    }

    private StorageException tooLong() {
        return reader.failures().failure(Kind.INVALID, "the range " + range + " is longer than an array", null);
    }

    /** The answer to {@code [start, end)}, or null when it was learnt that the object ends before {@code end}. */
    private @Nullable Body request(long start, long end) throws StorageException {
        GetObjectRequest.Builder request = reader.request().range("bytes=" + start + "-" + (end - 1));
        reader.pin().condition().ifPresent(request::ifMatch);
        Body body;
        try {
            body = reader.transport().client().getObject(request.build(), Body.heldBy(machine()));
        } catch (RuntimeException e) {
            StorageException failure = reader.failures().of(e);
            if (failure.kind() == Kind.RANGE_REFUSED && failure.getCause() instanceof Answered answer) {
                refused(start, end, answer, failure);
                return null;
            }
            throw failure;
        }
        underWay(body);
        return body;
    }

    /** Takes the size from a refused range, when the server states it. */
    private void refused(long start, long end, Answered answer, StorageException failure) throws StorageException {
        OptionalLong told =
                ContentRange.sizeOfUnsatisfied(answer.header("Content-Range").orElse(null));
        OptionalLong size = told.isPresent() ? told : answer.documentedSize();
        if (size.isEmpty() && reader.pin().size().isEmpty() && filled == 0) {
            size = askedSize(failure);
        }
        if (size.isPresent() && size.getAsLong() >= end) {
            throw failure;
        }
        endsAt(start, size, failure);
    }

    /**
     * Asks for the size that a refusal of the first range does not state: S3Proxy refuses so what is behind the end,
     * and any range of an empty object.
     */
    private OptionalLong askedSize(StorageException failure) throws StorageException {
        GetObjectRequest object = reader.request().build();
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .requestPayer(object.requestPayer())
                .build();
        try {
            Long length = reader.transport().client().headObject(request).contentLength();
            return length == null ? OptionalLong.empty() : OptionalLong.of(length);
        } catch (RuntimeException e) {
            // What the server refuses is the better description: asking for the size was our idea.
            failure.addSuppressed(reader.failures().of(e));
            throw failure;
        }
    }

    /**
     * Ends the range where the object ends, before what was requested from {@code start} on.
     *
     * @param told size of the object, when the server states it
     * @param failure what is wrong when the size cannot be known
     */
    private void endsAt(long start, OptionalLong told, StorageException failure) throws StorageException {
        OptionalLong known = told.isPresent() ? told : reader.pin().size();
        if (known.isEmpty() && filled == 0) {
            throw failure;
        }
        // Without a size: the bytes before have come, and none follow them.
        long size = known.orElse(start);
        if (told.isEmpty() && size > start) {
            throw filled > 0 ? reader.failures().changed(failure) : failure;
        }
        if (!reader.pin().acceptsSize(size) || size < range.offset() + filled && filled > 0) {
            throw reader.failures().changed(failure);
        }
    }

    /** Reads an object whose size is known only when its body ends. */
    private byte[] whole(Body body, long end) throws StorageException, IOException {
        byte[] bytes = body.readWhole((int) Math.min(end, ByteRange.MOST_IN_ARRAY))
                .orElseThrow(() -> reader.failures().protocol(body.complaint()));
        check(body.version(OptionalLong.of(bytes.length)));
        return bytes;
    }

    private void check(ObjectVersion version) throws StorageException {
        String complaint = reader.pin().complaint(version);
        if (complaint != null) {
            throw reader.failures().changed(complaint);
        }
    }

    /** Checks an answer against the request and the version, and makes the array; returns the bytes of its body. */
    private int accept(Body body, long start, long end) throws StorageException {
        ContentRange part =
                body.part(start, end).orElseThrow(() -> reader.failures().protocol(body.complaint()));
        if (part.start() != start || part.end() > end) {
            throw reader.failures()
                    .protocol("answers bytes " + part.start() + " to " + part.end() + " for " + start + " to " + end);
        }
        check(body.version(part.total()));
        long last = cutEnd();
        if (part.end() > last) {
            throw reader.failures().protocol("answers more than the object has");
        }
        // Without a size, no more than what comes: the end of the range may be far behind that of the object.
        long room = (reader.pin().size().isPresent() ? last : part.end()) - range.offset();
        int length = Math.toIntExact(room);
        target = target == null ? wish.form.arrays().apply(length) : enlarged(target, length);
        return Math.toIntExact(part.length());
    }

    /**
     * Waits on this thread, unless the call was stopped or its time is up. An interrupt ends the wait and stays
     * set.
     */
    private void pause(Duration time) throws StorageException {
        try {
            synchronized (this) {
                if (stopped || expired) {
                    throw reader.failures().closed();
                }
            }
            machine().sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reader.failures().closed();
        }
    }
}
