// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.model.MemoryBudget;
import io.h5coro.sim.store.FaultKind;
import io.h5coro.sim.store.Network;
import io.h5coro.sim.store.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plans in which little but one thing happens, often: what hardly ever meets in plans where all is drawn. All of them
 * read one file.
 */
final class Crowd {
    private static final Duration LONG = Duration.ofMinutes(10);

    /** Results of two calls, and bytes of one. */
    private static final int LEAST_BYTES = 150_000;

    private static final int MOST_BYTES = 400_000;

    private static final int BLOCK_BYTES = 4_096;

    /** From the metadata of one file to those of two. */
    private static final int LEAST_BLOCKS_BYTES = 200_000;

    private static final int MOST_BLOCKS_BYTES = 700_000;

    /** A dataset of several chunks, each of which is read as a whole. */
    private static final String CHUNKED = "/tiles/checked";

    /** How long after a failure a file is closed at most. */
    private static final long LONGEST_NANOS = 60_000_000;

    private final long seed;
    private final RandomGenerator chance;
    private final Library.File file;
    private final Plan.Entry entry;

    /**
     * Plans of a file.
     *
     * @param file for {@link #starved} one whose metadata stand in several blocks, else that of large pieces
     */
    Crowd(long seed, RandomGenerator chance, Library.File file, Plan.Entry entry) {
        this.seed = seed;
        this.chance = chance;
        this.file = file;
        this.entry = entry;
    }

    Plan drawn() {
        return chance.nextBoolean() ? narrow() : closed();
    }

    /**
     * Files that share little memory, each read by one caller: who got none at first has nothing under way of its own,
     * so only what the others give back has it go on.
     */
    private Plan narrow() {
        Weather weather = chance.nextInt(3) > 0 ? Weather.fair() : Weather.drawn(chance);
        int budget = LEAST_BYTES + chance.nextInt(MOST_BYTES - LEAST_BYTES);
        List<Plan.Session> sessions = new ArrayList<>();
        int files = 2 + chance.nextInt(2);
        for (int i = 0; i < files; i++) {
            List<Plan.Call> calls = new ArrayList<>();
            int count = 1 + chance.nextInt(2);
            for (int k = 0; k < count; k++) {
                calls.add(new Plan.Call(whole(1 + chance.nextInt(3)), waiting(), 0, 0));
            }
            Plan.Session session = session(List.of(List.copyOf(calls)), BLOCK_BYTES, any(8 << 20, 20_000, 5_000));
            sessions.add(session);
        }
        Network network = chance.nextInt(3) == 0 ? Network.FAR : Network.NEAR;
        return plan(ground(budget, 1 + chance.nextInt(40), 7), sessions, weather, network);
    }

    /**
     * Files that share too little memory for the blocks of their metadata, looked up side by side: each takes the
     * blocks of the others away.
     */
    Plan starved() {
        int budget = LEAST_BLOCKS_BYTES + chance.nextInt(MOST_BLOCKS_BYTES - LEAST_BLOCKS_BYTES);
        List<Plan.Session> sessions = new ArrayList<>();
        int files = 2 + chance.nextInt(3);
        for (int i = 0; i < files; i++) {
            List<Plan.Wish> wishes = new ArrayList<>();
            int count = 1 + chance.nextInt(3);
            for (int k = 0; k < count; k++) {
                Known dataset = Plan.any(file.datasets(), chance);
                wishes.add(new Plan.Wish(dataset, Slice.drawn(dataset.shape(), chance)));
            }
            Plan.Call call = new Plan.Call(List.copyOf(wishes), waiting(), 0, 0);
            sessions.add(session(List.of(List.of(call)), 0, 8 << 20));
        }
        return plan(ground(budget, 1 + chance.nextInt(40), 7), sessions, Weather.fair(), Network.NEAR);
    }

    /**
     * A file that is closed under its calls, over a storage that fails often and is asked once: calls have ended by the
     * failure of one piece while others wait for a further one of theirs, in requests one behind the other.
     */
    private Plan closed() {
        Weather weather = Weather.fair().with(FaultKind.SERVER_ERROR, 0.05 + 0.25 * chance.nextDouble());
        Known dataset = file.datasets().stream()
                .filter(one -> one.path().equals(CHUNKED))
                .findFirst()
                .orElseThrow();
        List<List<Plan.Call>> callers = new ArrayList<>();
        int count = 2 + chance.nextInt(2);
        for (int i = 0; i < count; i++) {
            Slice slice = i == 0 ? Slice.WHOLE : Slice.drawnAtEnd(dataset.shape(), chance);
            List<Plan.Wish> wishes = new ArrayList<>(List.of(new Plan.Wish(dataset, slice)));
            if (i > 0 && chance.nextInt(3) == 0) {
                wishes.addAll(whole(1));
            }
            long after = i == 0 ? 0 : Plan.some(chance, 100_000_000);
            callers.add(List.of(new Plan.Call(List.copyOf(wishes), waiting(), after, 0)));
        }
        Plan.Session session = session(callers, BLOCK_BYTES, any(1_000, 1_000, 5_000))
                .closing(Plan.Closing.AFTER_FAILURE, chance.nextLong(LONGEST_NANOS));
        return plan(ground(64 << 20, 1 + chance.nextInt(2), 0), List.of(session), weather, Network.NEAR);
    }

    private int any(int... some) {
        return some[chance.nextInt(some.length)];
    }

    private Plan plan(Plan.Ground ground, List<Plan.Session> sessions, Weather weather, Network network) {
        Network still = weather.odds().isEmpty() ? network.withoutTail() : network;
        return new Plan(seed, ground, sessions, List.of(), List.of(), still, weather, entry, false, false);
    }

    private Plan.Ground ground(long budgetBytes, int connections, int retries) {
        return new Plan.Ground(
                chance.nextBoolean(),
                budgetBytes,
                64 << 20,
                MemoryBudget.WhenFull.WAIT,
                connections,
                retries,
                Duration.ofSeconds(30),
                Duration.ofSeconds(300));
    }

    private Plan.Session session(List<List<Plan.Call>> callers, int blockBytes, int maxRequestBytes) {
        return new Plan.Session(
                file,
                new Plan.Settings(
                        blockBytes, 2 * blockBytes, 256 << 20, maxRequestBytes, 0, 64 << 20, 2, Duration.ZERO, LONG),
                new Plan.Opening(Plan.Opening.Way.BLOCKS, 0),
                callers,
                Plan.some(chance, 1_000_000_000),
                Plan.Closing.AFTER_CALLERS,
                1);
    }

    private List<Plan.Wish> whole(int count) {
        List<Plan.Wish> wishes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wishes.add(new Plan.Wish(Plan.any(file.datasets(), chance), Slice.WHOLE));
        }
        return wishes;
    }

    /** How a caller takes its results who is neither interrupted nor gives up. */
    private Plan.Ending waiting() {
        Plan.Ending[] some = {Plan.Ending.AWAIT, Plan.Ending.GET, Plan.Ending.ITERATE, Plan.Ending.FUTURES};
        return some[chance.nextInt(some.length)];
    }
}
