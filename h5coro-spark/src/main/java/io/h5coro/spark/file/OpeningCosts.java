// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the opening of a file costs: of one that turns out not to be a file, nobody else can say. Thread-safe. */
final class OpeningCosts {
    /** Those that the opening has waited for are done when it ends. */
    @GuardedBy("this")
    private final List<CompletableFuture<byte[]>> answers = new ArrayList<>();

    @GuardedBy("this")
    private boolean hasEnded;

    @GuardedBy("this")
    private Costs costs = Costs.NONE;

    /** Returns a reader whose requests are counted until the opening ends; it is closed with the other one. */
    RangeReader around(RangeReader reader) {
        return new Counted(reader);
    }

    private synchronized void add(List<CompletableFuture<byte[]>> more) {
        if (!hasEnded) {
            answers.addAll(more);
        }
    }

    /** Counts, and lets go of the answers. */
    synchronized void end() {
        hasEnded = true;
        long bytes = 0;
        for (CompletableFuture<byte[]> answer : answers) {
            bytes += answer.isDone() && !answer.isCompletedExceptionally() ? answer.join().length : 0;
        }
        costs = new Costs(answers.size(), bytes, 0, 0, 0, 0);
        answers.clear();
    }

    /** Returns the requests of the opening, once it has ended, and the bytes that came with them. */
    synchronized Costs costs() {
        return costs;
    }

    private final class Counted extends ForwardingRangeReader {
        Counted(RangeReader delegate) {
            super(delegate);
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            List<CompletableFuture<byte[]>> started = delegate().read(ranges);
            add(started);
            return started;
        }
    }
}
