// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * Counts what another reader is asked for and answers. Thread-safe.
 *
 * <p>A range that is not empty is one request. Bytes are those of answers. Counters stand still once all futures are
 * done.
 */
public final class CountingRangeReader extends ForwardingRangeReader {
    private final List<ByteRange> ranges = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger maxInFlight = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    public CountingRangeReader(RangeReader delegate) {
        super(delegate);
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> asked) {
        begin(asked);
        return counted(asked, delegate().read(asked), content -> content.length);
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> asked, Lending lending, Retries retries) {
        begin(asked);
        return counted(asked, delegate().readInto(asked, lending, retries), RangeBytes::length);
    }

    private void begin(List<ByteRange> asked) {
        calls.incrementAndGet();
        int requests = 0;
        for (ByteRange range : asked) {
            if (range.length() > 0) {
                ranges.add(range);
                requests++;
            }
        }
        int now = inFlight.addAndGet(requests);
        maxInFlight.accumulateAndGet(now, Math::max);
    }

    private <T> List<CompletableFuture<T>> counted(
            List<ByteRange> asked, List<CompletableFuture<T>> answers, ToIntFunction<T> length) {
        List<CompletableFuture<T>> counted = new ArrayList<>(answers.size());
        for (int i = 0; i < asked.size(); i++) {
            counted.add(asked.get(i).length() > 0 ? count(answers.get(i), length) : answers.get(i));
        }
        return counted;
    }

    private <T> CompletableFuture<T> count(CompletableFuture<T> answer, ToIntFunction<T> length) {
        CompletableFuture<T> counted = new CompletableFuture<>();
        CompletableFuture<T> unused = answer.whenComplete((content, failure) -> {
            inFlight.decrementAndGet();
            if (failure == null) {
                bytes.addAndGet(length.applyAsInt(content));
                counted.complete(content);
            } else {
                counted.completeExceptionally(failure);
            }
        });
        unused = counted.whenComplete((content, failure) -> {
            if (counted.isCancelled()) {
                answer.cancel(true);
            }
        });
        return counted;
    }

    /** Requests so far. */
    public int requests() {
        return ranges.size();
    }

    /** Bytes of all answers so far. */
    public long bytes() {
        return bytes.get();
    }

    /** Bytes of all ranges asked for so far; more than {@link #bytes()} where a range was cut or failed. */
    public long bytesAsked() {
        return ranges().stream().mapToLong(ByteRange::length).sum();
    }

    /** Calls of {@code read} so far; each has any number of ranges. */
    public int calls() {
        return calls.get();
    }

    /** The ranges asked for, in the order of asking. */
    public List<ByteRange> ranges() {
        synchronized (ranges) {
            return List.copyOf(ranges);
        }
    }

    /** The most requests that were under way together; a storage that answers at once shows the largest call. */
    public int maxInFlight() {
        return maxInFlight.get();
    }

    /** Whether somebody closed the reader. */
    public boolean isClosed() {
        return closed.get();
    }

    /** Sets all counters to zero, to count the next step of a test alone. */
    public void reset() {
        ranges.clear();
        bytes.set(0);
        calls.set(0);
        maxInFlight.set(inFlight.get());
    }

    @Override
    public void close() {
        closed.set(true);
        delegate().close();
    }
}
