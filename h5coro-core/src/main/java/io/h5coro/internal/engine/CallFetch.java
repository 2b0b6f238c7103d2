// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.filter.Span;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.fetch.PartlyStored;
import io.h5coro.internal.fetch.PlanFetch;
import io.h5coro.internal.fetch.StoredArrivals;
import io.h5coro.internal.file.FetchCosts;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.memory.GuardedTask;
import io.h5coro.internal.memory.Shortage;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.internal.prepare.DecodeBuffers;
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
final class CallFetch {
    private final SourceFile file;
    private final ReadLimits limits;
    private final PieceFlights flights;
    private final DecodeBuffers buffers;
    private final FetchCosts costs = new FetchCosts();

    /** Those that ask the storage, and those that read from a data cache. */
    @GuardedBy("this")
    private final List<PlanFetch> plans = new ArrayList<>();

    /** Invariant: holds every flight that this call leads and whose bytes are not here. */
    @GuardedBy("this")
    private List<PieceFlight> led = new ArrayList<>();

    @GuardedBy("this")
    private boolean cancelled;

    CallFetch(SourceFile file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
        this.flights = PieceFlights.of(file);
        this.buffers = new DecodeBuffers(limits.room());
    }

    /** A piece that needs no request, or a decoded chunk. */
    private record Ready(PieceFlight flight, PlanFetch.Arrived bytes, boolean decoded) {}

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
        here.forEach(ready -> decodeLater(ready, () -> {}));
    }

    private void start(Wanted wanted, List<PieceFlight> away, List<Ready> here) {
        PieceFlight flight = new PieceFlight(wanted, this);
        ByteRange range = wanted.piece().range();
        if (range.length() == 0) {
            here.add(new Ready(flight, PlanFetch.Arrived.of(Span.of(NOTHING)), false));
            return;
        }
        lead(flight);
        if (!flights.start(flight, wanted)) {
            leadNoMore(flight);
            return;
        }
        Span decoded = flights.kept(flight);
        byte[] stored = decoded == null ? cached(range) : null;
        if (decoded != null) {
            here.add(new Ready(flight, PlanFetch.Arrived.of(decoded), true));
        } else if (stored != null) {
            here.add(new Ready(flight, PlanFetch.Arrived.of(Span.of(stored)), false));
        } else {
            away.add(flight);
        }
    }

    private static final byte[] NOTHING = new byte[0];

    /** Bytes that came with metadata; kept, since a process whose metadata an index cache knows would fetch them. */
    private byte @Nullable [] cached(ByteRange range) {
        byte[] here = file.cached(range);
        if (here != null && file.data().missing(range).length() > 0) {
            file.data().keep(range, here);
        }
        return here;
    }

    private synchronized void lead(PieceFlight flight) {
        led.add(flight);
    }

    /** Takes back the last one. */
    private synchronized void leadNoMore(PieceFlight flight) {
        if (!led.isEmpty() && led.get(led.size() - 1) == flight) {
            led.remove(led.size() - 1);
        }
    }

    /** Reads what a data cache has, and fetches the rest. */
    private void get(List<PieceFlight> wanted) {
        List<PieceFlight> here = new ArrayList<>();
        List<PieceFlight> away = new ArrayList<>();
        for (PieceFlight flight : wanted) {
            boolean isHere = file.data().missing(flight.piece().range()).length() == 0;
            (isHere ? here : away).add(flight);
        }
        if (!here.isEmpty()) {
            FetchPlan plan = FetchPlan.of(PieceFlight.ranges(here), limits.storedCosts());
            start(PlanFetch.prepare(plan, file.storedControl(), new StoredArrivals(here.size(), taker(here))), true);
        }
        if (!away.isEmpty()) {
            fetch(away);
        }
    }

    private StoredArrivals.Taker taker(List<PieceFlight> read) {
        return new StoredArrivals.Taker() {
            @Override
            public void arrived(int index, PlanFetch.Arrived bytes, Runnable done) {
                count(read.get(index).piece().range().length());
                decodeLater(new Ready(read.get(index), bytes, false), done);
            }

            @Override
            public void lost(List<Integer> indexes) {
                List<PieceFlight> left = indexes.stream().map(read::get).toList();
                later(left, () -> fetch(left));
            }
        };
    }

    /** Counts a piece that came from a data cache, in whole or in part. */
    private void count(long bytes) {
        costs.stored(bytes);
        file.totals().counters().stored(bytes);
    }

    private void fetch(List<PieceFlight> wanted) {
        SmallReads small = SmallReads.of(file);
        List<PieceFlight> away = small.notComing(wanted, one -> later(List.of(one), () -> take(List.of(one))));
        if (away.isEmpty()) {
            return;
        }
        RangeBlockCache.Coming coming = small.fetch(PieceFlight.ranges(away));
        if (coming == null) {
            send(away);
            return;
        }
        long bytes = coming.requests().stream().mapToLong(ByteRange::length).sum();
        file.totals().counters().raw(coming.requests().size(), bytes);
        costs.blocks(coming.requests().size(), bytes);
        CompletableFuture<Void> unused = coming.done().whenComplete((come, failure) -> later(away, () -> take(away)));
    }

    /** Takes what the cache has by now; the rest, for whatever reason it did not come, is fetched as usual. */
    private void take(List<PieceFlight> asked) {
        List<PieceFlight> away = new ArrayList<>();
        for (PieceFlight flight : asked) {
            byte[] stored = cached(flight.piece().range());
            if (stored != null) {
                decodeLater(new Ready(flight, PlanFetch.Arrived.of(Span.of(stored)), false), () -> {});
            } else {
                away.add(flight);
            }
        }
        if (!away.isEmpty()) {
            send(away);
        }
    }

    private void send(List<PieceFlight> away) {
        List<ByteRange> missing = new ArrayList<>();
        for (PieceFlight flight : away) {
            ByteRange range = flight.piece().range();
            ByteRange part = file.data().missing(range);
            missing.add(part.length() > 0 ? part : range);
        }
        send(away, missing);
    }

    private void send(List<PieceFlight> away, List<ByteRange> ranges) {
        FetchPlan plan = FetchPlan.of(ranges, limits.costs());
        file.watch().planned(file.source(), away.size(), plan.requests());
        start(PlanFetch.prepare(plan, file.control(), new Arrivals(away, ranges)), false);
    }

    /** Starts what is cancelled with the call, and counts unless it reads what is stored. */
    private void start(PlanFetch started, boolean isStored) {
        if (!isCancelled(started, isStored)) {
            started.start();
        }
        if (isCancelled()) {
            giveUp();
            started.cancel();
        }
    }

    private synchronized boolean isCancelled(PlanFetch started, boolean isStored) {
        plans.add(started);
        if (!isStored) {
            costs.plan(started.answers());
        }
        return cancelled;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Where the bytes of flights come in. */
    private final class Arrivals implements PlanFetch.Receiver {
        private final List<PieceFlight> sent;
        private final List<ByteRange> asked;

        /** For pieces, and what is asked for of each. */
        Arrivals(List<PieceFlight> sent, List<ByteRange> asked) {
            this.sent = sent;
            this.asked = asked;
        }

        @Override
        public void arrived(int index, PlanFetch.Arrived bytes, Runnable done) {
            PieceFlight flight = sent.get(index);
            ByteRange came = asked.get(index);
            ByteRange whole = flight.piece().range();
            if (came.equals(whole)) {
                decodeLater(new Ready(flight, bytes, false), done);
            } else {
                join(flight, new PartlyStored(whole, came, bytes, done));
            }
        }

        private void join(PieceFlight flight, PartlyStored parts) {
            parts.complete(file.data().stored(), file.memory(), new PartlyStored.Taker() {
                @Override
                public void joined(PlanFetch.Arrived all, Runnable done) {
                    count(parts.whole().length() - parts.middle().length());
                    decodeLater(new Ready(flight, all, false), done);
                }

                @Override
                public void lost() {
                    later(List.of(flight), () -> send(List.of(flight), List.of(parts.whole())));
                }

                @Override
                public void failed(Throwable failure) {
                    fail(flight, failure);
                }
            });
        }

        /** Those who want it have failed by another piece: it has ended, and whoever asks for it fetches it. */
        @Override
        public boolean isDropped(int index) {
            return flights.endDropped(sent.get(index));
        }

        @Override
        public void failed(int index, Throwable failure) {
            PieceFlight flight = sent.get(index);
            long address = flight.piece().range().offset();
            failAll(flight, user -> StorageFailures.translate(file.source(), address, failure));
        }

        @Override
        public void truncated(int index, long end) {
            failAll(
                    sent.get(index),
                    user -> Failures.cutOff(user.read().where(), user.piece().range(), end));
        }
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
                buffers.lend(own -> settle(Objects.requireNonNull(ready), own));
            }
            over();
        }

        private void settle(Ready arrived, StageBuffers own) {
            Span plain;
            try {
                plain = arrived.bytes().take();
                plain = arrived.decoded() ? plain : flight.decode(plain, own, file);
            } catch (ChunkDecodeException failure) {
                failAll(flight, user -> user.piece().undecodable(failure));
                return;
            }
            users = flights.end(flight, CallFetch.this, plain);
            boolean decoded = !arrived.decoded();
            for (Wanted user : users) {
                decoded &=
                        !user.call().put(user, plain, decoded || !user.piece().isEncoded());
            }
            own.giveBack(plain.array());
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

    /** What was fetched so far. */
    FetchCosts costs() {
        return costs;
    }

    /** Forgets what was fetched, and not what it cost. What others wait for is kept until they end. */
    void letGo() {
        buffers.close();
        flights.ended(this);
    }

    /** Gives up what has not come yet, unless somebody waits for a part of it; whether nobody does. */
    boolean giveUpUnwanted() {
        List<PlanFetch> unwanted;
        synchronized (this) {
            led.removeIf(flight -> flights.endDropped(flight) || flight.leader() != this);
            if (!led.isEmpty()) {
                return false;
            }
            unwanted = List.copyOf(plans);
            plans.clear();
        }
        unwanted.forEach(PlanFetch::cancel);
        return true;
    }

    /** Plans and pieces that it holds. */
    synchronized int held() {
        return plans.size() + led.size();
    }

    /** Gives up whatever has not arrived, to those who wait for it. */
    void cancel() {
        List<PlanFetch> all;
        synchronized (this) {
            cancelled = true;
            all = List.copyOf(plans);
        }
        giveUp();
        all.forEach(PlanFetch::cancel);
        flights.ended(this);
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
            get(left);
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
            left.forEach(flight ->
                    flights.end(flight, this).forEach(user -> user.call().abort(SourceFile.CLOSED)));
        } catch (OutOfMemoryError noThread) {
            left.forEach(flight -> fail(flight, noThread));
        }
    }
}
