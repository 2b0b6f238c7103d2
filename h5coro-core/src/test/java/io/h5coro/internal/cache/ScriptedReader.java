// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An object in memory whose answers can be delayed, cut and failed, and which notes what it was asked. */
final class ScriptedReader implements RangeReader {
    private final byte[] object;
    private final List<ByteRange> asked = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private boolean hold;
    private boolean onThreads;
    private int cutTo = Integer.MAX_VALUE;
    private int failEvery;
    private int count;
    private boolean answered;
    private @Nullable StorageException failNext;
    private @Nullable Error throwFromSize;
    private final List<CompletableFuture<byte[]>> given = new ArrayList<>();
    private @Nullable Throwable throwNext;

    ScriptedReader(byte[] object) {
        this.object = object;
    }

    synchronized List<ByteRange> asked() {
        return List.copyOf(asked);
    }

    synchronized void forget() {
        asked.clear();
    }

    synchronized void hold() {
        hold = true;
    }

    void release() {
        List<Runnable> now;
        synchronized (this) {
            hold = false;
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(Runnable::run);
    }

    synchronized void cutAnswersTo(int bytes) {
        cutTo = bytes;
    }

    synchronized void failNext(StorageException failure) {
        failNext = failure;
    }

    /** An unchecked exception or an error. */
    synchronized void throwNext(Throwable failure) {
        throwNext = failure;
    }

    synchronized void failEvery(int nth) {
        failEvery = nth;
    }

    synchronized void answerOnThreads(boolean yes) {
        onThreads = yes;
    }

    @Override
    public String source() {
        return "scripted:object";
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        List<Runnable> now = new ArrayList<>();
        synchronized (this) {
            if (throwNext != null) {
                Throwable failure = throwNext;
                throwNext = null;
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
            for (ByteRange range : ranges) {
                asked.add(range);
                CompletableFuture<byte[]> answer = new CompletableFuture<>();
                answers.add(answer);
                given.add(answer);
                StorageException failure = nextFailure();
                (hold ? held : now).add(() -> answer(range, answer, failure));
            }
        }
        now.forEach(onThreads ? threads::execute : Runnable::run);
        return answers;
    }

    private @Nullable StorageException nextFailure() {
        StorageException failure = failNext;
        failNext = null;
        if (failEvery > 0 && ++count % failEvery == 0) {
            return new StorageException(StorageException.Kind.UNAVAILABLE, "scripted");
        }
        return failure;
    }

    private void answer(ByteRange range, CompletableFuture<byte[]> answer, @Nullable StorageException failure) {
        if (failure != null) {
            answer.completeExceptionally(failure);
            return;
        }
        int from = (int) Math.min(object.length, range.offset());
        int to = (int) Math.min(object.length, Math.min(range.end(), (long) from + cutTo));
        synchronized (this) {
            answered = true;
        }
        answer.complete(Arrays.copyOfRange(object, from, to));
    }

    synchronized void throwFromSize(@Nullable Error failure) {
        throwFromSize = failure;
    }

    /** Answers that were asked for, were cancelled and were not given. */
    synchronized long cancelled() {
        return given.stream().filter(CompletableFuture::isCancelled).count();
    }

    @Override
    public synchronized OptionalLong size() {
        if (throwFromSize != null) {
            throw throwFromSize;
        }
        return answered ? OptionalLong.of(object.length) : OptionalLong.empty();
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.REMOTE;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
