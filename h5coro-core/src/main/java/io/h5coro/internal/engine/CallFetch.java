// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.fetch.PlanFetch;
import io.h5coro.internal.plan.FetchPlan;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Gets the pieces of one call: those that are here, those that other calls are fetching, and the rest, which it plans
 * together, fetches, and decodes for all who want them. Thread-safe; never blocks.
 *
 * <p>A call that is cancelled leaves what it was fetching to those who wait for it: they send requests of their own. What
 * the storage or the decoder says of a piece holds for all who want it.
 */
final class CallFetch {
    private final ReadEngine engine;
    private final String source;

    /** Guarded by this, as everything that changes. */
    private final List<PlanFetch> running = new ArrayList<>();

    /** Invariant: holds every flight that this call leads and whose bytes are not here. */
    private List<PieceFlight> led = new ArrayList<>();

    /** Requests for blocks that hold values; guarded by this, as their bytes. */
    private long blockRequests;

    private long blockBytes;

    private boolean cancelled;

    CallFetch(ReadEngine engine) {
        this.engine = engine;
        this.source = engine.environment().space().origin().source();
    }

    /** A piece that needs no request, or a decoded chunk. */
    private record Ready(PieceFlight flight, Span bytes, boolean decoded) {}

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
            here.add(new Ready(flight, Span.of(NOTHING), false));
            return;
        }
        lead(flight);
        if (!engine.flights().start(flight, wanted)) {
            leadNoMore(flight);
            return;
        }
        Span decoded = engine.flights().kept(flight);
        byte[] stored = decoded == null ? engine.cached(range) : null;
        if (decoded != null) {
            here.add(new Ready(flight, decoded, true));
        } else if (stored != null) {
            here.add(new Ready(flight, Span.of(stored), false));
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

    private void get(List<PieceFlight> flights) {
        RangeBlockCache.Coming coming = engine.smallReads().fetch(ranges(flights));
        if (coming == null) {
            send(flights);
            return;
        }
        long bytes = coming.requests().stream().mapToLong(ByteRange::length).sum();
        engine.counters().raw(coming.requests().size(), bytes);
        synchronized (this) {
            blockRequests += coming.requests().size();
            blockBytes += bytes;
        }
        CompletableFuture<Void> unused =
                coming.done().whenComplete((come, failure) -> later(flights, () -> take(flights)));
    }

    /** Takes what the cache has by now; the rest, for whatever reason it did not come, is fetched as usual. */
    private void take(List<PieceFlight> flights) {
        List<PieceFlight> away = new ArrayList<>();
        for (PieceFlight flight : flights) {
            byte[] stored = engine.cached(flight.piece().range());
            if (stored != null) {
                decodeLater(new Ready(flight, Span.of(stored), false), () -> {});
            } else {
                away.add(flight);
            }
        }
        if (!away.isEmpty()) {
            send(away);
        }
    }

    private static List<ByteRange> ranges(List<PieceFlight> flights) {
        return flights.stream().map(flight -> flight.piece().range()).toList();
    }

    private void send(List<PieceFlight> flights) {
        FetchPlan plan = FetchPlan.of(ranges(flights), engine.costs());
        PlanFetch started = PlanFetch.prepare(plan, engine.control(), new Arrivals(flights));
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
        return cancelled;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Where the bytes of flights come in. */
    private final class Arrivals implements PlanFetch.Receiver {
        private final List<PieceFlight> flights;

        Arrivals(List<PieceFlight> flights) {
            this.flights = flights;
        }

        @Override
        public void arrived(int index, Span bytes, Runnable done) {
            decodeLater(new Ready(flights.get(index), bytes, false), done);
        }

        @Override
        public void failed(int index, Throwable failure) {
            PieceFlight flight = flights.get(index);
            long address = flight.piece().range().offset();
            for (Wanted user : engine.flights().end(flight, CallFetch.this)) {
                user.call().fail(user.read(), StorageFailures.translate(source, address, failure));
            }
        }

        @Override
        public void truncated(int index, long end) {
            for (Wanted user : engine.flights().end(flights.get(index), CallFetch.this)) {
                user.call().fail(user.read(), cutOff(user, end));
            }
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
        try {
            engine.pools().decode().execute(() -> {
                try {
                    settle(ready);
                } finally {
                    done.run();
                }
            });
        } catch (RejectedExecutionException closed) {
            done.run();
            close(ready.flight());
        } catch (OutOfMemoryError noThread) {
            done.run();
            fail(ready.flight(), noThread);
        }
    }

    private void close(PieceFlight flight) {
        engine.flights().end(flight, this).forEach(user -> user.call().abort(ReadEngine.CLOSED));
    }

    private void fail(PieceFlight flight, Throwable failure) {
        engine.flights().end(flight, this).forEach(user -> user.call().fail(user.read(), failure));
    }

    /** Decodes, and copies to all who want it. */
    private void settle(Ready ready) {
        PieceFlight flight = ready.flight();
        List<Wanted> users;
        Span plain;
        try {
            if (engine.flights().endDropped(flight)) {
                return;
            }
            plain = ready.decoded() ? ready.bytes() : flight.piece().decode(ready.bytes());
            users = engine.flights().end(flight, this, plain);
        } catch (ChunkDecodeException failure) {
            for (Wanted user : engine.flights().end(flight, this)) {
                user.call().fail(user.read(), user.piece().undecodable(failure));
            }
            return;
        } catch (Throwable failure) {
            fail(flight, failure);
            return;
        }
        boolean decoded = !ready.decoded();
        for (Wanted user : users) {
            decoded &= !user.call().put(user, plain, decoded);
        }
    }

    /** Requests answered so far. */
    synchronized long requests() {
        return blockRequests + running.stream().mapToLong(PlanFetch::requests).sum();
    }

    /** Bytes of the answers so far. */
    synchronized long bytesFetched() {
        return blockBytes + running.stream().mapToLong(PlanFetch::bytesFetched).sum();
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
        if (engine.isClosed()) {
            mine.forEach(flight -> engine.flights().end(flight, this));
            return;
        }
        Map<CallFetch, List<PieceFlight>> heirs = new LinkedHashMap<>();
        for (PieceFlight flight : mine) {
            CallFetch heir = engine.flights().giveUp(flight, this);
            if (heir != null) {
                heirs.computeIfAbsent(heir, h -> new ArrayList<>()).add(flight);
            }
        }
        heirs.forEach(CallFetch::inherit);
    }

    /**
     * Fetches what another call has given up. Planning is nothing for the thread that cancels, nor for one that waits for
     * metadata: all of those may wait for this.
     */
    private void inherit(List<PieceFlight> flights) {
        later(flights, () -> {
            synchronized (this) {
                led.addAll(flights);
            }
            send(flights);
        });
    }

    /** Does something for flights on a thread that decodes. */
    private void later(List<PieceFlight> flights, Runnable step) {
        try {
            engine.pools().decode().execute(() -> {
                try {
                    step.run();
                } catch (Throwable failure) {
                    flights.forEach(flight -> fail(flight, failure));
                }
            });
        } catch (RejectedExecutionException closed) {
            flights.forEach(this::close);
        } catch (OutOfMemoryError noThread) {
            flights.forEach(flight -> fail(flight, noThread));
        }
    }
}
