// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.fetch.PlanFetch;
import io.h5coro.internal.file.ReadCounters;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.memory.GuardedTask;
import io.h5coro.internal.memory.Shortage;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.internal.prepare.ReadLimits;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gets the pieces of one call: those that are here, those that other calls are fetching, and the rest, which it plans
 * together, fetches, and decodes for all who want them. Thread-safe; never blocks.
 *
 * <p>A call that is cancelled leaves what it was fetching to those who wait for it: they send requests of their own.
 * What the storage or the decoder says of a piece holds for all who want it.
 */
final class CallFetch implements ReadCounters.Fetch {
    private final SourceFile file;
    private final ReadLimits limits;
    private final PieceFlights flights;

    @GuardedBy("this")
    private final List<PlanFetch> running = new ArrayList<>();

    /** What these, and those before them, have cost. */
    @GuardedBy("this")
    private final List<PlanFetch.Answers> answers = new ArrayList<>();

    /** Invariant: holds every flight that this call leads and whose bytes are not here. */
    @GuardedBy("this")
    private List<PieceFlight> led = new ArrayList<>();

    /** Requests for blocks that hold values. */
    @GuardedBy("this")
    private long blockRequests;

    @GuardedBy("this")
    private long blockBytes;

    @GuardedBy("this")
    private boolean cancelled;

    CallFetch(SourceFile file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
        this.flights = PieceFlights.of(file);
    }

    /** A piece that needs no request, or a decoded chunk. */
    private record Ready(PieceFlight flight, PlanFetch.Arrived bytes, boolean decoded) {}

    /** Bytes that are here in one array. */
    private record Whole(Span take) implements PlanFetch.Arrived {
        @Override
        public long copyBytes() {
            return 0;
        }
    }

    /** Takes what the call wants. Called once. */
    void start(List<Wanted> wanted) {
        List<PieceFlight> away = new ArrayList<>();
        List<Ready> here = new ArrayList<>();
        try {
            for (Wanted one : wanted) {
                start(one, away, here);
            }
            if (!away.isEmpty()) {
                get(away);
            }
        } catch (Throwable failure) {
            giveUp();
            throw failure;
        }
        for (Ready ready : here) {
            decodeLater(ready, () -> {});
        }
    }

    private void start(Wanted wanted, List<PieceFlight> away, List<Ready> here) {
        PieceFlight flight = new PieceFlight(wanted, this);
        ByteRange range = wanted.piece().range();
        if (range.length() == 0) {
            here.add(new Ready(flight, new Whole(Span.of(NOTHING)), false));
            return;
        }
        lead(flight);
        if (!flights.start(flight, wanted)) {
            leadNoMore(flight);
            return;
        }
        Span decoded = flights.kept(flight);
        byte[] stored = decoded == null ? file.cached(range) : null;
        if (decoded != null) {
            here.add(new Ready(flight, new Whole(decoded), true));
        } else if (stored != null) {
            here.add(new Ready(flight, new Whole(Span.of(stored)), false));
        } else {
            away.add(flight);
        }
    }

    private static final byte[] NOTHING = new byte[0];

    private synchronized void lead(PieceFlight flight) {
        led.add(flight);
    }

    /** Takes back the last one. */
    private synchronized void leadNoMore(PieceFlight flight) {
        if (!led.isEmpty() && led.get(led.size() - 1) == flight) {
            led.remove(led.size() - 1);
        }
    }

    private void get(List<PieceFlight> away) {
        RangeBlockCache.Coming coming = SmallReads.of(file).fetch(ranges(away));
        if (coming == null) {
            send(away);
            return;
        }
        long bytes = coming.requests().stream().mapToLong(ByteRange::length).sum();
        file.totals().counters().raw(coming.requests().size(), bytes);
        synchronized (this) {
            blockRequests += coming.requests().size();
            blockBytes += bytes;
        }
        CompletableFuture<Void> unused = coming.done().whenComplete((come, failure) -> later(away, () -> take(away)));
    }

    /** Takes what the cache has by now; the rest, for whatever reason it did not come, is fetched as usual. */
    private void take(List<PieceFlight> asked) {
        List<PieceFlight> away = new ArrayList<>();
        for (PieceFlight flight : asked) {
            byte[] stored = file.cached(flight.piece().range());
            if (stored != null) {
                decodeLater(new Ready(flight, new Whole(Span.of(stored)), false), () -> {});
            } else {
                away.add(flight);
            }
        }
        if (!away.isEmpty()) {
            send(away);
        }
    }

    private static List<ByteRange> ranges(List<PieceFlight> of) {
        return of.stream().map(flight -> flight.piece().range()).toList();
    }

    private void send(List<PieceFlight> away) {
        FetchPlan plan = FetchPlan.of(ranges(away), limits.costs());
        PlanFetch started = PlanFetch.prepare(plan, file.control(), new Arrivals(away));
        if (!isCancelled(started)) {
            started.start();
        }
        if (isCancelled()) {
            giveUp();
            started.cancel();
        }
    }

    private synchronized boolean isCancelled(PlanFetch started) {
        running.add(started);
        answers.add(started.answers());
        return cancelled;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Where the bytes of flights come in. */
    private final class Arrivals implements PlanFetch.Receiver {
        private final List<PieceFlight> sent;

        Arrivals(List<PieceFlight> sent) {
            this.sent = sent;
        }

        @Override
        public void arrived(int index, PlanFetch.Arrived bytes, Runnable done) {
            decodeLater(new Ready(sent.get(index), bytes, false), done);
        }

        @Override
        public void failed(int index, Throwable failure) {
            PieceFlight flight = sent.get(index);
            long address = flight.piece().range().offset();
            failAll(flight, user -> StorageFailures.translate(file.source(), address, failure));
        }

        @Override
        public void truncated(int index, long end) {
            failAll(sent.get(index), user -> cutOff(user, end));
        }
    }

    private static MalformedFileException cutOff(Wanted wanted, long end) {
        Where where = wanted.read().where();
        ByteRange range = wanted.piece().range();
        return new MalformedFileException(
                new Where(where.source(), where.object(), range.offset()),
                "truncated: bytes " + range + " are wanted, the file ends at " + end);
    }

    private void decodeLater(Ready ready, Runnable done) {
        if (!ready.flight().arrive(this)) {
            done.run();
            return;
        }
        PieceFlight flight = ready.flight();
        long work =
                ready.decoded() ? 0 : flight.piece().workBytes() + ready.bytes().copyBytes();
        limits.room().execute(file, work, file.pools().decode(), new Decoding(ready, done));
    }

    private void close(PieceFlight flight) {
        flights.end(flight, this).forEach(user -> user.call().abort(SourceFile.CLOSED));
    }

    private void fail(PieceFlight flight, Throwable failure) {
        failAll(flight, user -> failure);
    }

    private void failAll(PieceFlight flight, Function<Wanted, Throwable> failure) {
        for (Wanted user : flights.end(flight, this)) {
            // First: what the result has may be what it takes to say so.
            user.read().fail();
            Shortage.outlast(() -> user.call().fail(user.read(), failure.apply(user)));
        }
    }

    /** Decodes, and copies to all who want it. */
    private final class Decoding implements GuardedTask {
        private final PieceFlight flight;
        private final Runnable done;
        private @Nullable Ready ready;

        /** Those who are to have it; once the flight has ended nobody else knows them. */
        private List<Wanted> users = List.of();

        private boolean isDone;

        Decoding(Ready ready, Runnable done) {
            this.flight = ready.flight();
            this.ready = ready;
            this.done = done;
        }

        @Override
        public void run() {
            if (!flights.endDropped(flight)) {
                settle(Objects.requireNonNull(ready));
            }
            over();
        }

        private void settle(Ready arrived) {
            Span plain;
            try {
                plain = arrived.bytes().take();
                plain = arrived.decoded() ? plain : flight.piece().decode(plain);
            } catch (ChunkDecodeException failure) {
                failAll(flight, user -> user.piece().undecodable(failure));
                return;
            }
            users = flights.end(flight, CallFetch.this, plain);
            boolean decoded = !arrived.decoded();
            for (Wanted user : users) {
                decoded &= !user.call().put(user, plain, decoded);
            }
        }

        private List<Wanted> ended() {
            if (users.isEmpty()) {
                users = flights.end(flight, CallFetch.this);
            }
            return users;
        }

        /** Gives up the bytes and the results before it says so: that may take the memory which they have. */
        @Override
        public void failed(Throwable failure) {
            ready = null;
            List<Wanted> all = ended();
            for (int i = 0; i < all.size(); i++) {
                all.get(i).read().fail();
            }
            over();
            for (Wanted user : all) {
                if (failure instanceof RejectedExecutionException) {
                    user.call().abort(SourceFile.CLOSED);
                } else {
                    user.call().fail(user.read(), failure);
                }
            }
        }

        private void over() {
            ready = null;
            if (!isDone) {
                isDone = true;
                done.run();
            }
        }
    }

    /** Requests answered so far. */
    @Override
    public synchronized long requests() {
        return blockRequests
                + answers.stream().mapToLong(PlanFetch.Answers::requests).sum();
    }

    /** Bytes of the answers so far. */
    @Override
    public synchronized long bytesFetched() {
        return blockBytes + answers.stream().mapToLong(PlanFetch.Answers::bytes).sum();
    }

    /**
     * Forgets what was fetched, but for what it cost: stored chunks may be many times the values. Flights that have not
     * ended, since their call was cancelled or others wait for them, are kept.
     */
    synchronized void letGo() {
        if (led.stream().allMatch(flight -> flight.leader() != this)) {
            running.clear();
            led = new ArrayList<>();
        }
    }

    /** Plans and pieces that it holds. */
    synchronized int held() {
        return running.size() + led.size();
    }

    /** Gives up whatever has not arrived, to those who wait for it. */
    void cancel() {
        List<PlanFetch> started;
        synchronized (this) {
            cancelled = true;
            started = List.copyOf(running);
        }
        giveUp();
        started.forEach(PlanFetch::cancel);
    }

    /** Leaves the flights that it leads to others, each of whom fetches its share in one plan. */
    private void giveUp() {
        List<PieceFlight> mine;
        synchronized (this) {
            mine = led;
            led = new ArrayList<>();
        }
        if (file.isClosed()) {
            mine.forEach(flight -> flights.end(flight, this));
            return;
        }
        Map<CallFetch, List<PieceFlight>> heirs = new LinkedHashMap<>();
        for (PieceFlight flight : mine) {
            CallFetch heir = flights.giveUp(flight, this);
            if (heir != null) {
                heirs.computeIfAbsent(heir, h -> new ArrayList<>()).add(flight);
            }
        }
        heirs.forEach(CallFetch::inherit);
    }

    /**
     * Fetches what another call has given up. Planning is nothing for the thread that cancels, nor for one that waits
     * for metadata: all of those may wait for this.
     */
    private void inherit(List<PieceFlight> left) {
        later(left, () -> {
            synchronized (this) {
                led.addAll(left);
            }
            send(left);
        });
    }

    /** Does something for flights on a thread that decodes. */
    private void later(List<PieceFlight> left, Runnable step) {
        try {
            file.pools().decode().execute(() -> {
                try {
                    step.run();
                } catch (Throwable failure) {
                    left.forEach(flight -> fail(flight, failure));
                }
            });
        } catch (RejectedExecutionException closed) {
            left.forEach(this::close);
        } catch (OutOfMemoryError noThread) {
            left.forEach(flight -> fail(flight, noThread));
        }
    }
}
