// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.event.ReadEvent;
import io.h5coro.event.ReadListener;
import io.h5coro.storage.ByteRange;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an open file, and of the files that it names, and to whom. Handed down to whoever does something that
 * is worth an event. Thread-safe; throws nothing.
 */
public final class Watch {
    /** Tells nobody, ever. */
    public static final Watch NONE = new Watch(System::nanoTime, null, Recording.NONE);

    private static final System.Logger LOG = System.getLogger("io.h5coro.event");

    private final LongSupplier clock;
    private final @Nullable ReadListener listener;
    private final Recording recording;
    private final AtomicBoolean hasThrown = new AtomicBoolean();

    @GuardedBy("this")
    private long requests;

    /** The largest wave of which a request was answered. */
    @GuardedBy("this")
    private long answered;

    private Watch(LongSupplier clock, @Nullable ReadListener listener, Recording recording) {
        this.clock = clock;
        this.listener = listener;
        this.recording = recording;
    }

    /**
     * Tells a listener, and the flight recorder as soon as it runs.
     *
     * @param listener null when there is none
     */
    public static Watch of(LongSupplier clock, @Nullable ReadListener listener) {
        Recording recording = Recording.ofThisProcess();
        return listener == null && recording == Recording.NONE ? NONE : new Watch(clock, listener, recording);
    }

    /** Whether anybody listens now: nothing else needs to be called when not. */
    public boolean isOn() {
        return listener != null || recording.isOn();
    }

    /** Ranges of one object are about to be handed to the storage; together, so they are of one wave. */
    public List<WatchedRequest> requested(String file, List<ByteRange> ranges) {
        long first;
        long wave;
        synchronized (this) {
            first = requests + 1;
            requests += ranges.size();
            wave = answered + 1;
        }
        List<WatchedRequest> all = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange range = ranges.get(i);
            ReadEvent.Requested event = new ReadEvent.Requested(file, first + i, range.offset(), range.length(), wave);
            all.add(new WatchedRequest(this, event, recording.begin()));
            tell(event);
        }
        return all;
    }

    /** A request was answered: what is asked because of that is of a later wave. */
    synchronized void answered(long wave) {
        answered = Math.max(answered, wave);
    }

    /** The data of a read were planned. */
    public void planned(String file, int pieces, List<ByteRange> requested) {
        if (isOn()) {
            long bytes = requested.stream().mapToLong(ByteRange::length).sum();
            ReadEvent.Planned event = new ReadEvent.Planned(file, pieces, requested.size(), bytes);
            recording.planned(event);
            tell(event);
        }
    }

    /**
     * Chunks are about to be decoded.
     *
     * @param object path of their dataset; empty when it is not known
     */
    public Decoding decoding(String file, String object) {
        return new Decoding(file, object);
    }

    /** Chunks that are being decoded. Confined to one thread. */
    public final class Decoding {
        private final String file;
        private final String object;
        private final Recording.Timed timed = recording.beginDecoding();
        private final long startNanos = nanoTime();

        private Decoding(String file, String object) {
            this.file = file;
            this.object = object;
        }

        /** So many chunks were decoded, from stored bytes to bytes of values. */
        public void ended(ByteRange stored, int chunks, long bytes) {
            long nanos = nanoTime() - startNanos;
            ReadEvent.Decoded event =
                    new ReadEvent.Decoded(file, object, stored.offset(), stored.length(), chunks, bytes, nanos);
            timed.end(event);
            tell(event);
        }
    }

    /** A result is there, or has failed. */
    public void delivered(ReadEvent.Delivered event) {
        recording.delivered(event);
        tell(event);
    }

    /** Now, in nanoseconds. */
    long nanoTime() {
        return clock.getAsLong();
    }

    Recording recording() {
        return recording;
    }

    /** Whatever the listener throws is its own. */
    void tell(ReadEvent event) {
        ReadListener told = listener;
        if (told == null) {
            return;
        }
        try {
            told.on(event);
        } catch (Throwable thrown) {
            if (hasThrown.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "a listener throws; the read goes on, and this is not said again", thrown);
            }
        }
    }
}
