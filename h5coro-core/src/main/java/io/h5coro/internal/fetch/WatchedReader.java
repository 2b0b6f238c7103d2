// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.internal.watch.Watch;
import io.h5coro.internal.watch.WatchedRequest;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Tells of each request to another reader, and how it ends. Where nobody listens it forwards only. Thread-safe. */
final class WatchedReader extends ForwardingRangeReader {
    private final Watch watch;

    WatchedReader(RangeReader delegate, Watch watch) {
        super(delegate);
        this.watch = watch;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        if (!watch.isOn()) {
            return delegate().read(ranges);
        }
        List<WatchedRequest> requests = watch.requested(source(), ranges);
        List<CompletableFuture<byte[]>> answers;
        try {
            answers = send(ranges, requests);
        } catch (Throwable failure) {
            requests.forEach(request -> request.ended(0, failure));
            throw failure;
        }
        List<CompletableFuture<byte[]>> told = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            told.add(i < requests.size() ? told(answers.get(i), requests.get(i)) : answers.get(i));
        }
        for (WatchedRequest unanswered : requests.subList(told.size(), requests.size())) {
            unanswered.ended(0, new IllegalStateException("the storage gives no answer"));
        }
        return told;
    }

    private List<CompletableFuture<byte[]>> send(List<ByteRange> ranges, List<WatchedRequest> requests) {
        return delegate() instanceof HedgedReader hedged
                ? hedged.readWatched(ranges, requests)
                : delegate().read(ranges, (index, cause) -> requests.get(index).retried(cause));
    }

    /** The same answer, which is there after its end was told. Cancelling it cancels the request. */
    private static CompletableFuture<byte[]> told(CompletableFuture<byte[]> answer, WatchedRequest request) {
        CompletableFuture<byte[]> told = new CompletableFuture<>();
        CompletableFuture<byte[]> unused = answer.whenComplete((bytes, failure) -> {
            request.ended(bytes == null ? 0 : bytes.length, failure);
            if (failure != null) {
                told.completeExceptionally(failure);
            } else {
                told.complete(bytes);
            }
        });
        CompletableFuture<byte[]> unusedToo = told.whenComplete((bytes, failure) -> {
            if (told.isCancelled()) {
                request.ended(0, new CancellationException());
                answer.cancel(true);
            }
        });
        return told;
    }
}
