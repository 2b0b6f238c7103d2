// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.internal.memory.AnswerArrays;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.object.FailureCause;
import io.h5coro.storage.object.RetryBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the data requests of one open file are sent: as many under way as the storage makes use of, and no more
 * bytes requested and not yet given back than the file may have, except that one chain of requests is always allowed;
 * and no more than the shared memory has. Thread-safe; never blocks. Requests wait in the order in which they came,
 * those that are tried again before all others; their number is bounded by the plans that made them. Each request ends
 * exactly once, whatever storage and receiver throw.
 */
public final class FlightControl {
    /** Most requests handed over at once; a profile that claims more connections gets them in several steps. */
    private static final int LARGEST_WAVE = 1024;

    /**
     * The storage has its own retries, and many more of them; these help where it gave up during a burst of failures.
     */
    private static final int MOST_RETRIES = 16;

    private final RangeReader reader;
    private final long budgetBytes;
    private final RetryBudget retries = new RetryBudget(MOST_RETRIES);
    private final SharedMemory memory;
    private final AnswerArrays arrays;
    private final Runnable whenRoom = this::pump;
    /** 0 when no thread sends; else that thread has this many entries to answer with another look. */
    private final AtomicInteger pumping = new AtomicInteger();

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytesFetched = new AtomicLong();
    private final AtomicLong sentAgain = new AtomicLong();

    private final Object lock = new Object();

    /** Those tried again come first: bytes that only they complete are given back after them. */
    @GuardedBy("lock")
    private final Deque<Flight> waiting = new ArrayDeque<>();

    /**
     * Requests handed to the reader and not ended. None is sent while there are as many as the profile allows for one
     * of its length.
     */
    @GuardedBy("lock")
    private int underWay;

    private volatile boolean closed;

    /** Invariant: bytes that requests hold which were sent and not given back yet, and the reserves of their chains. */
    @GuardedBy("lock")
    private long bytesHeld;

    /**
     * Control over the requests to a reader.
     *
     * @param budgetBytes most bytes requested and not yet given back
     * @param memory what other files may use, too
     */
    public FlightControl(RangeReader reader, long budgetBytes, SharedMemory memory) {
        this.reader = reader;
        this.budgetBytes = budgetBytes;
        this.memory = memory;
        this.arrays = memory.answerArrays();
        arrays.use();
    }

    /** One request, from waiting to the bytes being given back. */
    abstract static class Flight {
        final ByteRange range;

        @Nullable
        CompletableFuture<RangeBytes> answer;

        private final FlightChain chain;

        /** Arrays for the answer; null before it is sent. */
        private volatile @Nullable Loan loan;

        private boolean retried;
        private boolean cancelled;
        private boolean sent;

        /** A request, the last one of its chain so far. */
        Flight(ByteRange range, FlightChain chain) {
            this.range = range;
            this.chain = chain;
            chain.add();
        }

        /**
         * Whether nobody wants the answer any more, nor will from now on: it is not asked for then. Throws nothing.
         */
        abstract boolean isDropped();

        /**
         * Takes the answer, which may be shorter than the range; its array is held until {@link #giveBack}, and
         * not looked at from then on: other answers come in it. Throws nothing: who waits for the answer has to hear of
         * every failure.
         */
        abstract void arrived(RangeBytes bytes);

        /** Takes the failure; nothing is held. Throws nothing. */
        abstract void failed(Throwable failure);
    }

    /** What requests have been sent and answered so far. */
    public long requests() {
        return requests.get();
    }

    /** Bytes of all answers so far. */
    public long bytesFetched() {
        return bytesFetched.get();
    }

    /** Requests so far that were sent again: the storage had given them up. */
    public long retries() {
        return sentAgain.get();
    }

    /** Sends nothing from now on. What waits ends when its fetch is cancelled, which makes room, but for nothing. */
    public void close() {
        boolean first;
        synchronized (lock) {
            first = !closed;
            closed = true;
        }
        if (first) {
            arrays.useNoMore();
        }
    }

    /** Ends what still waits after the calls have ended: what nobody wants has memory, too. After {@link #close}. */
    public void abandon() {
        failWaiting(new CancellationException());
    }

    /**
     * Takes requests, and sends those that may go now.
     *
     * @param flights in the order in which they are to be sent; none was submitted before
     */
    void submit(List<? extends Flight> flights) {
        List<Flight> impossible = new ArrayList<>();
        synchronized (lock) {
            for (Flight flight : flights) {
                if (flight.chain.window() > memory.mostInFlight()) {
                    impossible.add(flight);
                } else {
                    waiting.add(flight);
                }
            }
        }
        for (Flight flight : impossible) {
            tell(flight, null, tooLong(flight));
        }
        pump();
    }

    private LimitExceededException tooLong(Flight flight) {
        return new LimitExceededException(
                new Where(reader.source(), null, flight.range.offset()),
                flight.chain.window() + " bytes have to be requested together; " + memory.name() + " has "
                        + memory.mostInFlight() + " for that: " + memory.remedy());
    }

    /**
     * Frees the bytes of an arrived request.
     *
     * <p>Called once for each request that arrived, from any thread. It may send further requests on the caller's
     * thread.
     */
    void giveBack(Flight flight) {
        Loan loan = flight.loan;
        if (loan != null) {
            loan.giveBack();
        }
        giveBack(flight.chain, flight.range.length());
        pump();
    }

    private void giveBack(FlightChain chain, long length) {
        long given;
        synchronized (lock) {
            given = chain.done(length);
            bytesHeld -= given;
        }
        memory.giveInFlight(given);
    }

    /**
     * Gives up requests: those that wait fail without being sent, and those under way are cancelled.
     *
     * <p>Each request that waited is told of a {@link CancellationException} on the caller's thread. One that is under
     * way ends through its future. One that has arrived is not affected.
     */
    void cancel(List<? extends Flight> flights) {
        List<CompletableFuture<RangeBytes>> answers = new ArrayList<>();
        Set<Flight> unsent = new HashSet<>(flights);
        long given = 0;
        synchronized (lock) {
            unsent.retainAll(new HashSet<>(waiting));
            waiting.removeAll(unsent);
            for (Flight flight : unsent) {
                given += drop(flight);
            }
            for (Flight flight : flights) {
                flight.cancelled = true;
                if (flight.answer != null) {
                    answers.add(flight.answer);
                }
            }
        }
        memory.giveInFlight(given);
        for (CompletableFuture<RangeBytes> answer : answers) {
            answer.cancel(true);
        }
        for (Flight flight : unsent) {
            tell(flight, null, new CancellationException());
        }
        pump();
    }

    /**
     * Sends what may go. Only one thread does so at a time and a second entry, also from a reader that answers at once,
     * makes that one look again: answers never nest.
     *
     * <p>Example: thread A enters (1) and sends. A response arrives on thread B, which enters (2) and leaves. A
     * subtracts the 1 it has seen, finds 1 left, looks again, subtracts that and leaves at 0.
     */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                send(take());
            } catch (Throwable failure) {
                failWaiting(failure);
            }
            seen = pumping.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Takes the requests that may be sent now off the queue, and the memory that they need. */
    private List<Flight> take() {
        StorageProfile profile = reader.profile();
        List<Flight> ready = new ArrayList<>(Math.min(profile.connections(), LARGEST_WAVE));
        long given = 0;
        try {
            synchronized (lock) {
                while (!closed && ready.size() < LARGEST_WAVE) {
                    Flight next = waiting.peek();
                    boolean goes = next != null && underWay < profile.mostUnderWay(next.range.length());
                    if (!goes || !(next.retried || takes(next))) {
                        break;
                    }
                    ready.add(next);
                    waiting.remove();
                    given += sends(next);
                }
            }
        } catch (OutOfMemoryError e) {
            if (ready.isEmpty()) {
                throw e;
            }
        }
        memory.giveInFlight(given);
        return ready;
    }

    /** Takes note that a request is sent; bytes to be given back. */
    @GuardedBy("lock")
    private long sends(Flight next) {
        next.sent = true;
        underWay++;
        long surplus = next.retried ? 0 : next.chain.sent(next.range.length());
        bytesHeld -= surplus;
        return surplus;
    }

    /** Takes the memory for a request; one that is tried again has it already. */
    @GuardedBy("lock")
    private boolean takes(Flight next) {
        long missing = next.chain.missing(next.range.length());
        boolean fits = missing == 0 || bytesHeld == 0 || bytesHeld + missing <= budgetBytes;
        if (!fits || (missing > 0 && !memory.takeInFlight(missing, whenRoom))) {
            return false;
        }
        bytesHeld += missing;
        return true;
    }

    /** Says that a request will not be sent; bytes to be given back. */
    @GuardedBy("lock")
    private long drop(Flight unsent) {
        long given = unsent.retried ? unsent.chain.done(unsent.range.length()) : unsent.chain.dropped();
        bytesHeld -= given;
        return given;
    }

    /** Nothing can be sent: what waits would wait for ever. One after the other, which takes no memory. */
    private void failWaiting(Throwable failure) {
        while (true) {
            Flight stuck;
            long given;
            synchronized (lock) {
                stuck = waiting.poll();
                if (stuck == null) {
                    return;
                }
                given = drop(stuck);
            }
            memory.giveInFlight(given);
            tell(stuck, null, failure);
        }
    }

    private void send(List<Flight> taken) {
        if (taken.isEmpty()) {
            return;
        }
        List<Flight> flights = taken;
        int followed = 0;
        try {
            flights = wanted(taken);
            if (flights.isEmpty()) {
                return;
            }
            List<Loan> loans = new ArrayList<>(flights.size());
            for (Flight flight : flights) {
                Loan loan = new Loan(arrays);
                flight.loan = loan;
                loans.add(loan);
            }
            List<CompletableFuture<RangeBytes>> answers = reader.readInto(
                    flights.stream().map(flight -> flight.range).toList(),
                    (index, length) -> loans.get(index).lend(length),
                    RangeReader.Retries.UNTOLD);
            requests.addAndGet(flights.size());
            while (followed < flights.size()) {
                follow(flights.get(followed), answers.get(followed));
                followed++;
            }
        } catch (Throwable failure) {
            for (Flight flight : flights.subList(followed, flights.size())) {
                end(flight, null, failure);
            }
        }
    }

    /** Those whose answer somebody wants. The others end as if they had been cancelled. */
    private List<Flight> wanted(List<Flight> taken) {
        List<Flight> wanted = new ArrayList<>(taken.size());
        for (Flight flight : taken) {
            if (flight.isDropped()) {
                end(flight, null, new CancellationException());
            } else {
                wanted.add(flight);
            }
        }
        return wanted;
    }

    private void follow(Flight flight, CompletableFuture<RangeBytes> answer) {
        boolean cancelled;
        synchronized (lock) {
            flight.answer = answer;
            cancelled = flight.cancelled;
        }
        if (cancelled) {
            answer.cancel(true);
        }
        CompletableFuture<RangeBytes> unused = answer.whenComplete((bytes, failure) -> end(flight, bytes, failure));
    }

    /**
     * Ends a request once: later calls find that it is not under way. A failure that may pass puts it back at the front
     * of the queue, with its memory, if it is its first failure and the budget of retries allows it.
     */
    private void end(Flight flight, @Nullable RangeBytes bytes, @Nullable Throwable failure) {
        boolean again;
        @Nullable Loan loan;
        synchronized (lock) {
            if (!flight.sent) {
                return;
            }
            flight.sent = false;
            // It holds the bytes, which are to be nobody's once they are given back.
            flight.answer = null;
            loan = flight.loan;
            underWay--;
            again = bytes == null && !flight.retried && !flight.cancelled && isTransient(failure) && retries.take();
            if (again) {
                flight.retried = true;
                sentAgain.incrementAndGet();
                waiting.addFirst(flight);
            }
        }
        if (loan != null) {
            loan.answered(bytes == null ? null : bytes.array());
        }
        if (bytes == null && !again) {
            giveBack(flight.chain, flight.range.length());
        }
        if (!again) {
            tell(flight, bytes, failure == null ? new IllegalStateException("answer without bytes") : failure);
        }
        pump();
    }

    private void tell(Flight flight, @Nullable RangeBytes bytes, Throwable failure) {
        if (bytes == null) {
            flight.failed(failure);
        } else {
            bytesFetched.addAndGet(bytes.length());
            retries.answered();
            flight.arrived(bytes);
        }
    }

    /** Whether the same request may succeed when it is sent again. */
    static boolean isTransient(@Nullable Throwable failure) {
        return failure != null && FailureCause.of(failure) instanceof StorageException storage && storage.isTransient();
    }
}
