// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.machine.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Copies a body into a part of an array, or collects one whose length is not known. Thread-safe.
 *
 * <p>After {@link #stop()} nothing is written any more, so that another request can go on from there.
 */
final class BodySink implements HttpResponse.BodySubscriber<Void> {
    /** How long the mark of its end may follow a body whose bytes are all here; a late one costs the connection. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private static final byte[] NOTHING = {};

    /*
     * A part of 6 bytes that follows 4 bytes which came before, in buffers of 4 and 2:
     *   array     . . . . . . . . . .     room = (target, position 4, length 6)
     *   at first  ^ position 4            left 6
     *   4 bytes           position 8      left 2
     *   2 bytes               position 10 left 0: full
     * A body that breaks off after the first buffer ends with position 8: the next request goes on there.
     */

    private final Runnable progress;
    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private final @Nullable Room room;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream(0);

    /** What to say of a longer body; null where the rest is of no interest. */
    private final @Nullable String tooLong;

    /**
     * Where the next byte goes. Invariant, unless the body was too long: with a room, {@code position + left} is
     * the end of the room.
     */
    @GuardedBy("this")
    private int position;

    /** How many bytes may still come; not negative. */
    @GuardedBy("this")
    private int left;

    /** Invariant: once true, neither the array nor {@link #collected} is written. */
    @GuardedBy("this")
    private boolean stopped;
    /** Whether the whole body was read. Only then may its connection serve another request. */
    @GuardedBy("this")
    private boolean finished;

    @GuardedBy("this")
    private Flow.@Nullable Subscription subscription;

    /**
     * Where a body goes.
     *
     * @param target the array
     * @param position where its first byte goes
     * @param length length of the body
     * @param isAnnounced whether the end of the body is known without what follows it
     * @param machine has the timer for a body whose end is not
     */
    @SuppressWarnings("ArrayRecordComponent") // filled by the sink of the one exchange under way
    record Room(byte[] target, int position, int length, boolean isAnnounced, Machine machine) {}

    /** A body is longer than it may be. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(String message) {
            super(message);
        }
    }

    private BodySink(@Nullable Room room, int limit, @Nullable String tooLong, Runnable progress) {
        this.room = room;
        this.position = room == null ? 0 : room.position;
        this.left = limit;
        this.tooLong = tooLong;
        this.progress = progress;
    }

    /**
     * Copies a body of known length.
     *
     * @param tooLong message for a longer body
     * @param progress called for each portion, on the client's thread and without a lock
     */
    static BodySink into(Room room, String tooLong, Runnable progress) {
        return new BodySink(room, room.length, tooLong, progress);
    }

    /** Collects a body of at most {@code limit} bytes; a longer one is an error with the message {@code tooLong}. */
    static BodySink collecting(int limit, String tooLong, Runnable progress) {
        return new BodySink(null, limit, tooLong, progress);
    }

    /** Collects the first bytes of a body and gives up the others. */
    static BodySink sampling(int limit, Runnable progress) {
        return new BodySink(null, limit, null, progress);
    }

    /** Writes no more, gives up the transfer, and returns where the next byte belongs. */
    int stop() {
        Flow.Subscription open;
        int reached;
        synchronized (this) {
            stopped = true;
            open = finished ? null : subscription;
            reached = position;
        }
        if (open != null) {
            open.cancel();
        }
        body.complete(null);
        return reached;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    /**
     * Asks for the whole body at once. A second subscription, or one after {@link #stop()}, is cancelled, as
     * Reactive Streams demand.
     */
    @Override
    public void onSubscribe(Flow.Subscription given) {
        boolean unwanted;
        synchronized (this) {
            unwanted = stopped || subscription != null;
            if (!unwanted) {
                subscription = given;
            }
        }
        if (unwanted) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    /**
     * Takes a portion. A body whose length was not announced is over a short time after its last byte, since the
     * mark of its end may never come.
     */
    @Override
    public void onNext(List<ByteBuffer> buffers) {
        boolean isTooLong;
        boolean isFull;
        synchronized (this) {
            isTooLong = !stopped && !take(buffers);
            isFull = room != null && !room.isAnnounced && left == 0;
        }
        progress.run();
        if (isTooLong && tooLong != null) {
            body.completeExceptionally(new TooLong(tooLong));
        }
        if (isTooLong) {
            stop();
        } else if (isFull && room != null) {
            Runnable cancel = room.machine.after(GRACE.toNanos(), Runnable::run, () -> body.complete(null));
            CompletableFuture<Void> unused = body.whenComplete((nothing, thrown) -> cancel.run());
        }
    }

    /**
     * Takes a portion: copies or collects what fits. With a room, a buffer that does not fit is not copied at all.
     *
     * @return false when there is more than there is room for
     */
    @GuardedBy("this")
    private boolean take(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            boolean fits = buffer.remaining() <= left;
            int size = Math.min(left, buffer.remaining());
            if (room != null && fits) {
                buffer.get(room.target, position, size);
                position += size;
            } else if (room == null) {
                byte[] some = new byte[size];
                buffer.get(some);
                collected.writeBytes(some);
            }
            left -= size;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    /** Whether the body was read to its end, so that its connection can serve again. */
    synchronized boolean isFinished() {
        return finished;
    }

    /** What was collected so far. */
    synchronized byte[] collected() {
        return room == null ? collected.toByteArray() : NOTHING;
    }

    @Override
    public void onComplete() {
        synchronized (this) {
            finished = true;
        }
        body.complete(null);
    }
}
