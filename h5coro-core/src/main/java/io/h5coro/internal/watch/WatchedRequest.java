// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.watch;

import io.h5coro.event.ReadEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One request of which somebody is told. Ends once. Thread-safe; throws nothing. */
public final class WatchedRequest {
    private final Watch watch;
    private final ReadEvent.Requested asked;
    private final Recording.Timed timed;
    private final long startNanos;
    private final AtomicInteger attempts = new AtomicInteger(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean hedged;

    WatchedRequest(Watch watch, ReadEvent.Requested asked, Recording.Timed timed) {
        this.watch = watch;
        this.asked = asked;
        this.timed = timed;
        this.startNanos = watch.nanoTime();
    }

    /** It is sent again, since an attempt has failed. */
    public void retried(Throwable cause) {
        if (!ended.get()) {
            ReadEvent.Retried event = new ReadEvent.Retried(
                    asked.file(), asked.request(), asked.offset(), asked.length(), attempts.incrementAndGet(), cause);
            watch.recording().retried(event);
            watch.tell(event);
        }
    }

    /** It is sent a second time, since it is late. */
    public void hedged() {
        if (!ended.get()) {
            hedged = true;
            ReadEvent.Hedged event = new ReadEvent.Hedged(
                    asked.file(), asked.request(), asked.offset(), asked.length(), watch.nanoTime() - startNanos);
            watch.recording().hedged(event);
            watch.tell(event);
        }
    }

    /** It has ended, with so many bytes or a failure; the first time counts. */
    public void ended(long bytes, @Nullable Throwable failure) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        long nanos = watch.nanoTime() - startNanos;
        ReadEvent event;
        if (failure == null) {
            watch.answered(asked.wave());
            event = new ReadEvent.Answered(
                    asked.file(),
                    asked.request(),
                    asked.offset(),
                    asked.length(),
                    asked.wave(),
                    bytes,
                    nanos,
                    attempts.get(),
                    hedged);
        } else {
            event = new ReadEvent.Failed(
                    asked.file(),
                    asked.request(),
                    asked.offset(),
                    asked.length(),
                    asked.wave(),
                    nanos,
                    attempts.get(),
                    failure);
        }
        timed.end(event);
        watch.tell(event);
    }
}
