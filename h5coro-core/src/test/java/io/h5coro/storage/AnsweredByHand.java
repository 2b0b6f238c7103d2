// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A storage whose requests wait until the test answers them. */
public final class AnsweredByHand implements RangeReader {
    private final int connections;
    private final int shortRequests;
    private final List<ByteRange> asked = new ArrayList<>();
    private final List<CompletableFuture<byte[]>> answers = new ArrayList<>();
    private @Nullable Error throwNext;
    private @Nullable RuntimeException profileFailure;

    /** A storage that answers nothing by itself, over a number of connections. */
    public AnsweredByHand(int connections) {
        this(connections, connections);
    }

    /** The same that takes more requests at once of fewer than 62 bytes. */
    public AnsweredByHand(int connections, int shortRequests) {
        this.connections = connections;
        this.shortRequests = shortRequests;
    }

    public List<ByteRange> asked() {
        return List.copyOf(asked);
    }

    /** Answers with zeros. */
    public void answer(int request) {
        answers.get(request).complete(new byte[(int) asked.get(request).length()]);
    }

    public void fail(int request, Throwable failure) {
        answers.get(request).completeExceptionally(failure);
    }

    public boolean isCancelled(int request) {
        return answers.get(request).isCancelled();
    }

    public void failTransiently(int request) {
        fail(request, new StorageException(StorageException.Kind.TIMEOUT, "scripted"));
    }

    public void throwNext(Error failure) {
        throwNext = failure;
    }

    public void failProfile(RuntimeException failure) {
        profileFailure = failure;
    }

    @Override
    public String source() {
        return "by hand";
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        if (throwNext != null) {
            Error failure = throwNext;
            throwNext = null;
            throw failure;
        }
        List<CompletableFuture<byte[]>> made = new ArrayList<>();
        for (ByteRange range : ranges) {
            asked.add(range);
            made.add(new CompletableFuture<>());
        }
        answers.addAll(made);
        return made;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public StorageProfile profile() {
        if (profileFailure != null) {
            throw profileFailure;
        }
        return new StorageProfile(1000, 1_000_000, connections, shortRequests);
    }

    @Override
    public void close() {}
}
