// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.model.MemoryBudget;
import io.h5coro.sim.store.FaultKind;
import io.h5coro.sim.store.Network;
import io.h5coro.sim.store.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What happens in a run, as its seed says: which files are read, how, and what goes wrong.
 *
 * @param sessions files that are open side by side
 * @param series files that are read one after the other
 * @param pools of open files that are shared
 * @param changes whether objects may be replaced while they are read
 * @param entry how readers come to the store
 * @param careless whether the server does not know {@code If-Match}
 */
record Plan(
        long seed,
        Ground ground,
        List<Session> sessions,
        List<Series> series,
        List<PoolPlan> pools,
        Network network,
        Weather weather,
        Entry entry,
        boolean changes,
        boolean careless) {
    /** How long a file stays open that nobody reads: what is under way then is wanted by nobody. */
    private static final long LINGER_NANOS = 4_000_000_000L;

    /** One plan in so many is one of {@link Crowd}. */
    private static final int CROWDED = 8;

    /** One in so many has files that take each other's metadata away. */
    private static final int STARVED = 32;

    /** Too little for two calls of the largest file at once. */
    private static final long NARROW_BYTES = 300_000;

    /**
     * What all sessions share.
     *
     * @param budgetBytes of memory
     * @param decodeBytes of memory for chunks while they are decoded
     * @param retries of the client
     * @param attemptTimeout how long a server may send nothing
     */
    record Ground(
            boolean virtualThreads,
            long budgetBytes,
            long decodeBytes,
            MemoryBudget.WhenFull whenFull,
            int connections,
            int retries,
            Duration attemptTimeout,
            Duration totalTimeout) {
        /** The same with little memory, for which calls wait. */
        Ground narrow() {
            return new Ground(
                    virtualThreads,
                    NARROW_BYTES,
                    decodeBytes,
                    MemoryBudget.WhenFull.WAIT,
                    connections,
                    retries,
                    attemptTimeout,
                    totalTimeout);
        }
    }

    /**
     * How readers come to the store.
     *
     * @param waitingThreads which wait for answers, as on a JDK that has no pool for the ends of requests
     */
    record Entry(Kind kind, int waitingThreads) {
        /** What the store asks for. */
        enum Kind {
            /** Nothing. */
            OPEN,
            /** A token that expires. */
            TOKEN,
            /** An address with a signature that expires, for which a signer is asked. */
            SIGNED
        }

        static Entry drawn(RandomGenerator chance) {
            Kind[] kinds = {Kind.OPEN, Kind.OPEN, Kind.TOKEN, Kind.SIGNED};
            int[] waiting = {0, 0, 0, 2, 128};
            return new Entry(kinds[chance.nextInt(kinds.length)], waiting[chance.nextInt(waiting.length)]);
        }
    }

    /**
     * An open file.
     *
     * @param beginNanos when it is opened
     * @param closing what its closing is counted from
     * @param closeNanos how long after that it is closed
     */
    record Session(
            Library.File file,
            Settings settings,
            Opening opening,
            List<List<Call>> callers,
            long beginNanos,
            Closing closing,
            long closeNanos) {
        /** The same, closed at another time. */
        Session closing(Closing another, long nanos) {
            return new Session(file, settings, opening, callers, beginNanos, another, nanos);
        }

        /** The same without some calls: {@code prefix}, number of the caller, dot, number of the call. */
        Session without(Set<String> left, String prefix) {
            List<List<Call>> some = new ArrayList<>();
            for (int c = 0; c < callers.size(); c++) {
                List<Call> kept = new ArrayList<>();
                for (int k = 0; k < callers.get(c).size(); k++) {
                    if (!left.contains(prefix + c + "." + k)) {
                        kept.add(callers.get(c).get(k));
                    }
                }
                some.add(List.copyOf(kept));
            }
            return new Session(file, settings, opening, List.copyOf(some), beginNanos, closing, closeNanos);
        }
    }

    /** When a file is closed. */
    enum Closing {
        /** Whatever its callers do. */
        AFTER_OPENING,
        /** When all have what they wanted. */
        AFTER_CALLERS,
        /** When a request has failed, or none is left. */
        AFTER_FAILURE
    }

    /**
     * How a file is opened.
     *
     * @param atNanos when it is interrupted or cancelled, counted from its start
     */
    record Opening(Way way, long atNanos) {
        /** How its caller waits. */
        enum Way {
            /** Is blocked. */
            BLOCKS,
            /** Is blocked, and is interrupted. */
            INTERRUPTED,
            /** Waits for a future. */
            ASYNC,
            /** Cancels the future. */
            CANCELLED
        }

        static Opening drawn(RandomGenerator chance) {
            Way[] all = {Way.BLOCKS, Way.BLOCKS, Way.BLOCKS, Way.INTERRUPTED, Way.ASYNC, Way.ASYNC, Way.CANCELLED};
            return new Opening(all[chance.nextInt(all.length)], some(chance, 1_000_000_000));
        }
    }

    /**
     * Files of one form that are read one after the other.
     *
     * @param members how many; member i holds variant i, modulo their number
     * @param workNanos what its reader does with each
     * @param takes members after which it is closed; all when negative
     */
    record Series(
            Library.File file,
            Settings settings,
            List<Wish> wishes,
            int members,
            boolean ordered,
            long aheadBytes,
            long workNanos,
            int takes) {}

    /** How a file is read. */
    record Settings(
            int blockBytes,
            int firstReadBytes,
            long bytesInFlight,
            int maxRequestBytes,
            long chunkCacheBytes,
            long cacheBytes,
            int decodeThreads,
            Duration hedgeAfter,
            Duration deadline) {}

    /** How a caller takes its results. */
    enum Ending {
        /** Waits for all. */
        AWAIT,
        /** Waits for each by its name. */
        GET,
        /** Takes them as they come. */
        ITERATE,
        /** Waits for a while, then cancels. */
        CANCEL,
        /** Waits for all, is interrupted, and waits again. */
        INTERRUPT,
        /** Waits for futures. */
        FUTURES,
        /** Does not wait; looks at them when the file is closed. */
        LEAVE
    }

    /**
     * A call of {@code readDatasets}.
     *
     * @param afterNanos pause of its caller before it
     * @param cancelNanos when it is cancelled or interrupted, counted from its start
     */
    record Call(List<Wish> wishes, Ending ending, long afterNanos, long cancelNanos) {}

    record Wish(Known dataset, Slice slice) {}

    /** Whether nothing goes wrong with the storage. */
    boolean isFair() {
        return weather.odds().isEmpty();
    }

    /** Whether there is such a call: file, caller and call, by their numbers. */
    boolean has(String call) {
        String[] parts = call.split("\\.", -1);
        int s = Integer.parseInt(parts[0]);
        int c = Integer.parseInt(parts[1]);
        return s < sessions.size()
                && c < sessions.get(s).callers().size()
                && Integer.parseInt(parts[2]) < sessions.get(s).callers().get(c).size();
    }

    /** The plan of a seed, as far as it is not left out. */
    static Plan of(long seed, Library library, Left left) {
        // From other numbers than the rest: which plans are drawn of seeds that have failed once stays the same.
        SplittableRandom kind = new SplittableRandom(seed ^ 0x3C6EF372FEL);
        Entry entry = Entry.drawn(kind);
        SplittableRandom starved = new SplittableRandom(seed ^ 0x9B05688C2BL);
        if (starved.nextInt(STARVED) == 0) {
            return new Crowd(seed, starved, library.spread(), entry).starved().without(left);
        }
        Plan whole = kind.nextInt(CROWDED) == 0
                ? new Crowd(seed, kind, library.bulk(), entry).drawn()
                : drawn(seed, library, entry);
        return whole.without(left);
    }

    private static Plan drawn(long seed, Library library, Entry entry) {
        SplittableRandom chance = new SplittableRandom(seed ^ 0x5DEECE66DL);
        Ground ground = ground(chance);
        Network network = chance.nextInt(3) == 0 ? Network.FAR : Network.NEAR;
        Weather weather = chance.nextInt(4) == 0 ? Weather.fair() : Weather.drawn(chance);
        boolean careless = chance.nextInt(12) == 0;
        if (careless) {
            weather = weather.with(FaultKind.CHANGE, 0.05);
        }
        if (weather.odds().isEmpty()) {
            // Nobody waits for so long that a time is up.
            network = network.withoutTail();
        }
        boolean changes = chance.nextInt(3) == 0 || careless;
        List<Session> all = new ArrayList<>();
        int sessions = 1 + chance.nextInt(3);
        for (int i = 0; i < sessions; i++) {
            all.add(session(chance, any(library.files(), chance)));
        }
        if (chance.nextInt(5) == 0) {
            // Large pieces, side by side, and mostly too little memory for all of them.
            int bulky = 1 + chance.nextInt(3);
            ground = chance.nextInt(3) == 0 ? ground : ground.narrow();
            for (int i = sessions; i < sessions + bulky; i++) {
                all.add(session(chance, library.bulk()));
            }
        }
        List<Series> series = series(chance, library);
        List<PoolPlan> pools = PoolPlan.drawn(chance, library);
        return new Plan(seed, ground, all, series, pools, network, weather, entry, changes, careless);
    }

    private Plan without(Left left) {
        List<Session> kept = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            if (!left.sessions().contains(i)) {
                kept.add(sessions.get(i).without(left.calls(), i + "."));
            }
        }
        Weather some = weather;
        for (FaultKind kind : left.faults()) {
            some = some.without(kind);
        }
        return new Plan(
                seed,
                ground,
                List.copyOf(kept),
                left.series() ? List.of() : series,
                left.pools() ? List.of() : pools,
                network,
                some,
                entry,
                changes,
                careless);
    }

    static <T> T any(List<T> all, RandomGenerator chance) {
        return all.get(chance.nextInt(all.size()));
    }

    /** What is left out of a plan, to find out whether a failure needs it. */
    record Left(Set<Integer> sessions, Set<String> calls, Set<FaultKind> faults, boolean series, boolean pools) {
        static final Left NOTHING = new Left(Set.of(), Set.of(), Set.of(), false, false);
    }

    private static Ground ground(RandomGenerator chance) {
        long[] budgets = {64 << 20, 64 << 20, 4 << 20, 300_000};
        long[] decodes = {128 << 20, 50_000, 3_000};
        return new Ground(
                chance.nextBoolean(),
                budgets[chance.nextInt(budgets.length)],
                decodes[chance.nextInt(decodes.length)],
                chance.nextInt(4) == 0 ? MemoryBudget.WhenFull.FAIL : MemoryBudget.WhenFull.WAIT,
                1 + chance.nextInt(chance.nextBoolean() ? 3 : 40),
                chance.nextInt(8),
                Duration.ofSeconds(chance.nextBoolean() ? 30 : 2),
                Duration.ofSeconds(chance.nextBoolean() ? 300 : 20));
    }

    private static Session session(RandomGenerator chance, Library.File file) {
        Settings settings = settings(chance);
        int callers = 1 + chance.nextInt(3);
        List<List<Call>> all = new ArrayList<>();
        for (int c = 0; c < callers; c++) {
            List<Call> calls = new ArrayList<>();
            int count = 1 + chance.nextInt(3);
            for (int k = 0; k < count; k++) {
                calls.add(call(chance, file));
            }
            all.add(List.copyOf(calls));
        }
        long begin = chance.nextInt(3) == 0 ? some(chance, 1_000_000_000) : 0;
        Closing closing = chance.nextInt(4) == 0 ? Closing.AFTER_OPENING : Closing.AFTER_CALLERS;
        long close = closing == Closing.AFTER_OPENING
                ? some(chance, 2_000_000_000)
                : chance.nextBoolean() ? 1 : LINGER_NANOS;
        return new Session(file, settings, Opening.drawn(chance), List.copyOf(all), begin, closing, close);
    }

    private static List<Series> series(RandomGenerator chance, Library library) {
        if (chance.nextInt(3) > 0) {
            return List.of();
        }
        Library.File file = any(library.files(), chance);
        long[] aheads = {0, 100_000, 64 << 20};
        return List.of(new Series(
                file,
                settings(chance),
                call(chance, file).wishes(),
                1 + chance.nextInt(8),
                chance.nextBoolean(),
                aheads[chance.nextInt(aheads.length)],
                some(chance, 500_000_000),
                chance.nextInt(4) == 0 ? chance.nextInt(4) : -1));
    }

    /** A time: short ones are as likely as long ones. */
    static long some(RandomGenerator chance, long most) {
        return (long) (most * Math.pow(chance.nextDouble(), 4));
    }

    static Settings settings(RandomGenerator chance) {
        int[] blocks = {0, 0, 512, 4096, 65_536};
        int[] firsts = {0, 0, 1, 2048, 100_000};
        long[] flights = {256 << 20, 100_000, 5_000};
        int[] requests = {8 << 20, 20_000, 1_000};
        long[] chunks = {1 << 20, 0, 20_000};
        long[] caches = {64 << 20, 64 << 20, 10_000};
        int[] hedges = {0, 2_000, 200, 50};
        int[] deadlines = {600_000, 600_000, 600_000, 60_000, 3_000, 200};
        return new Settings(
                blocks[chance.nextInt(blocks.length)],
                firsts[chance.nextInt(firsts.length)],
                flights[chance.nextInt(flights.length)],
                requests[chance.nextInt(requests.length)],
                chunks[chance.nextInt(chunks.length)],
                caches[chance.nextInt(caches.length)],
                1 + chance.nextInt(3),
                Duration.ofMillis(hedges[chance.nextInt(hedges.length)]),
                Duration.ofMillis(deadlines[chance.nextInt(deadlines.length)]));
    }

    static Call call(RandomGenerator chance, Library.File file) {
        List<Wish> wishes = new ArrayList<>();
        int count = 1 + chance.nextInt(chance.nextInt(4) == 0 ? 12 : 3);
        for (int i = 0; i < count; i++) {
            Known dataset = file.datasets().get(chance.nextInt(file.datasets().size()));
            wishes.add(new Wish(dataset, Slice.drawn(dataset.shape(), chance)));
        }
        Ending[] endings = Ending.values();
        return new Call(
                List.copyOf(wishes),
                endings[chance.nextInt(endings.length)],
                chance.nextInt(3) == 0 ? some(chance, 500_000_000) : 0,
                some(chance, 1_000_000_000));
    }
}
