// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.internal.watch.Watch;
import io.h5coro.internal.watch.WatchedRequest;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Tells of each request to another reader, and how it ends. Where nobody listens it forwards only. Thread-safe. */
final class WatchedReader extends ForwardingRangeReader {
    private final Watch watch;

    WatchedReader(RangeReader delegate, Watch watch) {
        super(delegate);
        this.watch = watch;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return watch.isOn()
                ? watched(ranges, requests -> sent(ranges, requests), bytes -> bytes.length)
                : delegate().read(ranges);
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        return watch.isOn()
                ? watched(ranges, requests -> sentInto(ranges, lending, requests), RangeBytes::length)
                : delegate().readInto(ranges, lending, retries);
    }

    private <T> List<CompletableFuture<T>> watched(
            List<ByteRange> ranges,
            Function<List<WatchedRequest>, List<CompletableFuture<T>>> sending,
            ToIntFunction<T> length) {
        List<WatchedRequest> requests = watch.requested(source(), ranges);
        List<CompletableFuture<T>> answers;
        try {
            answers = sending.apply(requests);
        } catch (Throwable failure) {
            requests.forEach(request -> request.ended(0, failure));
            throw failure;
        }
        List<CompletableFuture<T>> told = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            told.add(i < requests.size() ? told(answers.get(i), requests.get(i), length) : answers.get(i));
        }
        for (WatchedRequest unanswered : requests.subList(told.size(), requests.size())) {
            unanswered.ended(0, new IllegalStateException("the storage gives no answer"));
        }
        return told;
    }

    private List<CompletableFuture<byte[]>> sent(List<ByteRange> ranges, List<WatchedRequest> requests) {
        return delegate() instanceof HedgedReader hedged
                ? hedged.readWatched(ranges, requests)
                : delegate().read(ranges, (index, cause) -> requests.get(index).retried(cause));
    }

    private List<CompletableFuture<RangeBytes>> sentInto(
            List<ByteRange> ranges, Lending lending, List<WatchedRequest> requests) {
        return delegate() instanceof HedgedReader hedged
                ? hedged.readWatchedInto(ranges, lending, requests)
                : delegate()
                        .readInto(
                                ranges,
                                lending,
                                (index, cause) -> requests.get(index).retried(cause));
    }

    /** The same answer, which is there after its end was told. Cancelling it cancels the request. */
    private static <T> CompletableFuture<T> told(
            CompletableFuture<T> answer, WatchedRequest request, ToIntFunction<T> length) {
        CompletableFuture<T> told = new CompletableFuture<>();
        CompletableFuture<T> unused = answer.whenComplete((bytes, failure) -> {
            request.ended(bytes == null ? 0 : length.applyAsInt(bytes), failure);
            if (failure != null) {
                told.completeExceptionally(failure);
            } else {
                told.complete(bytes);
            }
        });
        CompletableFuture<T> unusedToo = told.whenComplete((bytes, failure) -> {
            if (told.isCancelled()) {
                request.ended(0, new CancellationException());
                answer.cancel(true);
            }
        });
        return told;
    }
}
