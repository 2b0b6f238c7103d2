// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.watch.WatchedRequest;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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
    private final Queue<HedgedAnswer> waiting = new ArrayDeque<>();

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
        return read(ranges, delegate().read(ranges), List.of());
    }

    /** The same, and tells of each request what becomes of it until it ends. */
    List<CompletableFuture<byte[]>> readWatched(List<ByteRange> ranges, List<WatchedRequest> watched) {
        List<CompletableFuture<byte[]>> first =
                delegate().read(ranges, (index, cause) -> watched.get(index).retried(cause));
        return read(ranges, first, watched);
    }

    private List<CompletableFuture<byte[]>> read(
            List<ByteRange> ranges, List<CompletableFuture<byte[]>> first, List<WatchedRequest> told) {
        if (first.size() != ranges.size()) {
            return first;
        }
        List<CompletableFuture<byte[]>> answers = new ArrayList<>(first.size());
        List<HedgedAnswer> watched = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).isDone()) {
                answers.add(first.get(i));
            } else {
                HedgedAnswer answer =
                        new HedgedAnswer(this, ranges.get(i), first.get(i), told.isEmpty() ? null : told.get(i));
                watched.add(answer);
                answers.add(answer.future());
            }
        }
        hedging.asked(watched.size());
        for (HedgedAnswer answer : watched) {
            watch(answer);
            answer.follow();
        }
        return answers;
    }

    private void watch(HedgedAnswer answer) {
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
        @Nullable HedgedAnswer next;
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

    CompletableFuture<byte[]> askAgain(ByteRange range, @Nullable WatchedRequest told) {
        if (told == null) {
            return delegate().read(range);
        }
        told.hedged();
        return delegate()
                .read(List.of(range), (index, cause) -> told.retried(cause))
                .get(0);
    }

    Hedging hedging() {
        return hedging;
    }

    Lateness lateness() {
        return lateness;
    }
}
