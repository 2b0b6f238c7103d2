// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.filter.Span;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader.RangeBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the ranges of one plan. Each wanted range is handed over, on a thread of the storage, as soon as the last
 * request that holds bytes of it has been answered. Thread-safe; never blocks.
 */
public final class PlanFetch {
    private final FetchPlan plan;
    private final FlightControl control;
    private final Receiver receiver;
    private final List<Request> requests = new ArrayList<>();

    /** Follows 0 in {@link #missing}: guards against a second release, by {@code done} or by a failed hand-over. */
    private static final int RELEASED = -1;

    private static final RangeBytes NONE = RangeBytes.of(new byte[0]);

    /** Requests that each wanted range still waits for; {@link #RELEASED} once its requests were let go. */
    private final AtomicIntegerArray missing;

    /** For each wanted range the first failure of one of its requests. */
    private final AtomicReferenceArray<@Nullable Throwable> failures;

    private final Answers answers = new Answers();

    /** Requests that have not ended. */
    private final AtomicInteger open = new AtomicInteger();

    /** What was answered so far. Thread-safe; can be kept without the plan. */
    public static final class Answers {
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        private void add(long length) {
            requests.incrementAndGet();
            bytes.addAndGet(length);
        }

        /** Requests answered. */
        public long requests() {
            return requests.get();
        }

        /** Bytes of the answers. */
        public long bytes() {
            return bytes.get();
        }
    }

    /**
     * Takes wanted ranges. Called once for each, from several threads at once; hands the work on and returns quickly. A
     * range whose method throws is handed over again as failed.
     */
    public interface Receiver {
        /**
         * Takes the bytes of a wanted range.
         *
         * @param wanted its index in the plan
         * @param bytes its bytes, to be taken once
         * @param done to be run once the bytes are not needed any more: it makes room for further requests
         */
        void arrived(int wanted, Arrived bytes, Runnable done);

        /**
         * Looks, before bytes of a wanted range are asked for, whether nobody wants it any more, nor will from now on.
         * Called several times for some, under no lock; throws nothing.
         */
        default boolean isDropped(int wanted) {
            return false;
        }

        /**
         * Takes a failure.
         *
         * @param failure what the storage's future failed with
         */
        void failed(int wanted, Throwable failure);

        /**
         * Takes a range that lies behind the end of the object, in whole or in part.
         *
         * @param end the end of the object
         */
        void truncated(int wanted, long end);
    }

    /** The bytes of a wanted range, as they came. */
    public interface Arrived {
        /** Bytes of memory that taking them takes: those of a range that came in several answers are joined. */
        long copyBytes();

        /** Exactly the bytes of the range; a view of an array that other ranges may share, not to be changed. */
        Span take();

        /** Bytes that are here in one array. */
        static Arrived of(Span bytes) {
            return new Whole(bytes);
        }
    }

    private record Whole(Span take) implements Arrived {
        @Override
        public long copyBytes() {
            return 0;
        }
    }

    private record Parts(ByteRange range, List<Request> requests) implements Arrived {
        @Override
        public long copyBytes() {
            return requests.size() == 1 ? 0 : range.length();
        }

        @Override
        public Span take() {
            return bytes(range, requests);
        }
    }

    private final class Request extends FlightControl.Flight {
        private final int index;
        private final List<Integer> wanted = new ArrayList<>();
        /** Wanted ranges that have not released these bytes. At 0 the memory is given back. */
        private final AtomicInteger users = new AtomicInteger();

        private volatile RangeBytes bytes = NONE;
        /** Whether an answer arrived, so that memory is held; a failed request has given it back already. */
        private volatile boolean held;

        Request(int index, ByteRange range, FlightChain chain) {
            super(range, chain);
            this.index = index;
        }

        @Override
        boolean isDropped() {
            for (int i = 0; i < wanted.size(); i++) {
                if (!receiver.isDropped(wanted.get(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        void arrived(RangeBytes answer) {
            open.decrementAndGet();
            bytes = answer;
            held = true;
            answers.add(answer.length());
            for (int i = 0; i < wanted.size(); i++) {
                settle(wanted.get(i));
            }
        }

        @Override
        void failed(Throwable failure) {
            open.decrementAndGet();
            for (int i = 0; i < wanted.size(); i++) {
                failures.compareAndSet(wanted.get(i), null, failure);
                settle(wanted.get(i));
            }
        }

        /** The bytes have been copied for a range: nobody needs them when no other range does. */
        void copied() {
            if (users.get() == 1) {
                bytes = NONE;
            }
        }

        /** One of the ranges that need these bytes does not any more. */
        void release() {
            if (users.decrementAndGet() == 0 && held) {
                bytes = NONE;
                control.giveBack(this);
            }
        }

        @Override
        public String toString() {
            return "request " + index + " " + range;
        }
    }

    private PlanFetch(FetchPlan plan, FlightControl control, Receiver receiver) {
        this.plan = plan;
        this.control = control;
        this.receiver = receiver;
        this.failures = new AtomicReferenceArray<>(plan.wanted().size());
        this.missing = new AtomicIntegerArray(plan.wanted().size());
        boolean[] continued = continued(plan);
        FlightChain chain = new FlightChain();
        FlightChain[] chains = new FlightChain[continued.length];
        for (int i = 0; i < continued.length; i++) {
            chain = continued[i] ? chain : new FlightChain();
            chains[i] = chain;
            requests.add(new Request(i, plan.requests().get(i), chain));
        }
        for (int i = 0; i < missing.length(); i++) {
            missing.set(i, plan.lastRequest(i) - plan.firstRequest(i) + 1);
            long together = 0;
            for (Request request : requestsOf(i)) {
                request.wanted.add(i);
                request.users.incrementAndGet();
                together += request.range.length();
            }
            chains[plan.firstRequest(i)].need(together);
        }
    }

    /** Which requests hold bytes of a range that the one before begins. */
    private static boolean[] continued(FetchPlan plan) {
        boolean[] continued = new boolean[plan.requests().size()];
        for (int i = 0; i < plan.wanted().size(); i++) {
            Arrays.fill(continued, plan.firstRequest(i) + 1, plan.lastRequest(i) + 1, true);
        }
        return continued;
    }

    /**
     * Prepares to fetch; nothing is sent yet.
     *
     * @param plan what to fetch
     * @param control sends the requests, with those of the file's other calls
     * @param receiver is called on the storage's threads, or on one that starts or cancels a fetch or gives bytes back
     */
    public static PlanFetch prepare(FetchPlan plan, FlightControl control, Receiver receiver) {
        return new PlanFetch(plan, control, receiver);
    }

    /** Sends requests, as many as may go; the others follow as bytes are given back. Called once. */
    public void start() {
        open.set(requests.size());
        control.submit(requests);
    }

    /** What was answered so far. */
    public Answers answers() {
        return answers;
    }

    /** Gives up whatever has not arrived; those ranges are handed over as failed. */
    public void cancel() {
        if (open.get() > 0) {
            control.cancel(requests);
        }
    }

    private List<Request> requestsOf(int wanted) {
        return requests.subList(plan.firstRequest(wanted), plan.lastRequest(wanted) + 1);
    }

    /** One of the requests of a range has ended; the last one hands the range over. Throws nothing. */
    private void settle(int wanted) {
        if (missing.decrementAndGet(wanted) != 0) {
            return;
        }
        try {
            handOver(wanted);
        } catch (Throwable failure) {
            // Memory that ran out, or a receiver that could not take it: the range has failed, the others go on.
            try {
                receiver.failed(wanted, failure);
            } catch (Throwable deaf) {
                failures.compareAndSet(wanted, null, deaf);
            } finally {
                release(wanted);
            }
        }
    }

    private void handOver(int wanted) {
        Throwable failure = failures.get(wanted);
        if (failure != null) {
            receiver.failed(wanted, failure);
            release(wanted);
            return;
        }
        List<Request> parts = requestsOf(wanted);
        ByteRange range = plan.wanted().get(wanted);
        for (Request part : parts) {
            long end = part.range.offset() + part.bytes.length();
            if (end < Math.min(range.end(), part.range.end())) {
                receiver.truncated(wanted, end);
                release(wanted);
                return;
            }
        }
        receiver.arrived(wanted, new Parts(range, parts), () -> release(wanted));
    }

    /** Lets the requests of one range go, once; needs no memory. */
    private void release(int wanted) {
        if (missing.compareAndSet(wanted, 0, RELEASED)) {
            for (int i = plan.firstRequest(wanted); i <= plan.lastRequest(wanted); i++) {
                requests.get(i).release();
            }
        }
    }

    /**
     * A view of the only answer, or a joined copy of several. An answer that no other range needs is let go as soon as
     * it is copied, so the copy and all answers need not be in memory together.
     */
    private static Span bytes(ByteRange range, List<Request> parts) {
        Request first = parts.get(0);
        if (parts.size() == 1) {
            return new Span(first.bytes.array(), (int) (range.offset() - first.range.offset()), (int) range.length());
        }
        byte[] whole = new byte[Math.toIntExact(range.length())];
        for (Request part : parts) {
            long from = Math.max(range.offset(), part.range.offset());
            long to = Math.min(range.end(), part.range.end());
            System.arraycopy(
                    part.bytes.array(), (int) (from - part.range.offset()), whole, (int) (from - range.offset()), (int)
                            (to - from));
            part.copied();
        }
        return Span.of(whole);
    }

    @Override
    public String toString() {
        return plan + ", " + answers.requests() + " answered";
    }
}
