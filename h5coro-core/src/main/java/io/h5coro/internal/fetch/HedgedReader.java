// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.watch.WatchedRequest;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A reader that asks a second time for what is late. The answer is the reader's own either way, so it is of the one
 * version that the reader keeps to: what comes later is dropped, never joined with it. Thread-safe.
 */
final class HedgedReader extends ForwardingRangeReader {
    private final Hedging hedging;
    private final Lateness lateness;
    private final int connections;

    /**
     * Requests whose turn is not yet, since the storage has more than it sends at once: their time does not run. As
     * many as callers wait for.
     */
    @GuardedBy("this")
    private final Queue<HedgedAnswer<?>> waiting = new ArrayDeque<>();

    /** Watched requests whose time runs. Invariant: at most {@link #connections}. */
    @GuardedBy("this")
    private int underWay;

    HedgedReader(RangeReader delegate, Hedging hedging) {
        super(delegate);
        StorageProfile profile = delegate.profile();
        this.hedging = hedging;
        this.lateness = new Lateness(profile, hedging.earliestNanos());
        this.connections = Math.max(1, profile.connections());
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return hedged(ranges, delegate().read(ranges), again(ranges, List.of()));
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        return hedged(ranges, delegate().readInto(ranges, lending, retries), againInto(ranges, lending, List.of()));
    }

    /** The same as reading, and tells of each request what becomes of it until it ends. */
    List<CompletableFuture<byte[]>> readWatched(List<ByteRange> ranges, List<WatchedRequest> watched) {
        return hedged(ranges, delegate().read(ranges, retries(watched)), again(ranges, watched));
    }

    /** The same for {@link #readInto}. */
    List<CompletableFuture<RangeBytes>> readWatchedInto(
            List<ByteRange> ranges, Lending lending, List<WatchedRequest> watched) {
        return hedged(
                ranges, delegate().readInto(ranges, lending, retries(watched)), againInto(ranges, lending, watched));
    }

    private static Retries retries(List<WatchedRequest> watched) {
        return (index, cause) -> watched.get(index).retried(cause);
    }

    /** Sends the request at an index a second time. */
    private IntFunction<HedgedAnswer.Again<byte[]>> again(List<ByteRange> ranges, List<WatchedRequest> told) {
        return index -> new HedgedAnswer.Again<>(
                () -> delegate()
                        .read(List.of(ranges.get(index)), retriesOfAnother(told, index))
                        .get(0),
                bytes -> bytes.length);
    }

    /** The same into another array: the first request may still write to its own. */
    private IntFunction<HedgedAnswer.Again<RangeBytes>> againInto(
            List<ByteRange> ranges, Lending lending, List<WatchedRequest> told) {
        return index -> new HedgedAnswer.Again<>(
                () -> delegate()
                        .readInto(
                                List.of(ranges.get(index)),
                                (only, length) -> lending.lend(index, length),
                                retriesOfAnother(told, index))
                        .get(0),
                RangeBytes::length);
    }

    private static Retries retriesOfAnother(List<WatchedRequest> told, int index) {
        if (told.isEmpty()) {
            return Retries.UNTOLD;
        }
        told.get(index).hedged();
        return (only, cause) -> told.get(index).retried(cause);
    }

    private <T> List<CompletableFuture<T>> hedged(
            List<ByteRange> ranges, List<CompletableFuture<T>> first, IntFunction<HedgedAnswer.Again<T>> again) {
        if (first.size() != ranges.size()) {
            return first;
        }
        List<CompletableFuture<T>> answers = new ArrayList<>(first.size());
        List<HedgedAnswer<T>> watched = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).isDone()) {
                answers.add(first.get(i));
            } else {
                HedgedAnswer<T> answer = new HedgedAnswer<>(this, ranges.get(i), first.get(i), again.apply(i));
                watched.add(answer);
                answers.add(answer.future());
            }
        }
        hedging.asked(watched.size());
        for (HedgedAnswer<T> answer : watched) {
            watch(answer);
            answer.follow();
        }
        return answers;
    }

    private void watch(HedgedAnswer<?> answer) {
        boolean itsTurn;
        synchronized (this) {
            itsTurn = underWay < connections;
            if (itsTurn) {
                underWay++;
            } else {
                waiting.add(answer);
            }
        }
        if (itsTurn && !answer.begin()) {
            ended();
        }
    }

    /** An answer whose time ran is over; the next one's begins. */
    void ended() {
        @Nullable HedgedAnswer<?> next;
        do {
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    underWay--;
                    return;
                }
            }
        } while (!next.begin());
    }

    Hedging hedging() {
        return hedging;
    }

    Lateness lateness() {
        return lateness;
    }
}
