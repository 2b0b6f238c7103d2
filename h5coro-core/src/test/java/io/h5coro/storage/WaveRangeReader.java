// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Counts dependent waves: how many round trips follow one another because an answer is needed for the next question.
 *
 * <p>Requests are held until all is quiet: for ten looks, one after the other, no request has come and no
 * thread has been at work. Then all of them are asked of the delegate together, as one wave, and their answers are
 * handed out when all are there. So requests that do not wait for one another share a wave however slowly a thread gets
 * to ask them; two requests of which the second needs the answer of the first never do. A machine that stands still
 * looks less often, too. Thread-safe.
 */
public final class WaveRangeReader extends ForwardingRangeReader {
    /** A thread that was handed a task and has not begun is not seen to be at work: it has this many looks for that. */
    private static final int LOOKS = 10;

    private static final long LOOK_MILLIS = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemons("h5coro-wave"));
    private final ExecutorService answers = Executors.newCachedThreadPool(daemons("h5coro-wave-answer"));

    // Guarded by this.
    private final List<Held> held = new ArrayList<>();
    private final List<List<ByteRange>> waves = new ArrayList<>();
    private int quietLooks;
    private boolean looking;
    private boolean closed;

    // Guarded by this.
    private long bytes;

    public WaveRangeReader(RangeReader delegate) {
        super(delegate);
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
            look();
        }
        return asked;
    }

    /** Starts to wait for quiet, or waits for it again. Called under the lock. */
    private void look() {
        quietLooks = 0;
        if (!looking && !held.isEmpty() && !closed) {
            looking = true;
            lookLater();
        }
    }

    private void lookLater() {
        ScheduledFuture<?> unused = clock.schedule(this::lookAround, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAround() {
        boolean busy = WorkingThreads.any();
        synchronized (this) {
            quietLooks = busy ? 0 : quietLooks + 1;
            looking = !closed && quietLooks < LOOKS;
            if (looking) {
                lookLater();
                return;
            }
        }
        release();
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
