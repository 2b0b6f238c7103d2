// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the data requests of one open file are sent: as many under way as the storage makes use of, and no more
 * bytes requested and not yet given back than the budget allows, except that one request is always allowed. Thread-safe;
 * never blocks. Requests wait in the order in which they came; their number is bounded by the plans that made them.
 */
public final class FlightControl {
    private final RangeReader reader;
    private final long budgetBytes;
    private final AtomicInteger pumping = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytesFetched = new LongAdder();

    private final Object lock = new Object();
    private final Queue<Flight> waiting = new ArrayDeque<>();
    private int underWay;

    /** Invariant: bytes of requests that were sent and not given back yet. */
    private long bytesHeld;

    /**
     * Control over the requests to a reader.
     *
     * @param budgetBytes most bytes requested and not yet given back
     */
    public FlightControl(RangeReader reader, long budgetBytes) {
        this.reader = reader;
        this.budgetBytes = budgetBytes;
    }

    /** One request, from waiting to the bytes being given back. */
    abstract static class Flight {
        final ByteRange range;

        @Nullable
        CompletableFuture<byte[]> answer;

        private boolean retried;
        private boolean cancelled;

        Flight(ByteRange range) {
            this.range = range;
        }

        /**
         * Whether what the request before it fetched is of no use without it: it does not wait for bytes to be given
         * back, which would never happen.
         */
        abstract boolean continuesAnother();

        /** Takes the answer, which may be shorter than the range; its bytes are held until {@link #giveBack}. */
        abstract void arrived(byte[] bytes);

        /** Takes the failure; nothing is held. */
        abstract void failed(Throwable failure);
    }

    /** What requests have been sent and answered so far. */
    public long requests() {
        return requests.sum();
    }

    /** Bytes of all answers so far. */
    public long bytesFetched() {
        return bytesFetched.sum();
    }

    /** Takes requests, and sends those that may go now. */
    void submit(List<? extends Flight> flights) {
        synchronized (lock) {
            waiting.addAll(flights);
        }
        pump();
    }

    /** Frees the bytes of an arrived request. */
    void giveBack(Flight flight) {
        synchronized (lock) {
            bytesHeld -= flight.range.length();
        }
        pump();
    }

    /** Gives up requests: those that wait fail without being sent, and those under way are cancelled. */
    void cancel(List<? extends Flight> flights) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        Set<Flight> unsent = new HashSet<>(flights);
        synchronized (lock) {
            unsent.retainAll(new HashSet<>(waiting));
            waiting.removeAll(unsent);
            for (Flight flight : flights) {
                flight.cancelled = true;
                if (flight.answer != null) {
                    answers.add(flight.answer);
                }
            }
        }
        answers.forEach(answer -> answer.cancel(true));
        unsent.forEach(flight -> flight.failed(new CancellationException()));
        pump();
    }

    /**
     * Sends what may go. Only one thread does so at a time and a second entry, also from a reader that answers at once,
     * makes that one look again: answers never nest.
     */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            List<Flight> ready = take();
            if (!ready.isEmpty()) {
                send(ready);
            }
            seen = pumping.addAndGet(-seen);
        } while (seen != 0);
    }

    private List<Flight> take() {
        List<Flight> ready = new ArrayList<>();
        synchronized (lock) {
            int most = Math.max(1, reader.profile().connections());
            while (underWay < most) {
                Flight next = waiting.peek();
                if (next == null || !mayGo(next)) {
                    break;
                }
                ready.add(waiting.remove());
                underWay++;
                bytesHeld += next.range.length();
            }
        }
        return ready;
    }

    private boolean mayGo(Flight next) {
        return bytesHeld == 0
                || next.retried
                || next.continuesAnother()
                || bytesHeld + next.range.length() <= budgetBytes;
    }

    private void send(List<Flight> flights) {
        List<ByteRange> ranges = flights.stream().map(flight -> flight.range).toList();
        List<CompletableFuture<byte[]>> answers;
        try {
            answers = reader.read(ranges);
        } catch (RuntimeException | Error failure) {
            flights.forEach(flight -> end(flight, null, failure));
            return;
        }
        requests.add(flights.size());
        for (int i = 0; i < flights.size(); i++) {
            Flight flight = flights.get(i);
            CompletableFuture<byte[]> answer = answers.get(i);
            boolean cancelled;
            synchronized (lock) {
                flight.answer = answer;
                cancelled = flight.cancelled;
            }
            if (cancelled) {
                answer.cancel(true);
            }
            CompletableFuture<byte[]> unused = answer.whenComplete((bytes, failure) -> end(flight, bytes, failure));
        }
    }

    private void end(Flight flight, byte @Nullable [] bytes, @Nullable Throwable failure) {
        boolean again;
        synchronized (lock) {
            underWay--;
            again = bytes == null && !flight.retried && !flight.cancelled && isTransient(failure);
            if (bytes == null) {
                bytesHeld -= flight.range.length();
            }
            if (again) {
                flight.retried = true;
                waiting.add(flight);
            }
        }
        if (bytes != null) {
            bytesFetched.add(bytes.length);
            flight.arrived(bytes);
        } else if (!again) {
            flight.failed(failure == null ? new IllegalStateException("answer without bytes") : failure);
        }
        pump();
    }

    /** The storage has retried already; one more attempt helps where it gave up during a burst of failures. */
    private static boolean isTransient(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StorageException storage && storage.isTransient();
    }
}
