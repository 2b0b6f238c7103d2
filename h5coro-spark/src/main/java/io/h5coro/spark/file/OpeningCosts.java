// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** What the opening of a file costs: of one that turns out not to be a file, nobody else can say. Thread-safe. */
final class OpeningCosts {
    /** Those that the opening has waited for are done when it ends. */
    @GuardedBy("this")
    private final List<Answer> answers = new ArrayList<>();

    @GuardedBy("this")
    private boolean hasEnded;

    @GuardedBy("this")
    private Costs costs = Costs.NONE;

    /** Returns a reader whose requests are counted until the opening ends; it is closed with the other one. */
    RangeReader around(RangeReader reader) {
        return new Counted(reader);
    }

    /**
     * An answer, of which nothing but its length is looked at.
     *
     * @param future of it
     * @param length what it has
     */
    private record Answer(CompletableFuture<?> future, LongSupplier length) {
        static <T> Answer of(CompletableFuture<T> future, ToIntFunction<T> length) {
            return new Answer(future, () -> length.applyAsInt(future.join()));
        }

        long bytes() {
            return future.isDone() && !future.isCompletedExceptionally() ? length.getAsLong() : 0;
        }
    }

    private synchronized <T> void add(List<CompletableFuture<T>> more, ToIntFunction<T> length) {
        if (hasEnded) {
            return;
        }
        for (CompletableFuture<T> future : more) {
            answers.add(Answer.of(future, length));
        }
    }

    /** Counts, and lets go of the answers. */
    synchronized void end() {
        hasEnded = true;
        long bytes = 0;
        for (Answer answer : answers) {
            bytes += answer.bytes();
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
            add(started, bytes -> bytes.length);
            return started;
        }

        @Override
        public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
            List<CompletableFuture<RangeBytes>> started = delegate().readInto(ranges, lending, retries);
            add(started, RangeBytes::length);
            return started;
        }
    }
}
