// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Copies a body into a part of an array, or drops a small one. Thread-safe.
 *
 * <p>After {@link #stop()} nothing is written any more, so that another request can go on from there.
 */
final class BodySink implements HttpResponse.BodySubscriber<Void> {
    private final byte[] target;
    private final boolean keeps;
    private final Runnable progress;
    private final CompletableFuture<Void> body = new CompletableFuture<>();

    // Guarded by this.
    private int position;
    // Guarded by this.
    private int left;
    // Guarded by this.
    private boolean stopped;
    // Guarded by this. Whether the whole body was read.
    private boolean finished;
    // Guarded by this.
    private Flow.@Nullable Subscription subscription;

    private BodySink(byte[] target, int position, int length, boolean keeps, Runnable progress) {
        this.target = target;
        this.position = position;
        this.left = length;
        this.keeps = keeps;
        this.progress = progress;
    }

    /** Copies a body of {@code length} bytes to {@code target[position ..]}. */
    static BodySink into(byte[] target, int position, int length, Runnable progress) {
        return new BodySink(target, position, length, true, progress);
    }

    /** Reads a body of at most {@code limit} bytes for the sake of its connection, and gives up on a longer one. */
    static BodySink dropping(int limit) {
        return new BodySink(new byte[0], 0, limit, false, () -> {});
    }

    /** Writes no more, gives up the transfer, and tells where the next byte belongs. */
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

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        boolean tooLong;
        synchronized (this) {
            tooLong = !stopped && !take(buffers);
        }
        progress.run();
        if (tooLong && keeps) {
            body.completeExceptionally(new ProtocolException("the body is longer than announced"));
        }
        if (tooLong) {
            stop();
        }
    }

    private boolean take(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int size = buffer.remaining();
            if (size > left) {
                return false;
            }
            if (keeps) {
                buffer.get(target, position, size);
                position += size;
            }
            left -= size;
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

    @Override
    public void onComplete() {
        synchronized (this) {
            finished = true;
        }
        body.complete(null);
    }
}
