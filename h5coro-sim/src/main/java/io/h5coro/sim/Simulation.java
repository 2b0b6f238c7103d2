// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.Map;
import java.util.TreeMap;

/**
 * The command: {@code seeds=N from=S threads=T} runs seeds, {@code seed=S} one with its trace, {@code shrink=S} makes
 * one small.
 */
public final class Simulation {
    private Simulation() {}

    /** Runs it; ends with 1 when a seed fails. */
    public static void main(String[] args) {
        Map<String, String> options = new TreeMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            options.put(arg.substring(0, Math.max(0, equals)), arg.substring(equals + 1));
        }
        Library library = Library.read();
        boolean failed;
        if (options.containsKey("seed")) {
            failed = replay(Plan.of(number(options, "seed", 0), library, Plan.Left.NOTHING));
        } else if (options.containsKey("shrink")) {
            failed = replay(Shrinking.of(number(options, "shrink", 0), library));
        } else {
            failed = many(options, library);
        }
        System.exit(failed ? 1 : 0);
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        return Long.parseLong(options.getOrDefault(name, Long.toString(otherwise)));
    }

    private static boolean replay(Plan plan) {
        Run.Outcome outcome = Run.of(plan, new Crew(), true);
        outcome.trace().forEach(System.out::println);
        System.out.printf("hash %016x, %d steps%n", outcome.hash(), outcome.steps());
        return print(outcome);
    }

    private static boolean many(Map<String, String> options, Library library) {
        Seeds seeds = new Seeds(
                library, number(options, "from", 1), number(options, "seeds", 1000), number(options, "failures", 5));
        long begin = System.nanoTime();
        seeds.run((int) number(options, "threads", 1));
        double seconds = (System.nanoTime() - begin) / 1e9;
        seeds.failures().forEach(Simulation::print);
        System.out.printf(
                "%d seeds from %d in %.1f s: %.1f seeds/s, %d steps, hash %016x, %d failed%n",
                seeds.ran(),
                number(options, "from", 1),
                seconds,
                seeds.ran() / seconds,
                seeds.steps(),
                seeds.hash(),
                seeds.failures().size());
        return !seeds.failures().isEmpty();
    }

    private static boolean print(Run.Outcome outcome) {
        if (outcome.failure() == null) {
            return false;
        }
        System.out.println(outcome.text());
        return true;
    }
}
