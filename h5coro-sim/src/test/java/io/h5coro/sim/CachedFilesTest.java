// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files with both caches on a disk with faults, over HTTP and S3: values of a version, whoever dies meanwhile. */
class CachedFilesTest {
    private static final int SEEDS = Integer.getInteger("h5coro.sim.seeds", 60);
    private static final long FIRST = Long.getLong("h5coro.sim.from", 1);
    private static final Logger LOG = Logger.getLogger("io.h5coro");
    private static final Library LIBRARY = Library.read();

    @BeforeAll
    static void hush() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @Test
    void readsValuesOfAVersion() {
        Crew crew = new Crew();
        int right = 0;
        int failed = 0;
        int died = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            CachedFilesRun run = new CachedFilesRun(seed, LIBRARY, crew, new Trace(false));
            if (run.run() != null) {
                Trace trace = new Trace(true);
                Throwable failure = new CachedFilesRun(seed, LIBRARY, new Crew(), trace).run();
                throw new AssertionError("seed " + seed + "\n" + String.join("\n", trace.lines()), failure);
            }
            right += run.right();
            failed += run.failed();
            died += run.died();
        }
        String all = right + " right, " + failed + " failed, " + died + " died";
        assertTrue(right > 10 * SEEDS && failed > 0 && died > SEEDS / 2, all);
    }

    @Test
    void sameSeedSameTrace() {
        for (long seed = 1; seed <= 10; seed++) {
            Trace one = new Trace(true);
            Trace other = new Trace(true);
            assertNull(new CachedFilesRun(seed, LIBRARY, new Crew(), one).run());
            assertNull(new CachedFilesRun(seed, LIBRARY, new Crew(), other).run());
            assertEquals(one.lines(), other.lines(), "seed " + seed);
        }
    }
}
