// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command: {@code bin/h5coro-sim seeds=N from=S}, or {@code seed=S} for one with its trace. */
public final class Simulation {
    private Simulation() {}

    /** Runs it. */
    public static void main(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            options.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        Library library = Library.read();
        if (options.containsKey("seed")) {
            long seed = Long.parseLong(options.get("seed"));
            Run.Outcome outcome = Run.of(Plan.of(seed, library, Plan.Left.NOTHING), new Crew(), true);
            outcome.trace().forEach(System.out::println);
            System.out.println("hash " + outcome.hash() + ", " + outcome.steps() + " steps");
            print(outcome);
            return;
        }
        long from = Long.parseLong(options.getOrDefault("from", "1"));
        int seeds = Integer.parseInt(options.getOrDefault("seeds", "1000"));
        Crew crew = new Crew();
        long begin = System.nanoTime();
        long steps = 0;
        long hash = 0;
        List<Long> failed = new ArrayList<>();
        for (int i = 0; i < seeds && failed.size() < 5; i++) {
            Run.Outcome outcome = Run.of(Plan.of(from + i, library, Plan.Left.NOTHING), crew, false);
            steps += outcome.steps();
            hash = hash * 31 + outcome.hash();
            if (outcome.failure() != null) {
                failed.add(outcome.seed());
                print(outcome);
                crew = new Crew();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%d seeds from %d in %.1f s: %.1f seeds/s, %d steps, hash %016x, failed: %s%n",
                seeds, from, seconds, seeds / seconds, steps, hash, failed);
    }

    private static void print(Run.Outcome outcome) {
        if (outcome.failure() != null) {
            System.out.println(
                    "seed " + outcome.seed() + " fails; bin/h5coro-sim seed=" + outcome.seed() + " replays it");
            outcome.failure().printStackTrace(System.out);
        }
    }
}
