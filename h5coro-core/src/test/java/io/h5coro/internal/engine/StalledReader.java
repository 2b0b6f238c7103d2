// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers nothing until told, or never. */
final class StalledReader extends ForwardingRangeReader {
    final List<Runnable> held = new ArrayList<>();
    private int mostWaiting;
    private final List<CompletableFuture<byte[]>> unanswered = new ArrayList<>();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();

    StalledReader(RangeReader delegate) {
        super(delegate);
    }

    @Override
    public synchronized List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (ByteRange range : ranges) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            CompletableFuture<byte[]> unused = answer.whenComplete((bytes, failure) -> {
                if (answer.isCancelled()) {
                    cancelled.incrementAndGet();
                }
            });
            answers.add(answer);
            if (failures.getAndDecrement() > 0) {
                answer.completeExceptionally(
                        new StorageException(StorageException.Kind.UNAVAILABLE, "memory: slow down"));
            } else {
                unanswered.add(answer);
                held.add(() -> answer.complete(delegate().read(range).join()));
                mostWaiting = Math.max(mostWaiting, held.size());
            }
        }
        return answers;
    }

    /** Answers; true when there was something to answer. */
    boolean release() {
        List<Runnable> now;
        synchronized (this) {
            now = List.copyOf(held);
            held.clear();
            unanswered.clear();
        }
        now.forEach(Runnable::run);
        return !now.isEmpty();
    }

    /** Answers what has waited longest. */
    void releaseFirst() {
        Runnable first;
        synchronized (this) {
            first = held.remove(0);
            unanswered.remove(0);
        }
        first.run();
    }

    /** Fails what is held, as if the storage was busy. */
    void failHeld() {
        List<CompletableFuture<byte[]>> now;
        synchronized (this) {
            now = List.copyOf(unanswered);
            unanswered.clear();
            held.clear();
        }
        now.forEach(answer -> answer.completeExceptionally(
                new StorageException(StorageException.Kind.UNAVAILABLE, "memory: slow down")));
    }

    /** The most that waited for an answer together. */
    synchronized int mostWaiting() {
        return mostWaiting;
    }

    synchronized int waiting() {
        return held.size();
    }

    @Override
    public StorageProfile profile() {
        return new StorageProfile(1000, 1_000_000, 4);
    }
}
