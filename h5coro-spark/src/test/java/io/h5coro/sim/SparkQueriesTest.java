// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Queries of simulated clusters, without Spark's threads: what the planner plans, and executors read. */
final class SparkQueriesTest {
    private static final long SEEDS = Long.getLong("h5coro.sim.seeds", 60);

    private static final long FIRST = Long.getLong("h5coro.sim.from", 1);

    /** Of a trace, as many as a person reads. */
    private static final int LINES = 2_000;

    private static final Library.File FORM = Library.readBulk();

    @Test
    void everyRowComesOnceAndIsRight() {
        Crew crew = new Crew();
        SparkQueryRun.Seen seen = new SparkQueryRun.Seen(0, 0, 0, 0, 0);
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            SparkQueryRun run = new SparkQueryRun(seed, FORM, crew, new Trace(false));
            if (run.run() != null) {
                Trace trace = new Trace(true);
                Throwable failure = new SparkQueryRun(seed, FORM, new Crew(), trace).run();
                List<String> lines = trace.lines();
                List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
                throw new AssertionError("seed " + seed + "\n" + String.join("\n", last), failure);
            }
            seen = seen.plus(run.seen());
        }
        String all = seen.toString();
        System.out.println("simulated queries: " + SEEDS + " seeds from " + FIRST + ", " + all);
        assertTrue(seen.attempts() > 5 * SEEDS && seen.failed() < SEEDS / 2, all);
        assertTrue(seen.killed() > SEEDS / 5 && seen.ended() > SEEDS / 5 && seen.twice() > SEEDS / 20, all);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        Object one = new Object();
        Object other = new Object();
        if (System.identityHashCode(one) != System.identityHashCode(other)) {
            // Maps by identity have another order each time: this is not the execution «simulation» of the build.
            return;
        }
        for (long seed = 1; seed <= 10; seed++) {
            Trace first = new Trace(true);
            Trace second = new Trace(true);
            assertNull(new SparkQueryRun(seed, FORM, new Crew(), first).run());
            assertNull(new SparkQueryRun(seed, FORM, new Crew(), second).run());
            assertEquals(first.lines(), second.lines(), "seed " + seed);
        }
    }
}
