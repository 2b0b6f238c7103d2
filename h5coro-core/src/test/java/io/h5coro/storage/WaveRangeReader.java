// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts dependent waves: how many round trips follow one another because an answer is needed for the next question.
 *
 * <p>Requests are held until none has arrived for a quiet time; then all of them are asked of the delegate together, as
 * one wave, and their answers are handed out when all are there. So requests that do not wait for one another share a
 * wave however slowly a thread gets to ask them, as long as its pauses are shorter than the quiet time; two requests of
 * which the second needs the answer of the first never do. Thread-safe.
 */
public final class WaveRangeReader extends ForwardingRangeReader {
    private static final Duration QUIET = Duration.ofMillis(100);

    private final long quietNanos;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemons("h5coro-wave"));
    private final ExecutorService answers = Executors.newCachedThreadPool(daemons("h5coro-wave-answer"));

    // Guarded by this.
    private final List<Held> held = new ArrayList<>();
    private final List<List<ByteRange>> waves = new ArrayList<>();
    private @Nullable ScheduledFuture<?> release;
    private boolean closed;

    // Guarded by this.
    private long bytes;

    public WaveRangeReader(RangeReader delegate) {
        this(delegate, QUIET);
    }

    /** With a longer quiet time for work that thinks for a while between independent requests. */
    public WaveRangeReader(RangeReader delegate, Duration quiet) {
        super(delegate);
        this.quietNanos = quiet.toNanos();
    }

    private record Held(ByteRange range, CompletableFuture<byte[]> answer) {}

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> asked = new ArrayList<>(ranges.size());
        synchronized (this) {
            for (ByteRange range : ranges) {
                if (closed || range.length() == 0) {
                    asked.add(delegate().read(range));
                    continue;
                }
                CompletableFuture<byte[]> answer = new CompletableFuture<>();
                held.add(new Held(range, answer));
                asked.add(answer);
            }
            restartClock();
        }
        return asked;
    }

    /** Called under the lock. */
    private void restartClock() {
        if (held.isEmpty() || closed) {
            return;
        }
        if (release != null) {
            release.cancel(false);
        }
        release = clock.schedule(this::release, quietNanos, TimeUnit.NANOSECONDS);
    }

    private void release() {
        List<Held> wave;
        synchronized (this) {
            held.removeIf(one -> one.answer().isDone());
            if (held.isEmpty()) {
                return;
            }
            wave = List.copyOf(held);
            held.clear();
            waves.add(wave.stream().map(Held::range).toList());
        }
        List<CompletableFuture<byte[]>> found =
                delegate().read(wave.stream().map(Held::range).toList());
        CompletableFuture<Void> unused = CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, failure) -> {
                    for (int i = 0; i < found.size(); i++) {
                        handOut(wave.get(i).answer(), found.get(i));
                    }
                });
    }

    /** On a thread of its own, so that whoever waits inside a callback holds up nobody else. */
    private void handOut(CompletableFuture<byte[]> answer, CompletableFuture<byte[]> found) {
        CompletableFuture<byte[]> unused = found.whenComplete((content, failure) -> {
            if (failure == null) {
                count(content.length);
                answers.execute(() -> answer.complete(content));
            } else {
                answers.execute(() -> answer.completeExceptionally(failure));
            }
        });
    }

    private synchronized void count(int length) {
        bytes += length;
    }

    /** Waves so far. */
    public synchronized int waves() {
        return waves.size();
    }

    /** Requests so far that were sent. */
    public synchronized int requests() {
        return waves.stream().mapToInt(List::size).sum();
    }

    /** Bytes of all answers so far. */
    public synchronized long bytes() {
        return bytes;
    }

    /** The ranges of each wave, in the order of asking. */
    public synchronized List<List<ByteRange>> rangesPerWave() {
        return List.copyOf(waves);
    }

    /** Sets all counters to zero, to count the next step of a test alone. */
    public synchronized void reset() {
        waves.clear();
        bytes = 0;
    }

    @Override
    public void close() {
        List<Held> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(held);
            held.clear();
        }
        clock.shutdown();
        delegate().close();
        StorageException failure =
                new StorageException(StorageException.Kind.CLOSED, source() + ": the reader is closed");
        left.forEach(one -> one.answer().completeExceptionally(failure));
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
